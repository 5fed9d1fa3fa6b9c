/**
 * One end of the wire, a server's or a client's: messages to and from peers, whole or in parts, sealed, numbered, and
 * reported. Who the peers are is for the directory to say.
 */
import { parse, v4 } from 'uuid';
import { formatAddress, sameAddress } from '../../shared/address.ts';
import { limits, type Address } from '../../shared/cluster-config.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import { isReply, type MessageKind, type RaftMessage } from '../../shared/raft-message.ts';
import { createCallUuids, type CallUuids } from './call-uuids.ts';
import { DatagramReader } from './datagram-reader.ts';
import { DatagramWriter } from './datagram-writer.ts';
import type { Refusal } from './decoded.ts';
import { fragmentPrefixBytes } from './fragment-codec.ts';
import { Greetings } from './greetings.ts';
import { decodeMessage, encodeMessage } from './message-codec.ts';
import { summarizeMessage } from './message-summary.ts';
import { NetTelling } from './net-telling.ts';
import { stepDownFrom } from './path-size.ts';
import { Peer, type PeerRole } from './peer.ts';
import { createSeal } from './seal.ts';
import type { TransportOptions } from './transport-options.ts';
import { datagramNumberOf, decodeHeader, headerBytes, type WireHeader } from './wire-header.ts';

/** Who is at the other ends. */
export interface PeerDirectory {
  /** Whose genuine datagram this is, or why nobody listens to its sender. Nothing else of it was checked. */
  peerOf(header: WireHeader, from: Address): Peer | Refusal;
  /** It is proven that the peer runs in `boot`, and is at `address`: to `meet` it, or to say why not. */
  onMet(peer: Peer, boot: BootId, address: Address): Refusal | undefined;
  deliver(peer: Peer, message: RaftMessage): void;
  peers(): readonly Peer[];
  /** Something came or goes: there is no timer, so this is when to look after those who are silent. */
  onTraffic(nowNs: number): void;
}

export interface WireEndOptions extends Omit<TransportOptions, 'members'> {
  readonly directory: PeerDirectory;
}

export class WireEnd {
  readonly #options: WireEndOptions;
  readonly #clusterId: Uint8Array;
  readonly #callUuids: CallUuids = createCallUuids();
  readonly #writer: DatagramWriter;
  readonly #greetings: Greetings;
  readonly #telling: NetTelling;
  readonly #reader: DatagramReader;
  readonly #fragmentWindowBytes: number;
  readonly #newUuid: () => string;
  readonly nowNs: () => number;
  #closed = false;

