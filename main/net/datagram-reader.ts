/**
 * What arrives, from bytes to a message that is believed. Every datagram ends as one event: received, dropped by a fault
 * rule, or refused with why; but for what transports say to each other for themselves. (A fault rule that doubles one makes
 * two of it.) Nothing is thrown.
 */
import { sameAddress } from '../../shared/address.ts';
import type { Address } from '../../shared/cluster-config.ts';
import type { FragmentPlace, MessageSummary } from '../../shared/event.ts';
import { outsiderId, type BootId } from '../../shared/ids.ts';
import type { MessageKind, RaftMessage } from '../../shared/raft-message.ts';
import { isAbsurdLamport } from '../lamport-clock.ts';
import type { DatagramWriter } from './datagram-writer.ts';
import { refuse, type Decoded, type Refusal } from './decoded.ts';
import { fragmentPrefixBytes, readFragmentPrefix, readFragmentsHeld } from './fragment-codec.ts';
import type { Greetings } from './greetings.ts';
import { decodeMessage } from './message-codec.ts';
import { LinkEnd, type Arrived } from './link-end.ts';
import { isControl } from './message-kinds.ts';
import { describeNonsense } from './message-sense.ts';
import { summarizeMessage } from './message-summary.ts';
import type { NetTelling } from './net-telling.ts';
import { isHeardFrom, Peer } from './peer.ts';
import type { Seal } from './seal.ts';
import type { TransportOptions } from './transport-options.ts';
import { decodeHeader, headerBytes, type WireHeader } from './wire-header.ts';

export interface ReaderOptions extends Omit<TransportOptions, 'clusterId' | 'members'> {
  readonly clusterId: Uint8Array;
  readonly seal: Seal;
  readonly nowNs: () => number;
  readonly newUuid: () => string;
  /** Whose genuine datagram it is, or why nobody listens to its sender. */
  readonly peerOf: (header: WireHeader, from: Address) => Peer | Refusal;
  readonly writer: DatagramWriter;
  readonly telling: NetTelling;
  readonly greetings: Greetings;
  /** It is proven that the peer runs in `boot`, at `address`. */
  readonly onMet: (peer: Peer, boot: BootId, address: Address) => Refusal | undefined;
  readonly onMessage: (peer: Peer, message: RaftMessage, uuid: string) => void;
}

