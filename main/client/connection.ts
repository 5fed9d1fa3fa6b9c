/**
 * The client's end of the wire, again and again: servers forget a client that is silent for long, so after half of that
 * time it begins anew, with a new boot and new sockets.
 */
import { randomInt } from 'node:crypto';
import { limits, type Address, type Member } from '../../shared/cluster-config.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { ClientCall, ClientCallReply } from '../../shared/raft-message.ts';
import type { ClientTransport } from '../net/client-transport.ts';

/** What carries one connection. */
export type OpenTransport = (boot: BootId) => ClientTransport;

const silenceMsMax = limits.clientIdleMs / 2;

export class Connection {
  readonly #open: OpenTransport;
  #transport: ClientTransport;
  #usedMs: number;
  #onServer: (server: Member) => void = () => {};
  #onMessage: (from: NodeId, message: ClientCallReply) => void = () => {};
  isClosed = false;

  /** @param nowMs when it begins */
  constructor(open: OpenTransport, nowMs: number) {
    this.#open = open;
    this.#usedMs = nowMs;
    this.#transport = this.#begin();
  }

  dial(address: Address): void {
    if (!this.isClosed) this.#transport.dial(address);
  }

  send(to: NodeId, call: ClientCall, nowMs: number): void {
    this.#usedMs = nowMs;
    this.#transport.send(to, call);
  }

  onServer(handler: (server: Member) => void): void {
    this.#onServer = handler;
  }

  onMessage(handler: (from: NodeId, message: ClientCallReply) => void): void {
    this.#onMessage = handler;
  }

  /** True when servers may have forgotten this client soon: what leaves next should leave anew. */
  isOld(nowMs: number): boolean {
    return nowMs - this.#usedMs > silenceMsMax;
  }

  /** Begins anew. Answers to what was sent before come no more, and every server has to be greeted again. */
  renew(nowMs: number): void {
    this.#transport.close();
    this.#usedMs = nowMs;
    this.#transport = this.#begin();
  }

  close(): void {
    this.isClosed = true;
    this.#transport.close();
  }

  #begin(): ClientTransport {
    const transport = this.#open(newBoot());
    const isPresent = (): boolean => this.#transport === transport && !this.isClosed;
    transport.onServer((server) => {
      if (isPresent()) this.#onServer(server);
    });
    transport.onMessage((from, message) => {
      if (isPresent()) this.#onMessage(from, message);
    });
    return transport;
  }
}

/** 32 random bits, at least 1. */
function newBoot(): BootId {
  return randomInt(1, 2 ** 32);
}
