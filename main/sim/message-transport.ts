/**
 * The upper level of the simulated network: messages travel as they are (nobody changes one), and are reported as the
 * real transport reports its datagrams.
 */
import type { MessageSummary } from '../../shared/event.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import { isReply, type MessageKind, type RaftMessage } from '../../shared/raft-message.ts';
import type { PacketAct, PacketCopy } from '../faults/verdict.ts';
import { summarizeMessage } from '../net/message-summary.ts';
import type { Transport } from '../ports.ts';
import { callUuid } from './call-uuid.ts';
import type { Cargo, Network, Receiver } from './network.ts';
import type { SimProcess } from './sim-process.ts';
import type { Stamper } from './stamper.ts';

/** A message on its way, with what its datagram would carry. */
export interface MessageCargo extends Cargo {
  readonly message: RaftMessage;
  readonly summary: MessageSummary;
  readonly fromBoot: BootId;
  readonly datagram: number;
  readonly uuid: string;
  readonly lamport: number;
}

/** Header and fields of a datagram, about; entries and chunks come on top. */
const fixedBytes = 120;

export class MessageTransport implements Transport, Receiver<MessageCargo> {
  readonly #stamper: Stamper;
  readonly #network: Network<MessageCargo>;
  readonly #process: SimProcess;
  readonly #isMember: (id: NodeId) => boolean;
  #handler: (from: NodeId, message: RaftMessage) => void = () => {};
  #datagrams = 0;
  #closed = false;

  /** @param isMember whether an address is known for a server */
  constructor(
    stamper: Stamper,
    network: Network<MessageCargo>,
    process: SimProcess,
    isMember: (id: NodeId) => boolean,
  ) {
    this.#stamper = stamper;
    this.#network = network;
    this.#process = process;
    this.#isMember = isMember;
    network.attach(stamper.node, this);
  }

  send(to: NodeId, message: RaftMessage): void {
    if (this.#closed) return;
    const stamper = this.#stamper;
    const { node: from, boot: fromBoot, lamport } = stamper;
    this.#datagrams += 1;
    const datagram = this.#datagrams;
    if (to === from || !this.#isMember(to))
      return stamper.emit({
        type: 'send-failed',
        to,
        datagram,
        reason: `Node ${to} is not another member of this cluster.`,
      });
    const { kind, round } = message;
    const summary = summarizeMessage(message);
    const bytes = messageBytes(message);
    const uuid = isReply(kind) ? callUuid(to, from, kind, round) : callUuid(from, to, kind, round);
    stamper.handOn({
      node: from,
      boot: fromBoot,
      sequence: stamper.nextSequence(),
      timeNs: stamper.nowNs,
      lamport: lamport.tick(),
      type: 'datagram-sent',
      to,
      datagram,
      uuid,
      bytes,
      message: summary,
    });
    this.#network.send({
      from,
      to,
      kind,
      bytes,
      message,
      summary,
      fromBoot,
      datagram,
      uuid,
      lamport: lamport.current,
    });
  }

  onMessage(handler: (from: NodeId, message: RaftMessage) => void): void {
    this.#handler = handler;
  }

  close(): void {
    this.#closed = true;
  }

  deliver(cargo: MessageCargo, damage: PacketCopy['damage']): void {
    if (this.#process.isPaused) return this.#process.whenResumed(() => this.deliver(cargo, damage));
    if (this.#closed || !this.#process.isAlive) return;
    // What is damaged fails its check at the receiver: it is lost.
    if (damage) return this.drop(cargo, damage.faultRule);
    const { from, fromBoot, datagram, uuid, bytes, summary, message } = cargo;
    const stamper = this.#stamper;
    stamper.lamport.witness(cargo.lamport);
    stamper.handOn({
      node: stamper.node,
      boot: stamper.boot,
      sequence: stamper.nextSequence(),
      timeNs: stamper.nowNs,
      lamport: stamper.lamport.tick(),
      type: 'datagram-received',
      from,
      fromBoot,
      datagram,
      uuid,
      bytes,
      message: summary,
    });
    this.#handler(from, message);
  }

  drop({ from, fromBoot, datagram, lamport }: MessageCargo, faultRule: string): void {
    if (this.#closed || !this.#process.isAlive) return;
    this.#stamper.lamport.witness(lamport);
    this.#stamper.emit({ type: 'datagram-dropped', from, fromBoot, datagram, faultRule });
  }

  alter({ from, fromBoot, datagram, lamport }: MessageCargo, { faultRule, act, delayNs }: PacketAct): void {
    if (this.#closed || !this.#process.isAlive) return;
    this.#stamper.lamport.witness(lamport);
    this.#stamper.emit({ type: 'datagram-faulted', from, fromBoot, datagram, faultRule, act, delayNs });
  }
}

/** About what the message would need on the wire. */
function messageBytes(message: RaftMessage): number {
  const kind: MessageKind = message.kind;
  if (kind === 'append-entries-reply') return fixedBytes;
  let bytes = fixedBytes;
  if (message.kind === 'append-entries') for (const entry of message.entries) bytes += entryBytes(entry);
  else if (message.kind === 'forward-append') for (const entry of message.entries) bytes += entry.byteLength + 4;
  else if (message.kind === 'install-snapshot') bytes += message.data.byteLength;
  return bytes;
}
