/**
 * The receiving end of the links to this node, where fault rules act: what arrives is let through, kept away, or goes on
 * later, twice or damaged. What goes on later is handed in as if it had just arrived.
 */
import type { Address } from '../../shared/cluster-config.ts';
import type { BootId } from '../../shared/ids.ts';
import type { LamportClock } from '../lamport-clock.ts';
import type { AdmitDatagram, Verdict } from '../fault-port.ts';
import type { EmitEvent } from '../ports.ts';
import { refuse, type Refusal } from './decoded.ts';
import { DelayLine } from './delay-line.ts';
import { isControl } from './message-kinds.ts';
import type { Peer } from './peer.ts';
import type { WireHeader } from './wire-header.ts';

/** A genuine datagram of a peer, with where it came from. */
export interface Arrived {
  readonly peer: Peer;
  readonly header: WireHeader;
  readonly bytes: Uint8Array;
  readonly address: Address;
}

export interface LinkEndOptions {
  readonly boot: BootId;
  readonly emit: EmitEvent;
  readonly lamport: LamportClock;
  readonly nowNs: () => number;
  readonly admit?: AdmitDatagram;
}

type Altered = Extract<Verdict, { kind: 'alter' }>;

export class LinkEnd {
  readonly #options: LinkEndOptions;
  readonly #line: DelayLine;
  readonly #handIn: (bytes: Uint8Array, address: Address) => void;
  #isClosed = false;

  /** @param handIn takes in what the rules have altered: they and the window are not asked again */
  constructor(options: LinkEndOptions, handIn: (bytes: Uint8Array, address: Address) => void) {
    this.#options = options;
    this.#handIn = handIn;
    this.#line = new DelayLine({ nowNs: options.nowNs, deliver: handIn });
  }

  /** Something else arrives: what is due goes first. */
  pulse(): void {
    this.#line.deliverDue();
  }

  /** Forgets what is on its way. */
  close(): void {
    this.#isClosed = true;
    this.#line.close();
  }

  /**
   * Asks the fault rules, and does what they say.
   * @returns undefined when nothing is in its way, `taken` when it is gone, was handed in or will be, or why it is refused
   */
  judge(arrived: Arrived): 'taken' | Refusal | undefined {
    const { admit, nowNs } = this.#options;
    const verdict = admit?.(arrived.peer.id, arrived.header.kind, arrived.bytes.byteLength, nowNs);
    if (verdict === undefined || verdict.kind === 'pass') return undefined;
    if (verdict.kind === 'drop') return this.#drop(arrived, verdict.faultRule);
    const fullAt = this.#ruleWithoutRoom(arrived, verdict);
    return fullAt === undefined ? this.#alter(arrived, verdict) : this.#drop(arrived, fullAt);
  }

  /** Marks it as seen. @returns why it is refused when it was already */
  refuseSeen({ peer, header: { boot, datagram } }: Arrived): Refusal | undefined {
    if (peer.windows.take(boot, datagram)) return undefined;
    return refuse(
      'replayed',
      `Datagram ${datagram} of ${peer.role} ${peer.id} was here before, or is too old to tell.`,
    );
  }

  /** What transports say to each other is not in the stream. */
  #drop(arrived: Arrived, faultRule: string): 'taken' {
    const { peer, header } = arrived;
    if (isControl(header.kind)) return 'taken';
    const { boot: fromBoot, datagram, lamport } = header;
    this.#options.lamport.witness(lamport);
    this.#options.emit({ type: 'datagram-dropped', from: peer.id, fromBoot, datagram, faultRule });
    // It did come, and is not to be missed.
    if (header.receiverBoot === this.#options.boot) peer.windows.take(fromBoot, datagram);
    return 'taken';
  }

  /** @returns the rule whose delay finds too much held back already */
  #ruleWithoutRoom({ bytes }: Arrived, { copies, acts }: Altered): string | undefined {
    const late = copies.filter(({ delayNs }) => delayNs > 0).length;
    if (late === 0 || this.#line.hasRoom(late, late * bytes.byteLength)) return undefined;
    return acts.findLast(({ delayNs }) => delayNs > 0)?.faultRule;
  }

  #alter(arrived: Arrived, { copies, acts, nowNs }: Altered): 'taken' | Refusal {
    const { header, bytes, address } = arrived;
    const isNumbered = !isControl(header.kind);
    const isDamaged = copies.some(({ damage }) => damage !== null);
    // Now rather than when it is due: it did come and is not to be missed, and however late a rule makes it, it is not too
    // old. What is damaged is not known to be the datagram that it was.
    const isWindowed = isNumbered && !isDamaged && header.receiverBoot === this.#options.boot;
    const seen = isWindowed ? this.refuseSeen(arrived) : undefined;
    if (seen !== undefined) return seen;
    if (isNumbered) this.#tell(arrived, acts);
    for (const { delayNs, damage } of copies) {
      // A greeting's refusal would stand in the stream without what led to it.
      if (this.#isClosed || (damage !== null && !isNumbered)) continue;
      const itsBytes = damage?.(bytes) ?? bytes;
      if (delayNs === 0) this.#handIn(itsBytes, address);
      // The system may use the memory of what arrived again.
      else this.#line.hold(itsBytes === bytes ? new Uint8Array(bytes) : itsBytes, address, nowNs + delayNs);
    }
    return 'taken';
  }

  #tell({ peer, header: { boot: fromBoot, datagram, lamport } }: Arrived, acts: Altered['acts']): void {
    this.#options.lamport.witness(lamport);
    for (const { faultRule, act, delayNs } of acts)
      this.#options.emit({ type: 'datagram-faulted', from: peer.id, fromBoot, datagram, faultRule, act, delayNs });
  }
}
