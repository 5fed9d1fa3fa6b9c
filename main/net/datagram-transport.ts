/**
 * Messages to servers over datagrams to addresses: numbers them, stamps uuids and Lamport numbers, refuses what is not
 * ours, and reports every datagram at both ends. Who lies about its id is not found out in this wire version.
 */
import { parse, v4 } from 'uuid';
import { assert } from '../../shared/assert.ts';
import { limits, type Address, type Member } from '../../shared/cluster-config.ts';
import type { BootId, ClusterId, NodeId } from '../../shared/ids.ts';
import { isReply, type RaftMessage } from '../../shared/raft-message.ts';
import { isAbsurdLamport, type LamportClock } from '../lamport-clock.ts';
import type { AdmitDatagram, Datagrams, EmitEvent, Transport } from '../ports.ts';
import { formatAddress, sameAddress } from '../../shared/address.ts';
import { createCallUuids, type CallUuids } from './call-uuids.ts';
import { refuse, type Refusal } from './decoded.ts';
import { decodeMessage, encodeMessage } from './message-codec.ts';
import { describeNonsense } from './message-sense.ts';
import { summarizeMessage } from './message-summary.ts';
import { datagramNumberOf, decodeHeader, encodeHeader, headerBytes, type WireHeader } from './wire-header.ts';