  constructor(options: WireEndOptions) {
    const { datagrams, directory, newUuid = v4, nowNs = monotonicNs } = options;
    this.#options = options;
    this.#newUuid = newUuid;
    this.nowNs = nowNs;
    this.#clusterId = parse(options.clusterId);
    const seal = createSeal(options.key);
    this.#telling = new NetTelling(options.emit, datagrams, nowNs, options.toldPerSecondMax);
    this.#writer = new DatagramWriter({ ...options, clusterId: this.#clusterId, seal });
    this.#greetings = new Greetings(options.boot, this.#writer, newUuid, nowNs);
    // A quarter of the buffer: others send too, and the system counts more than the bytes.
    const { receiveBufferBytes = Number.POSITIVE_INFINITY } = datagrams;
    this.#fragmentWindowBytes = Math.min(limits.fragmentWindowBytesMax, Math.floor(receiveBufferBytes / 4));
    this.#reader = new DatagramReader({
      ...options,
      clusterId: this.#clusterId,
      seal,
      nowNs,
      newUuid,
      writer: this.#writer,
      greetings: this.#greetings,
      telling: this.#telling,
      peerOf: (header, from) => directory.peerOf(header, from),
      onMet: (peer, boot, from) => directory.onMet(peer, boot, from),
      onMessage: (peer, message, uuid) => {
        if (!isReply(message.kind)) this.#callUuids.remember(peer.id, message.kind, message.round, uuid);
        directory.deliver(peer, message);
      },
    });
    datagrams.onDatagram((bytes, from, isFaultCopy = false) => {
      if (this.#closed) return;
      this.#reader.read(bytes, from, isFaultCopy);
      directory.onTraffic(nowNs());
    });
    datagrams.onSendError((error, to, bytes) => this.#onSendError(error, to, bytes));
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  newPeer(role: PeerRole, id: NodeId, address: Address): Peer {
    const fragmentWindowBytes = this.#fragmentWindowBytes;
    return new Peer({
      id,
      role,
      address,
      fragmentWindowBytes,
      sendPiece: (peer, piece) => this.#writer.piece(peer, piece),
    });
  }

  close(): void {
    if (!this.#closed) this.#telling.finish();
    this.#closed = true;
    this.#reader.close();
    this.#options.datagrams.close();
  }

  greet(peer: Peer): void {
    this.#greetings.greet(peer, peer.address);
  }

  /** At once when the peer is known to run, or as soon as it is. */
  send(peer: Peer, message: RaftMessage): void {
    this.#telling.pulse();
    if (peer.isMet) return this.#transmit(peer, message);
    peer.hold(message);
    this.greet(peer);
  }

  /** Reports what was not sent. @param datagram 0 for what never became one */
  fail(to: NodeId, reason: string, datagram = 0): void {
    const isKnown = this.#options.directory.peers().some(({ id }) => id === to);
    this.#telling.sendFailed(to, isKnown, datagram, reason);
  }

  /** What waited for that leaves. */
  meet(peer: Peer, boot: BootId): void {
    for (const message of peer.meet(boot)) this.#transmit(peer, message);
  }

  #transmit(peer: Peer, message: RaftMessage): void {
    const { kind } = message;
    const nowNs = this.nowNs();
    peer.fragments.pulse(nowNs);
    const bytes = encodeMessage(message);
    const summary = summarizeMessage(message);
    const uuid = this.#uuidFor(peer.id, message);
    if (bytes.byteLength <= peer.datagramBytes) return this.#writer.whole(peer, kind, uuid, summary, bytes);
    const body = bytes.subarray(headerBytes);
    if (body.byteLength > limits.messageBytesMax) {
      const reason = `This ${kind} needs ${body.byteLength} bytes; a message has at most ${limits.messageBytesMax}.`;
      return this.fail(peer.id, reason);
    }
    const roomBytes = peer.datagramBytes - headerBytes - fragmentPrefixBytes;
    if (!peer.fragments.begin({ kind, uuid, summary, body }, roomBytes, nowNs))
      this.fail(peer.id, `Too many large messages for node ${peer.id} are still on their way.`);
  }

  #uuidFor(to: NodeId, message: RaftMessage): string {
    const answered = isReply(message.kind) ? this.#callUuids.uuidFor(to, message.kind, message.round) : undefined;
    return answered ?? this.#newUuid();
  }

  /** An error that names no datagram of ours is reported as this end's own, with number 0. */
  #onSendError(error: Error, address: Address, bytes: Uint8Array | undefined): void {
    if (this.#closed) return;
    const peer = this.#options.directory.peers().find((one) => sameAddress(one.address, address));
    const datagram = bytes === undefined ? 0 : datagramNumberOf(bytes);
    this.fail(peer?.id ?? this.#options.self, `${formatAddress(address)}: ${error.message}`, datagram);
    if (peer !== undefined && bytes !== undefined && 'code' in error && error.code === 'EMSGSIZE')
      this.#stepDown(peer, bytes);
  }

  /** The path takes less than was thought: the same message leaves again in smaller parts. */
  #stepDown(peer: Peer, refused: Uint8Array): void {
    const smaller = stepDownFrom(refused.byteLength);
    if (smaller === undefined) return;
    peer.datagramBytesMax = Math.min(peer.datagramBytesMax, smaller);
    peer.fragments.recut(peer.datagramBytes - headerBytes - fragmentPrefixBytes, this.nowNs());
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
