/**
 * Messages to servers over datagrams to addresses, both ways. What arrives is believed step by step: form, tag, member,
 * fault rules, boots, not seen before, contents; README.md has the order. Who may send is who has the cluster's key.
 */
import { parse, v4 } from 'uuid';
import { formatAddress, sameAddress } from '../../shared/address.ts';
import { limits, type Address, type Member } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import { isReply, type MessageKind, type RaftMessage } from '../../shared/raft-message.ts';
import type { Transport } from '../ports.ts';
import { createCallUuids, type CallUuids } from './call-uuids.ts';
import { DatagramReader } from './datagram-reader.ts';
import { DatagramWriter } from './datagram-writer.ts';
import { FormerPeers } from './former-peers.ts';
import { fragmentPrefixBytes } from './fragment-codec.ts';
import { Greetings } from './greetings.ts';
import { decodeMessage, encodeMessage } from './message-codec.ts';
import { summarizeMessage } from './message-summary.ts';
import { assertSpeaksForItself } from './message-sense.ts';
import { NetTelling } from './net-telling.ts';
import { stepDownFrom } from './path-size.ts';
import { Peer } from './peer.ts';
import { createSeal } from './seal.ts';
import type { TransportOptions } from './transport-options.ts';
import { datagramNumberOf, decodeHeader, headerBytes } from './wire-header.ts';

export type { TransportOptions } from './transport-options.ts';

/** A transport whose cluster may grow and shrink. */
export interface MemberTransport extends Transport {
  /**
   * Everyone from now on, this node among them or not. Who is not named is a stranger. An address is a hint: where a
   * member was heard stays, unless its hint has changed since.
   */
  setMembers(members: readonly Member[]): void;
}

/** Closing the transport closes its datagrams; what is sent afterwards is dropped without a word. */
export function createDatagramTransport(options: TransportOptions): MemberTransport {
  return new DatagramTransport(options);
}

class DatagramTransport implements MemberTransport {
  readonly #options: TransportOptions;
  readonly #clusterId: Uint8Array;
  readonly #peers = new Map<NodeId, Peer>();
  readonly #former = new FormerPeers();
  readonly #callUuids: CallUuids = createCallUuids();
  readonly #writer: DatagramWriter;
  readonly #greetings: Greetings;
  readonly #telling: NetTelling;
  readonly #fragmentWindowBytes: number;
  readonly #newUuid: () => string;
  readonly #nowNs: () => number;
  #handler: (from: NodeId, message: RaftMessage) => void = () => {};
  #closed = false;