export interface TransportOptions {
  readonly self: NodeId;
  readonly boot: BootId;
  readonly clusterId: ClusterId;
  /** Everyone, this node among them. Addresses are where each is tried first. */
  readonly members: readonly Member[];
  readonly datagrams: Datagrams;
  /** Must tick `lamport` once for every event. */
  readonly emit: EmitEvent;
  readonly lamport: LamportClock;
  /** Version 4 uuids when not given. */
  readonly newUuid?: () => string;
  /** What the fault rules say; everything passes when not given. */
  readonly admit?: AdmitDatagram;
  /** The receiver's term, so that absurd jumps are refused; not checked when not given. */
  readonly currentTerm?: () => number;
}

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
  /** Where each other member was heard last; before that, where the configuration says. */
  readonly #addresses = new Map<NodeId, Address>();
  /** What the configuration said last. */
  #hints: ReadonlyMap<NodeId, Address> = new Map();
  readonly #callUuids: CallUuids = createCallUuids();
  readonly #newUuid: () => string;
  #datagramsNumbered = 0;
  #handler: (from: NodeId, message: RaftMessage) => void = () => {};
  #closed = false;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#clusterId = parse(options.clusterId);
    this.#newUuid = options.newUuid ?? v4;
    this.setMembers(options.members);
    options.datagrams.onDatagram((bytes, from) => this.#receive(bytes, from));
    options.datagrams.onSendError((error, to, bytes) => this.#reportSendError(error, to, bytes));
  }

  setMembers(members: readonly Member[]): void {
    const others = members.filter(({ id }) => id !== this.#options.self);
    const hints = new Map(others.map(({ id, address }) => [id, address]));
    for (const id of this.#addresses.keys()) if (!hints.has(id)) this.#addresses.delete(id);
    for (const [id, hint] of hints) {
      const former = this.#hints.get(id);
      if (former === undefined || !sameAddress(former, hint)) this.#addresses.set(id, hint);
    }
    this.#hints = hints;
  }

  onMessage(handler: (from: NodeId, message: RaftMessage) => void): void {
    this.#handler = handler;
  }

  close(): void {
    this.#closed = true;
    this.#options.datagrams.close();
  }

  send(to: NodeId, message: RaftMessage): void {
    if (this.#closed) return;
    const { self, boot, emit, lamport, datagrams } = this.#options;
    assertSpeaksForItself(message, self);
    this.#datagramsNumbered += 1;
    const datagram = this.#datagramsNumbered;
    const address = this.#addresses.get(to);
    // Not an assertion: whom a datagram names as leader may be a lie.
    if (address === undefined)
      return emit({ type: 'send-failed', to, datagram, reason: `Node ${to} is not another member of this cluster.` });
    const bytes = encodeMessage(message);
    if (bytes.byteLength > limits.datagramBytesMax) {
      const reason = `This ${message.kind} needs ${bytes.byteLength} bytes; a datagram has at most ${limits.datagramBytesMax}.`;
      return emit({ type: 'send-failed', to, datagram, reason });
    }
    const uuid = this.#uuidFor(to, message);
    // First the event, then its Lamport number into the header, then the bytes leave: no receive stands before its send.
    emit({ type: 'datagram-sent', to, datagram, uuid, bytes: bytes.byteLength, message: summarizeMessage(message) });
    const header = { kind: message.kind, senderId: self, boot, datagram, lamport: lamport.current, uuid };
    encodeHeader(header, this.#clusterId, bytes);
    datagrams.send(bytes, address);
  }

  #uuidFor(to: NodeId, message: RaftMessage): string {
    const answered = isReply(message.kind) ? this.#callUuids.uuidFor(to, message.kind, message.round) : undefined;
    return answered ?? this.#newUuid();
  }

  #receive(bytes: Uint8Array, address: Address): void {
    if (this.#closed) return;
    const header = decodeHeader(bytes, this.#clusterId);
    if (!header.ok) return this.#refuse(header, bytes, address);
    const refusal = this.#checkHeader(header.value);
    if (refusal !== undefined) return this.#refuse(refusal, bytes, address);
    if (this.#isDropped(header.value, bytes.byteLength)) return;
    const { kind, senderId } = header.value;
    const decoded = decodeMessage(kind, bytes.subarray(headerBytes), senderId);
    if (!decoded.ok) return this.#refuse(decoded, bytes, address);
    const message = decoded.value;
    const nonsense = describeNonsense(message, this.#options.currentTerm?.());
    if (nonsense !== undefined) return this.#refuse(refuse('absurd', nonsense), bytes, address);
    this.#deliver(header.value, message, bytes.byteLength, address);
  }

  #checkHeader({ senderId, lamport }: WireHeader): Refusal | undefined {
    const { self, lamport: clock } = this.#options;
    if (senderId === self) return refuse('unknown-sender', 'It claims to come from this node itself.');
    if (!this.#addresses.has(senderId))
      return refuse('unknown-sender', `Its sender, node ${senderId}, is not a member of this cluster.`);
    if (isAbsurdLamport(clock.current, lamport)) {
      return refuse('absurd', `Its Lamport number ${lamport} is too far above this node's ${clock.current}.`);
    }
    return undefined;
  }

  /** Asks the fault rules and reports what they drop. */
  #isDropped({ senderId, boot, datagram, lamport, kind }: WireHeader, byteCount: number): boolean {
    const verdict = this.#options.admit?.(senderId, kind, byteCount);
    if (verdict?.kind !== 'drop') return false;
    this.#options.lamport.witness(lamport);
    this.#options.emit({
      type: 'datagram-dropped',
      from: senderId,
      fromBoot: boot,
      datagram,
      faultRule: verdict.faultRule,
    });
    return true;
  }

  #deliver(header: WireHeader, message: RaftMessage, bytes: number, address: Address): void {
    const { senderId: from, boot: fromBoot, datagram, uuid } = header;
    const known = this.#addresses.get(from);
    if (known === undefined || !sameAddress(known, address)) this.#addresses.set(from, address);
    if (!isReply(message.kind)) this.#callUuids.remember(from, message.kind, message.round, uuid);
    this.#options.lamport.witness(header.lamport);
    this.#options.emit({
      type: 'datagram-received',
      from,
      fromBoot,
      datagram,
      uuid,
      bytes,
      message: summarizeMessage(message),
    });
    this.#handler(from, message);
  }

  #refuse({ why, reason }: Refusal, bytes: Uint8Array, address: Address): void {
    this.#options.emit({ type: 'datagram-refused', address, bytes: bytes.byteLength, why, reason });
  }

  /** An error that names no datagram of ours is reported as this node's own, with number 0. */
  #reportSendError(error: Error, address: Address, bytes: Uint8Array | undefined): void {
    if (this.#closed) return;
    const [to] = [...this.#addresses].find(([, known]) => sameAddress(known, address)) ?? [this.#options.self];
    const datagram = bytes === undefined ? 0 : datagramNumberOf(bytes);
    this.#options.emit({ type: 'send-failed', to, datagram, reason: `${formatAddress(address)}: ${error.message}` });
  }
}

/** The wire names the sender once; candidateId and leaderId are not sent. */
function assertSpeaksForItself(message: RaftMessage, self: NodeId): void {
  if (message.kind === 'request-vote') assert(message.candidateId === self, 'A server asks for votes for itself.');
  if (message.kind === 'append-entries' || message.kind === 'install-snapshot')
    assert(message.leaderId === self, 'A leader speaks for itself.');
}