export class DatagramReader {
  readonly #options: ReaderOptions;
  readonly #linkEnd: LinkEnd;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#linkEnd = new LinkEnd(options, (bytes, address) => this.read(bytes, address, true));
  }

  /** Forgets what fault rules have delayed. */
  close(): void {
    this.#linkEnd.close();
  }

  /** @param isJudged fault rules have had it: neither they nor the window are asked again */
  read(bytes: Uint8Array, address: Address, isJudged: boolean): void {
    const { telling } = this.#options;
    if (!isJudged) this.#linkEnd.pulse();
    telling.pulse();
    const refusal = this.#take(bytes, address, isJudged);
    if (refusal !== undefined) telling.refused(refusal, address, bytes.byteLength);
  }

  /** @returns why it is refused; undefined when it was taken in, dropped, or comes later */
  #take(bytes: Uint8Array, address: Address, isJudged: boolean): Refusal | undefined {
    const { boot, clusterId, seal, peerOf } = this.#options;
    const decoded = decodeHeader(bytes, clusterId, seal);
    if (!decoded.ok) return decoded;
    const header = decoded.value;
    const refusal = this.#checkEnds(header);
    if (refusal !== undefined) return refusal;
    const peer = peerOf(header, address);
    if (!(peer instanceof Peer)) return peer;
    const arrived = { peer, header, bytes, address };
    if (isControl(header.kind)) return this.#takeControl(arrived, isJudged);
    // A link comes before who is at its end: what a rule keeps away is not refused as well.
    const judged = isJudged ? undefined : this.#linkEnd.judge(arrived);
    if (judged !== undefined) return judged === 'taken' ? undefined : judged;
    if (!isHeardFrom[peer.role](header.kind))
      return refuse('malformed', `No ${header.kind} is heard from a ${peer.role}.`);
    if (header.receiverBoot !== boot) {
      // Either it was caught before this node started, or its sender has not heard of that yet.
      this.#options.greetings.greet(peer, address);
      return refuse('stale', `It was made for boot ${header.receiverBoot} of this node, which runs in boot ${boot}.`);
    }
    if (peer.role === 'client' && !peer.isMet) {
      // Perhaps a recording of one that is gone: its boot is all that we know it by.
      this.#options.greetings.greet(peer, address);
      return refuse('stale', 'Its client has yet to prove that it runs.');
    }
    const seen = isJudged ? undefined : this.#linkEnd.refuseSeen(arrived);
    return seen ?? this.#takeMessage(arrived);
  }

  #checkEnds({ kind, senderId, receiverId, lamport }: WireHeader): Refusal | undefined {
    const { self, lamport: clock } = this.#options;
    if (senderId === self) return refuse('unknown-sender', 'It claims to come from this node itself.');
    // A client may not know yet who is there.
    const isForAnyone = receiverId === outsiderId && senderId === outsiderId && kind === 'hello';
    if (receiverId !== self && !isForAnyone) return refuse('misdirected', `It was made for node ${receiverId}.`);
    if (isAbsurdLamport(clock.current, lamport))
      return refuse('absurd', `Its Lamport number ${lamport} is too far above this node's ${clock.current}.`);
    return undefined;
  }

  /** What is said here may be a replay, so it only ever leads to an answer, or fits what was asked. */
  #takeControl(arrived: Arrived, isJudged: boolean): Refusal | undefined {
    const { peer, header, bytes, address } = arrived;
    const { greetings, onMet, boot, nowNs, telling } = this.#options;
    const held = header.kind === 'fragments-held' ? readFragmentsHeld(bodyOf(bytes)) : undefined;
    if (held?.ok === false) return held;
    if (held === undefined && bytes.byteLength > headerBytes)
      return refuse('malformed', `A ${header.kind} has no body.`);
    if (!isJudged && this.#linkEnd.judge(arrived) !== undefined) return undefined;
    telling.control(bytes.byteLength, address);
    if (held?.ok === true) {
      if (header.receiverBoot === boot && header.boot === peer.boot) peer.fragments.onHeld(held.value, nowNs());
    } else if (header.kind === 'hello') greetings.onHello(peer, header, address);
    else if (greetings.isFresh(peer, header)) return onMet(peer, header.boot, address);
    return undefined;
  }

  #takeMessage(arrived: Arrived): Refusal | undefined {
    const { header, bytes } = arrived;
    if (header.fragments > 1) return this.#takeFragment(arrived);
    const message = this.#readMessage(header, bytes.subarray(headerBytes));
    if (!message.ok) return message;
    this.#believe(arrived, summarizeMessage(message.value));
    this.#options.onMessage(arrived.peer, message.value, header.uuid);
    return undefined;
  }

  #takeFragment(arrived: Arrived): Refusal | undefined {
    const { peer, header, bytes } = arrived;
    const { fragment: index, fragments: count } = header;
    const body = bodyOf(bytes);
    const prefix = readFragmentPrefix(body, index, count);
    if (!prefix.ok) return prefix;
    const { writer, newUuid, nowNs, onMessage } = this.#options;
    const piece = body.subarray(fragmentPrefixBytes);
    const { body: whole, held } = peer.reassembly.take(header.boot, prefix.value, index, count, piece, nowNs());
    const message = whole === undefined ? undefined : this.#readMessage(header, whole);
    if (message?.ok === false) return message;
    const kind = header.kind as MessageKind;
    const summary = message === undefined ? { kind, round: prefix.value.round } : summarizeMessage(message.value);
    this.#believe(arrived, summary, { message: prefix.value.message, index, count });
    if (held !== undefined) writer.fragmentsHeld(peer, held, newUuid());
    if (message !== undefined) onMessage(peer, message.value, header.uuid);
    return undefined;
  }

  #readMessage({ kind, senderId }: WireHeader, body: Uint8Array): Decoded<RaftMessage> {
    const message = decodeMessage(kind as MessageKind, body, senderId);
    if (!message.ok) return message;
    const nonsense = describeNonsense(message.value, this.#options.currentTerm?.());
    return nonsense === undefined ? message : refuse('absurd', nonsense);
  }

  /** All was well: the sender runs in this boot, and it is where it sent from, unless it has started again since. */
  #believe({ peer, header, bytes, address }: Arrived, message: MessageSummary, fragment?: FragmentPlace): void {
    const { lamport, emit, onMet, nowNs, telling } = this.#options;
    const { boot: fromBoot, datagram, uuid } = header;
    if (fromBoot >= peer.boot && !sameAddress(peer.address, address)) peer.address = address;
    lamport.witness(header.lamport);
    const received = {
      type: 'datagram-received',
      from: peer.id,
      fromBoot,
      datagram,
      uuid,
      bytes: bytes.byteLength,
      message,
    } as const;
    emit(fragment === undefined ? received : { ...received, fragment });
    if (fromBoot > peer.boot) onMet(peer, fromBoot, address);
    peer.heardNs = nowNs();
    peer.fragments.pulse(peer.heardNs);
    telling.losses(peer, peer.heardNs);
  }
}

/** What stands behind the header. */
function bodyOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + headerBytes, bytes.byteLength - headerBytes);
}