  constructor(options: TransportOptions) {
    const { datagrams, newUuid = v4, nowNs = monotonicNs } = options;
    this.#options = options;
    this.#newUuid = newUuid;
    this.#nowNs = nowNs;
    this.#clusterId = parse(options.clusterId);
    const seal = createSeal(options.key);
    this.#telling = new NetTelling(options.emit, datagrams, nowNs, options.toldPerSecondMax);
    this.#writer = new DatagramWriter({ ...options, clusterId: this.#clusterId, seal });
    this.#greetings = new Greetings(options.boot, this.#writer, newUuid, nowNs);
    // A quarter of the buffer: others send too, and the system counts more than the bytes.
    const { receiveBufferBytes = Number.POSITIVE_INFINITY } = datagrams;
    this.#fragmentWindowBytes = Math.min(limits.fragmentWindowBytesMax, Math.floor(receiveBufferBytes / 4));
    this.setMembers(options.members);
    const reader = new DatagramReader({
      ...options,
      clusterId: this.#clusterId,
      seal,
      nowNs,
      peers: this.#peers,
      writer: this.#writer,
      greetings: this.#greetings,
      telling: this.#telling,
      newUuid,
      onMet: (peer, boot) => this.#meet(peer, boot),
      onMessage: (peer, message, uuid) => {
        if (!isReply(message.kind)) this.#callUuids.remember(peer.id, message.kind, message.round, uuid);
        this.#handler(peer.id, message);
      },
    });
    datagrams.onDatagram((bytes, from, isFaultCopy = false) => {
      if (!this.#closed) reader.read(bytes, from, isFaultCopy);
    });
    datagrams.onSendError((error, to, bytes) => this.#onSendError(error, to, bytes));
  }

  setMembers(members: readonly Member[]): void {
    const others = members.filter(({ id }) => id !== this.#options.self);
    for (const [id, peer] of this.#peers) if (!others.some((member) => member.id === id)) this.#forget(peer);
    for (const { id, address } of others) {
      const peer = this.#peers.get(id) ?? this.#former.take(id) ?? this.#newPeer(id, address);
      peer.hint = address;
      this.#peers.set(id, peer);
    }
  }

  #forget(peer: Peer): void {
    this.#peers.delete(peer.id);
    this.#former.add(peer);
  }

  #newPeer(id: NodeId, address: Address): Peer {
    const fragmentWindowBytes = this.#fragmentWindowBytes;
    return new Peer({ id, address, fragmentWindowBytes, sendPiece: (peer, piece) => this.#writer.piece(peer, piece) });
  }

  onMessage(handler: (from: NodeId, message: RaftMessage) => void): void {
    this.#handler = handler;
  }

  close(): void {
    if (!this.#closed) this.#telling.finish();
    this.#closed = true;
    this.#options.datagrams.close();
  }

  send(to: NodeId, message: RaftMessage): void {
    if (this.#closed) return;
    this.#telling.pulse();
    assertSpeaksForItself(message, this.#options.self);
    const peer = this.#peers.get(to);
    // Not an assertion: whom a datagram names as leader may be a lie.
    if (peer === undefined) return this.#fail(to, `Node ${to} is not another member of this cluster.`);
    if (peer.boot !== 0) return this.#transmit(peer, message);
    peer.hold(message);
    this.#greetings.greet(peer, peer.address);
  }

  #meet(peer: Peer, boot: number): void {
    for (const message of peer.meet(boot)) this.#transmit(peer, message);
  }

  #transmit(peer: Peer, message: RaftMessage): void {
    const { kind } = message;
    const nowNs = this.#nowNs();
    peer.fragments.pulse(nowNs);
    const bytes = encodeMessage(message);
    const summary = summarizeMessage(message);
    const uuid = this.#uuidFor(peer.id, message);
    if (bytes.byteLength <= peer.datagramBytes) return this.#writer.whole(peer, kind, uuid, summary, bytes);
    const body = bytes.subarray(headerBytes);
    if (body.byteLength > limits.messageBytesMax) {
      const reason = `This ${kind} needs ${body.byteLength} bytes; a message has at most ${limits.messageBytesMax}.`;
      return this.#fail(peer.id, reason);
    }
    const roomBytes = peer.datagramBytes - headerBytes - fragmentPrefixBytes;
    if (!peer.fragments.begin({ kind, uuid, summary, body }, roomBytes, nowNs))
      this.#fail(peer.id, `Too many large messages for node ${peer.id} are still on their way.`);
  }

  #uuidFor(to: NodeId, message: RaftMessage): string {
    const answered = isReply(message.kind) ? this.#callUuids.uuidFor(to, message.kind, message.round) : undefined;
    return answered ?? this.#newUuid();
  }

  /** @param datagram 0 for what never became one */
  #fail(to: NodeId, reason: string, datagram = 0): void {
    this.#telling.sendFailed(to, this.#peers.has(to), datagram, reason);
  }

  /** An error that names no datagram of ours is reported as this node's own, with number 0. */
  #onSendError(error: Error, address: Address, bytes: Uint8Array | undefined): void {
    if (this.#closed) return;
    const peer = [...this.#peers.values()].find((one) => sameAddress(one.address, address));
    const datagram = bytes === undefined ? 0 : datagramNumberOf(bytes);
    this.#fail(peer?.id ?? this.#options.self, `${formatAddress(address)}: ${error.message}`, datagram);
    if (peer !== undefined && bytes !== undefined && 'code' in error && error.code === 'EMSGSIZE')
      this.#stepDown(peer, bytes);
  }

  /** The path takes less than was thought: the same message leaves again in smaller parts. */
  #stepDown(peer: Peer, refused: Uint8Array): void {
    const smaller = stepDownFrom(refused.byteLength);
    if (smaller === undefined) return;
    peer.datagramBytesMax = Math.min(peer.datagramBytesMax, smaller);
    peer.fragments.recut(peer.datagramBytes - headerBytes - fragmentPrefixBytes, this.#nowNs());
    const header = decodeHeader(refused, this.#clusterId, null);
    if (!header.ok || header.value.datagram === 0 || header.value.fragments > 1) return;
    const message = decodeMessage(header.value.kind as MessageKind, refused.subarray(headerBytes), this.#options.self);
    if (message.ok) this.#transmit(peer, message.value);
  }
}

/** Monotonic time of this process, ns. */
function monotonicNs(): number {
  return Math.floor(performance.now() * 1e6);
}
