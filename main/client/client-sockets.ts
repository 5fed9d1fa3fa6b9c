/**
 * The sockets of one client as one `Datagrams`: one for each reach that its servers ask for, opened when it is needed. A
 * client of a server on this machine listens on loopback only.
 */
import { isIPv6 } from 'node:net';
import type { Address } from '../../shared/cluster-config.ts';
import type { Datagrams } from '../ports.ts';
import { openUdpDatagrams, type UdpDatagrams } from '../net/udp-datagrams.ts';

/** Datagrams that wait until their socket is open; past it they are lost, as on a network. */
const heldMax = 64;

interface Reach {
  socket: UdpDatagrams | null;
  held: (readonly [bytes: Uint8Array, to: Address])[];
}

/** Where to listen in order to be answered from `address`. */
export function listenHostFor({ host }: Address): string {
  if (isIPv6(host)) return host === '::1' ? '::1' : '::';
  return host.startsWith('127.') ? '127.0.0.1' : '0.0.0.0';
}

export class ClientSockets implements Datagrams {
  readonly localAddress: Address = { host: '0.0.0.0', port: 0 };
  readonly #reaches = new Map<string, Reach>();
  readonly #closing: Promise<void>[] = [];
  #receiveBufferBytes: number | undefined;
  #isClosed = false;
  #onDatagram: (bytes: Uint8Array, from: Address) => void = () => {};
  #onSendError: (error: Error, to: Address, bytes?: Uint8Array) => void = () => {};

  /** @param receiveBufferBytes what the system gave an earlier one */
  constructor(receiveBufferBytes?: number) {
    this.#receiveBufferBytes = receiveBufferBytes;
  }

  get receiveBufferBytes(): number {
    return this.#receiveBufferBytes ?? Number.POSITIVE_INFINITY;
  }

  /** Settles when every socket is closed. */
  async closed(): Promise<void> {
    await Promise.all(this.#closing);
  }

  /** Opens what is needed to reach all of `addresses`. @throws ListenError (rejects) */
  async open(addresses: readonly Address[]): Promise<void> {
    const hosts = new Set(addresses.map(listenHostFor));
    await Promise.all([...hosts].map((host) => this.#open(host)));
  }

  send(bytes: Uint8Array, to: Address): void {
    if (this.#isClosed) return;
    const host = listenHostFor(to);
    const reach = this.#reaches.get(host);
    if (reach?.socket) return reach.socket.send(bytes, to);
    if (reach) {
      if (reach.held.length < heldMax) reach.held.push([bytes, to]);
      return;
    }
    this.#open(host).catch((error: unknown) => {
      this.#onSendError(error instanceof Error ? error : new Error(String(error)), to, bytes);
    });
    this.#reaches.get(host)?.held.push([bytes, to]);
  }

  onDatagram(handler: (bytes: Uint8Array, from: Address) => void): void {
    this.#onDatagram = handler;
  }

  onSendError(handler: (error: Error, to: Address, bytes?: Uint8Array) => void): void {
    this.#onSendError = handler;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { socket } of this.#reaches.values()) socket?.close();
  }

  async #open(host: string): Promise<void> {
    const reach: Reach = { socket: null, held: [] };
    this.#reaches.set(host, reach);
    const opening = openUdpDatagrams({ host, port: 0 });
    try {
      const socket = await opening;
      this.#closing.push(socket.closed);
      if (this.#isClosed) return socket.close();
      reach.socket = socket;
      this.#receiveBufferBytes ??= socket.receiveBufferBytes;
      socket.onDatagram((bytes, from) => this.#onDatagram(bytes, from));
      socket.onSendError((error, to, bytes) => this.#onSendError(error, to, bytes));
      for (const [bytes, to] of reach.held.splice(0)) socket.send(bytes, to);
    } catch (error) {
      // The next datagram tries again.
      this.#reaches.delete(host);
      throw error;
    }
    return undefined;
  }
}
