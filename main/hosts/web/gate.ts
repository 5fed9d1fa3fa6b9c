/**
 * Who may come in: decisions only, no sockets.
 *
 * Any page of any site may try to reach a port of this computer, and a site may let its own name point here (DNS rebinding).
 * So the name in `Host` has to be this computer's own, `Origin` has to be the page that this server itself gave out, and the
 * page has to know the token, which only who started the server was shown.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { doorProtocol } from '../../../shared/door.ts';

/** Names that can't be made to point elsewhere. The port is free to differ: a tunnel (`ssh -L`) has one of its own. */
const ownHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;

/** A new token: 32 random bytes as base64url, whose letters are allowed in an address and in a subprotocol. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** True when `Host` names this computer itself. */
export function isOwnHost(host: string | undefined): host is string {
  return host !== undefined && ownHost.test(host);
}

/** True when `Origin` is a page that was read from this server, under the name that the request gives it. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin === `http://${host}`;
}

/** What a page offers in `Sec-WebSocket-Protocol`: the bridge's protocol first, its token second. */
export function offeredToken(header: string | undefined): string | undefined {
  const [protocol, token, ...others] = (header ?? '').split(',').map((name) => name.trim());
  return protocol === doorProtocol && others.length === 0 ? token : undefined;
}

/** Compares in a time that says nothing about where the two differ, nor about the length of the right one. */
export function isToken(offered: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return offered !== undefined && timingSafeEqual(digest(offered), digest(token));
}
