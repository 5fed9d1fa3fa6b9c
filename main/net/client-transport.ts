/**
 * A client's end of the wire: greets servers by their addresses, and carries calls and answers. The same mechanism as the
 * servers' own transport, seen from outside the cluster.
 */
import { formatAddress, sameAddress } from '../../shared/address.ts';
import { limits, type Address, type Member } from '../../shared/cluster-config.ts';
import { outsiderId, type BootId, type ClusterId, type NodeId } from '../../shared/ids.ts';
import type { ClientCall, ClientCallReply } from '../../shared/raft-message.ts';
import { createLamportClock } from '../lamport-clock.ts';
import type { Datagrams, EmitEvent } from '../ports.ts';
import { refuse, type Refusal } from './decoded.ts';
import { FormerPeers } from './former-peers.ts';
import type { Peer } from './peer.ts';
import { WireEnd } from './wire-end.ts';
import type { WireHeader } from './wire-header.ts';

export interface ClientTransportOptions {
  readonly clusterId: ClusterId;
  /** What the cluster's servers share, and their clients with them: `clusterKeyBytes` bytes. */
  readonly key: Uint8Array;
  /** 32 random bits, at least 1: new ones for each connection, and after half of `limits.clientIdleMs` in silence. */
  readonly boot: BootId;
  readonly datagrams: Datagrams;
  /** Version 4 uuids when not given. They must not be foreseeable by a stranger: greetings are answered with them. */
  readonly newUuid?: () => string;
  /** Monotonic time; the process's when not given. */
  readonly nowNs?: () => number;
  /** What happens to datagrams, as servers report it. */
  readonly emit?: EmitEvent;
}

export interface ClientTransport {
  /** Greets whoever is there; again on each call, but not more often than `limits.greetingIntervalMs` allows. */
  dial(address: Address): void;
  /** It is proven that this server runs now, at this address. Told after each `dial` that is answered, and when it has started again. */
  onServer(handler: (server: Member) => void): void;
  /** Fire and forget. To a server that `onServer` has named; otherwise it is reported as `send-failed`. */
  send(to: NodeId, message: ClientCall): void;
  onMessage(handler: (from: NodeId, message: ClientCallReply) => void): void;
  /** Closes the datagrams too; what is sent afterwards is dropped without a word. */
  close(): void;
}

/** @returns a transport that takes nothing but what servers say to this boot */
export function createClientTransport(options: ClientTransportOptions): ClientTransport {
  return new OutsideTransport(options);
}

class OutsideTransport implements ClientTransport {
  readonly #servers = new Map<NodeId, Peer>();
  /** Whoever is at an address. */
  readonly #dialled = new Map<string, Peer>();
  readonly #former = new FormerPeers();
  readonly #end: WireEnd;
  #onServer: (server: Member) => void = () => {};
  #handler: (from: NodeId, message: ClientCallReply) => void = () => {};

  constructor(options: ClientTransportOptions) {
    const lamport = createLamportClock();
    const { emit } = options;
    this.#end = new WireEnd({
      ...options,
      self: outsiderId,
      lamport,
      emit: (event) => {
        lamport.tick();
        emit?.(event);
      },
      directory: {
        peerOf: (header, from) => this.#peerOf(header, from),
        onMet: (peer, boot, from) => this.#onMet(peer, boot, from),
        deliver: (peer, message) => {
          if (message.kind === 'client-call-reply') this.#handler(peer.id, message);
        },
        peers: () => [...this.#servers.values(), ...this.#dialled.values()],
        // The answer to a greeting is all that may come for a while.
        onTraffic: (nowNs) => {
          for (const { fragments } of this.#servers.values()) fragments.pulse(nowNs);
        },
      },
    });
  }

  dial(address: Address): void {
    if (this.#end.isClosed) return;
    const place = formatAddress(address);
    let peer = this.#dialled.get(place);
    if (peer === undefined) {
      peer = this.#end.newPeer('server', outsiderId, address);
      this.#dialled.set(place, peer);
      keepLatest(this.#dialled);
    }
    this.#end.greet(peer);
  }

  onServer(handler: (server: Member) => void): void {
    this.#onServer = handler;
  }

  onMessage(handler: (from: NodeId, message: ClientCallReply) => void): void {
    this.#handler = handler;
  }

  send(to: NodeId, message: ClientCall): void {
    if (this.#end.isClosed) return;
    const server = this.#servers.get(to);
    if (server === undefined) this.#end.fail(to, `Node ${to} is not known; greet it first.`);
    else this.#end.send(server, message);
  }

  close(): void {
    this.#end.close();
  }

  /** A server, or whoever was greeted at an address and is one as soon as it has answered. */
  #peerOf({ kind, senderId, uuid }: WireHeader, from: Address): Peer | Refusal {
    const server = this.#servers.get(senderId);
    if (kind === 'hello-reply' && server?.greeting !== uuid) {
      const dialled = [...this.#dialled.values()].find(({ greeting }) => greeting === uuid);
      if (dialled !== undefined) return this.#introduce(dialled, server ?? this.#newServer(senderId, from));
    }
    if (server !== undefined) return server;
    // It greets back before it answers.
    const dialled =
      kind === 'hello' ? [...this.#dialled.values()].find((one) => sameAddress(one.address, from)) : undefined;
    return dialled ?? refuse('unknown-sender', `Node ${senderId} was not asked.`);
  }

  #newServer(id: NodeId, from: Address): Peer {
    return this.#former.take(id) ?? this.#end.newPeer('server', id, from);
  }

  /** The answer to the greeting is the server's: it is proven as if it had been greeted by its name. */
  #introduce(dialled: Peer, server: Peer): Peer {
    server.greeting = dialled.greeting;
    dialled.greeting = null;
    return server;
  }

  #onMet(server: Peer, boot: BootId, address: Address): undefined {
    server.address = address;
    this.#servers.delete(server.id);
    this.#servers.set(server.id, server);
    for (const peer of keepLatest(this.#servers)) this.#former.add(peer);
    this.#end.meet(server, boot);
    this.#onServer({ id: server.id, address });
  }
}

/** @returns those that went */
function keepLatest(peers: Map<unknown, Peer>): Peer[] {
  const gone: Peer[] = [];
  for (const [key, peer] of peers) {
    if (peers.size <= limits.serversDialledMax) break;
    peers.delete(key);
    gone.push(peer);
  }
  return gone;
}
