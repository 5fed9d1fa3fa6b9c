/**
 * Datagrams over a UDP socket. Addresses are literals; no name is ever looked up.
 */
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { limits, type Address } from '../../shared/cluster-config.ts';
import type { Datagrams } from '../ports.ts';
import { formatAddress } from '../../shared/address.ts';
import { readSocketDrops } from './socket-drops.ts';

/**
 * - `port-taken`: another socket listens there.
 * - `port-forbidden`: the system keeps the port for others (below 1024 on Unix, a reserved range on Windows).
 * - `address-unavailable`: no interface of this machine has that address.
 * - `not-an-address`: the host is not a literal IPv4 or IPv6 address, or the port is no port.
 * - `io`: anything else.
 */
export type ListenErrorCode = 'port-taken' | 'port-forbidden' | 'address-unavailable' | 'not-an-address' | 'io';

/** A place where a node can't listen. The message names it and says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: ListenErrorCode;
  readonly address: Address;

  constructor(code: ListenErrorCode, address: Address, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.address = address;
  }
}

/** What is asked of the system for each direction, in bytes; it may give less. */
const socketBufferBytesWanted = 4 * 1024 * 1024;
const socketBufferBytesMin = 64 * 1024;

export interface UdpDatagrams extends Datagrams {
  /** What the system really gave, in bytes (Linux counts its own bookkeeping too). */
  readonly receiveBufferBytes: number;
  readonly sendBufferBytes: number;
  overflowed(): number | undefined;
  /** Settles when the socket is closed and its port free again. */
  readonly closed: Promise<void>;
}

/**
 * Listens at `address`; port 0 lets the system choose.
 * @throws ListenError (rejects) when that is not possible.
 */
export async function openUdpDatagrams(address: Address): Promise<UdpDatagrams> {
  const family = isIP(address.host);
  if (family === 0 || !Number.isInteger(address.port) || address.port < 0 || address.port > 65_535) {
    const message = `${formatAddress(address)} is no address to listen at: the host must be a literal IPv4 or IPv6 address, the port a number from 0 to 65535.`;
    throw new ListenError('not-an-address', address, message);
  }
  const socket = createSocket({
    type: family === 4 ? 'udp4' : 'udp6',
    // One socket, one family: a taken IPv4 port is not our business, and senders keep their plain addresses.
    ipv6Only: family === 6,
    // `send` calls this for every datagram; the default would go to the resolver even for a literal.
    lookup: (hostname, _options, callback) => callback(null, hostname, family),
  });
  await bind(socket, address);
  return new UdpSocketDatagrams(socket);
}

function bind(socket: Socket, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      socket.close();
      reject(describeBindError(error, address));
    };
    socket.once('error', onError);
    socket.bind({ port: address.port, address: address.host, exclusive: true }, () => {
      socket.off('error', onError);
      resolve();
    });
  });
}

function describeBindError(error: NodeJS.ErrnoException, address: Address): ListenError {
  const where = formatAddress(address);
  const refuse = (code: ListenErrorCode, message: string): ListenError =>
    new ListenError(code, address, message, { cause: error });
  switch (error.code) {
    case 'EADDRINUSE':
      return refuse('port-taken', `${where} is taken by another program. Stop that program or choose another port.`);
    case 'EACCES':
      return refuse(
        'port-forbidden',
        `The system keeps ${where} for others: ports below 1024, and on Windows ranges that it has reserved. Choose another port.`,
      );
    case 'EADDRNOTAVAIL':
      return refuse(
        'address-unavailable',
        `No network interface of this machine has the address ${address.host} (wanted ${where}). Choose one that it has; 127.0.0.1 always works.`,
      );
    default:
      return refuse('io', `Can't listen at ${where}: ${error.message}. Choose another address or port.`);
  }
}

class UdpSocketDatagrams implements UdpDatagrams {
  readonly localAddress: Address;
  readonly receiveBufferBytes: number;
  readonly sendBufferBytes: number;
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  #isClosed = false;
  #onSendError: (error: Error, to: Address, bytes?: Uint8Array) => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    const { address: host, port } = socket.address();
    this.localAddress = { host, port };
    this.receiveBufferBytes = enlarge(
      (bytes) => socket.setRecvBufferSize(bytes),
      () => socket.getRecvBufferSize(),
    );
    this.sendBufferBytes = enlarge(
      (bytes) => socket.setSendBufferSize(bytes),
      () => socket.getSendBufferSize(),
    );
    this.closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    // A socket without this handler would throw: an earlier datagram came back as an ICMP error, say.
    socket.on('error', (error) => this.#onSendError(error, this.localAddress));
  }

  send(bytes: Uint8Array, to: Address): void {
    if (this.#isClosed) return;
    if (this.#socket.getSendQueueSize() + bytes.byteLength > limits.sendQueueBytesMax) {
      this.#onSendError(
        new Error(`more than ${limits.sendQueueBytesMax} bytes wait for the system to take them`),
        to,
        bytes,
      );
      return;
    }
    const report = (error: Error | null): void => {
      if (error !== null && !this.#isClosed) this.#onSendError(error, to, bytes);
    };
    try {
      this.#socket.send(bytes, to.port, to.host, report);
    } catch (error) {
      // Port 0, for one, is refused by a throw.
      report(error instanceof Error ? error : new Error(String(error)));
    }
  }

  onDatagram(handler: (bytes: Uint8Array, from: Address) => void): void {
    this.#socket.on('message', (bytes, { address: host, port }) => handler(bytes, { host, port }));
  }

  onSendError(handler: (error: Error, to: Address, bytes?: Uint8Array) => void): void {
    this.#onSendError = handler;
  }

  overflowed(): number | undefined {
    return this.#isClosed ? undefined : readSocketDrops(this.localAddress);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.close();
  }
}

/**
 * Asks for a large buffer and takes less where the system refuses (macOS does; Linux caps by itself). On macOS the send
 * buffer is also the size of the largest datagram, 9,216 bytes unless raised.
 */
function enlarge(set: (bytes: number) => void, get: () => number): number {
  for (let bytes = socketBufferBytesWanted; bytes >= socketBufferBytesMin && bytes > get(); bytes /= 2) {
    try {
      set(bytes);
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SOCKET_BUFFER_SIZE')) throw error;
    }
  }
  return get();
}
