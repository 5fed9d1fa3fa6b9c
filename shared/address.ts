/**
 * Addresses as people read them.
 */
import type { Address } from './cluster-config.ts';

/** `127.0.0.1:11110`, `[::1]:11110`. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** True when both name the same place, letter by letter. */
export function sameAddress(left: Address, right: Address): boolean {
  return left.port === right.port && left.host === right.host;
}

/** True for an address that only this machine reaches. `host` is a literal address in its usual form. */
export function isLoopback({ host }: Address): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(host) || host === '::1';
}
