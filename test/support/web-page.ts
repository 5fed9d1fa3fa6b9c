/** Pages as the browser door sees them: real HTTP requests and real WebSockets, with headers that a browser would not let one forge. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { doorPath, doorProtocol } from '../../shared/door.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One request to 127.0.0.1; the path goes out exactly as given. */
export async function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

export interface PageOptions {
  readonly host?: string;
  readonly origin?: string;
  readonly path?: string;
  readonly protocols?: readonly string[];
}

/** A WebSocket as the page at `url` (address and token) opens it, except for what `options` says otherwise. */
export function openPage(url: string, options: PageOptions = {}): WebSocket {
  const { host, hash } = new URL(url);
  const protocols = options.protocols ?? [doorProtocol, hash.slice(1)];
  return new WebSocket(`ws://${host}${options.path ?? doorPath}`, [...protocols], {
    origin: options.origin ?? `http://${host}`,
    ...(options.host !== undefined && { headers: { Host: options.host } }),
  });
}

/** How an attempt to open one ended: the status that refused the handshake, or the code that it was closed with. */
export async function endOf(
  socket: WebSocket,
): Promise<{ readonly status: number } | { readonly code: number; readonly reason: string }> {
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve({ status: response.statusCode ?? 0 }));
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    // Its close follows.
    socket.on('error', () => undefined);
  });
}
