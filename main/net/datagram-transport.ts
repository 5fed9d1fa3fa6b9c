/**
 * Messages to servers and from clients over datagrams to addresses. What arrives is believed step by step: form, tag,
 * sender, fault rules, boots, not seen before, contents; README.md has the order. Who may send is who has the cluster's key.
 */
import { assert } from '../../shared/assert.ts';
import type { Address, Member } from '../../shared/cluster-config.ts';
import { isClientId, outsiderId, type BootId, type NodeId } from '../../shared/ids.ts';
import type { RaftMessage } from '../../shared/raft-message.ts';
import type { Transport } from '../ports.ts';
import { ClientPeers } from './client-peers.ts';
import { refuse, type Refusal } from './decoded.ts';
import { FormerPeers } from './former-peers.ts';
import { assertSpeaksForItself } from './message-sense.ts';
import type { Peer } from './peer.ts';
import type { TransportOptions } from './transport-options.ts';
import { WireEnd } from './wire-end.ts';
import type { WireHeader } from './wire-header.ts';

export type { TransportOptions } from './transport-options.ts';

/** A transport whose cluster may grow and shrink. Clients from outside are called by `clientIdOf`. */
export interface MemberTransport extends Transport {
  /**
   * Everyone from now on, this node among them or not. Who is not named is a stranger. An address is a hint: where a
   * member was heard stays, unless its hint has changed since.
   */
  setMembers(members: readonly Member[]): void;
  /** Where a member, or this node itself, is believed to be; undefined for a stranger. */
  addressOf(id: NodeId): Address | undefined;
}

/** Closing the transport closes its datagrams; what is sent afterwards is dropped without a word. */
export function createDatagramTransport(options: TransportOptions): MemberTransport {
  return new DatagramTransport(options);
}

class DatagramTransport implements MemberTransport {
  readonly #self: NodeId;
  readonly #members = new Map<NodeId, Peer>();
  readonly #former = new FormerPeers();
  readonly #clients: ClientPeers;
  readonly #end: WireEnd;
  #ownAddress: Address | undefined;
  #handler: (from: NodeId, message: RaftMessage) => void = () => {};

  constructor(options: TransportOptions) {
    this.#self = options.self;
    this.#end = new WireEnd({
      ...options,
      directory: {
        peerOf: (header, from) => this.#peerOf(header, from),
        onMet: (peer, boot, from) => this.#onMet(peer, boot, from),
        deliver: (peer, message) => this.#handler(peer.id, message),
        peers: () => [...this.#members.values(), ...this.#clients.all()],
        onTraffic: (nowNs) => this.#clients.pulse(nowNs),
      },
    });
    this.#clients = new ClientPeers(this.#end);
    this.setMembers(options.members);
  }

  #peerOf(header: WireHeader, from: Address): Peer | Refusal {
    const { senderId } = header;
    if (senderId === outsiderId) return this.#clients.peerOf(header.boot, from);
    const member = this.#members.get(senderId);
    return member ?? refuse('unknown-sender', `Its sender, node ${senderId}, is not a member of this cluster.`);
  }

  #onMet(peer: Peer, boot: BootId, from: Address): Refusal | undefined {
    const refusal = peer.role === 'client' ? this.#clients.admit(peer, from) : undefined;
    if (refusal === undefined) this.#end.meet(peer, boot);
    return refusal;
  }

  setMembers(members: readonly Member[]): void {
    this.#ownAddress = members.find(({ id }) => id === this.#self)?.address;
    const others = members.filter(({ id }) => id !== this.#self);
    for (const [id, peer] of this.#members) {
      if (others.some((member) => member.id === id)) continue;
      this.#members.delete(id);
      this.#former.add(peer);
    }
    for (const { id, address } of others) {
      const peer = this.#members.get(id) ?? this.#former.take(id) ?? this.#end.newPeer('member', id, address);
      peer.hint = address;
      this.#members.set(id, peer);
    }
  }

  addressOf(id: NodeId): Address | undefined {
    return id === this.#self ? this.#ownAddress : this.#members.get(id)?.address;
  }

  onMessage(handler: (from: NodeId, message: RaftMessage) => void): void {
    this.#handler = handler;
  }

  close(): void {
    this.#end.close();
  }

  send(to: NodeId, message: RaftMessage): void {
    if (this.#end.isClosed) return;
    assertSpeaksForItself(message, this.#self);
    assert(
      message.kind !== 'client-call' && (message.kind === 'client-call-reply') === isClientId(to),
      `a server sends a ${message.kind} to whom it concerns`,
    );
    const peer = isClientId(to) ? this.#clients.get(to) : this.#members.get(to);
    // Not an assertion: whom a datagram names as leader may be a lie, and a client may be forgotten meanwhile.
    if (peer !== undefined) this.#end.send(peer, message);
    else if (isClientId(to)) this.#end.fail(to, 'This client was not heard for too long.');
    else this.#end.fail(to, `Node ${to} is not another member of this cluster.`);
  }
}
