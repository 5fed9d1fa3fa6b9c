/**
 * The browser door: a server on this computer only, which gives out the page and connects it to the lab.
 */
import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { WebSocketServer, type WebSocket } from 'ws';
import { limits } from '../../../shared/cluster-config.ts';
import { doorClose, doorPath, doorProtocol } from '../../../shared/door.ts';
import { isOwnHost, isOwnOrigin, isToken, makeToken, offeredToken } from './gate.ts';
import { servePage } from './page-server.ts';
import { pipePage } from './page-socket.ts';

/** The only address that the server listens on. */
const ownAddress = '127.0.0.1';

/** How long a page may take to answer the server's goodbye, ms. */
const goodbyeTimeoutMs = 300;

export interface WebDoorSettings {
  /** 0 takes any free port. */
  readonly port: number;
  /** Folder of the built page. */
  readonly pageFolder: string;
  /** A new page's port to the lab; undefined when the lab has ended. */
  readonly connect: () => MessagePort | undefined;
  /** By default `limits.pagesMax`. */
  readonly pagesMax?: number;
  /** By default `limits.pageBufferedBytesMax`. */
  readonly pageBufferedBytesMax?: number;
}

export interface WebDoor {
  /** What a person opens: address and token. Whoever has it can do everything that the page can. */
  readonly url: string;
  readonly port: number;
  /** Closes the pages' connections and the server. */
  close(): Promise<void>;
}

/** Thrown when the server can't listen; the message is a sentence for a person. */
export class WebDoorError extends Error {
  override readonly name = 'WebDoorError';
}

/**
 * Starts the server.
 *
 * @throws WebDoorError when the port can't be had.
 */
export async function openWebDoor(settings: WebDoorSettings): Promise<WebDoor> {
  const token = makeToken();
  const server = createServer((request, response) => void servePage(settings.pageFolder, request, response));
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.frameBytesMax,
    handleProtocols: (protocols) => (protocols.has(doorProtocol) ? doorProtocol : false),
  });
  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const status = refusal(request);
    if (status === undefined) sockets.handleUpgrade(request, connection, head, (socket) => admit(socket, request));
    else refuse(connection, status);
  });

  const pages = new Set<WebSocket>();
  function admit(socket: WebSocket, request: IncomingMessage): void {
    if (!isToken(offeredToken(request.headers['sec-websocket-protocol']), token)) {
      turnAway(socket, doorClose.wrongToken, 'wrong token');
      return;
    }
    if (pages.size >= (settings.pagesMax ?? limits.pagesMax)) {
      turnAway(socket, doorClose.tooManyPages, 'too many pages');
      return;
    }
    const port = settings.connect();
    if (port === undefined) {
      turnAway(socket, doorClose.labEnded, 'the lab has ended');
      return;
    }
    pages.add(socket);
    socket.on('close', () => pages.delete(socket));
    pipePage(socket, port, settings.pageBufferedBytesMax);
  }

  const port = await listen(server, settings.port);
  return {
    url: `http://${ownAddress}:${port}/#${token}`,
    port,
    close: () => closeAll(server, sockets),
  };
}

/** The status that a request to become a WebSocket is refused with, or undefined when it may. */
function refusal(request: IncomingMessage): number | undefined {
  const { host, origin } = request.headers;
  if (!isOwnHost(host) || !isOwnOrigin(origin, host)) return 403;
  if (request.url !== doorPath) return 404;
  // Without the right subprotocol a browser would break off by itself, and the page would not learn why.
  return offeredToken(request.headers['sec-websocket-protocol']) === undefined ? 400 : undefined;
}

function refuse(connection: Duplex, status: number): void {
  connection.on('error', () => connection.destroy());
  connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The handshake is made before a page is turned away: only so a browser tells the page the reason. */
function turnAway(socket: WebSocket, code: number, reason: string): void {
  socket.on('error', () => socket.terminate());
  socket.close(code, reason);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    // Also for later: a connection that can't be taken in (too many open files, say) is that browser's trouble alone.
    server.on('error', (error: NodeJS.ErrnoException) => reject(new WebDoorError(listenFailure(error, port))));
    server.listen(port, ownAddress, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function listenFailure(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program: choose another one with --port, or leave it out to get a free one.`;
  }
  // Below 1024 on Unix; on Windows any port in a range that the system has reserved.
  if (error.code === 'EACCES') {
    return `The system keeps port ${port} for others: choose another one with --port, or leave it out to get a free one.`;
  }
  return `The page can't be served on ${ownAddress}:${port}: ${error.message}.`;
}

async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const socket of sockets.clients) socket.close(doorClose.labEnded, 'the lab is closed');
  const timer = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
  }, goodbyeTimeoutMs);
  server.closeAllConnections();
  await closed;
  clearTimeout(timer);
}
