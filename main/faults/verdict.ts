/**
 * What a link's fault rules say about one message. Pure but for the rules' memory, which is plain data and moves on.
 *
 * Rules act in the order of the way that a datagram takes, however they are listed: it is lost, it queues, it is
 * damaged, it is doubled, and each copy is late on its own.
 */
import { assertNever } from '../../shared/assert.ts';
import { limits } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { DatagramFaultAct } from '../../shared/event.ts';
import type { FaultAction, FaultRule } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import { drawInteger, drawPercent, seedFor } from '../../shared/random.ts';
import type { DatagramAct } from '../fault-port.ts';
import type { DatagramKind } from '../ports.ts';
import { drawDelayNs } from './delays.ts';

/** A message on its way. */
export interface Packet {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly kind: DatagramKind;
  /** Its length on the wire. */
  readonly bytes: number;
  /** When it would arrive without rules. Never falls from one packet of a link to the next. */
  readonly nowNs: number;
}

/** One arrival of a packet. */
export interface PacketCopy {
  /** How much later than without rules; a whole number. */
  readonly delayNs: number;
  /**
   * Its bits flip. Where there are bytes, `damageBytes` flips them; where there are none, this copy is lost, and the rule
   * is the one to name.
   */
  readonly damage: { readonly faultRule: string; readonly seed: number } | null;
}

export type PacketAct = DatagramAct;

export type PacketVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'drop'; readonly faultRule: string }
  /** At least one copy; the first one is the packet itself. `acts` says which rules did what, at least one. */
  | { readonly kind: 'alter'; readonly copies: readonly PacketCopy[]; readonly acts: readonly PacketAct[] };

/** What a rule remembers from packet to packet. */
export interface RuleMemory {
  random: number;
  /** `burst`: in one now. */
  inBurst: boolean;
  /** `bandwidth`: when the link is free for the next packet. */
  freeAtNs: number;
}

/** A rule with its memory. */
export interface ArmedRule {
  readonly rule: FaultRule;
  readonly memory: RuleMemory;
}

/** Where on the way an action comes; the same place means the order in which rules are listed. */
const stages: Readonly<Record<FaultAction['kind'], number>> = {
  cut: 0,
  drop: 1,
  burst: 1,
  bandwidth: 2,
  corrupt: 3,
  duplicate: 4,
  delay: 5,
  reorder: 5,
};

/** What the memory of a rule begins with. Its draws depend on nothing but the seed and its id. */
export function freshMemory(rule: FaultRule, seed: number): RuleMemory {
  return { random: seedFor(seed, rule.id), inBurst: false, freeAtNs: 0 };
}

/** The rules of one link in the order in which they act. */
export function inOrderOfActing(rules: readonly ArmedRule[]): ArmedRule[] {
  return rules.toSorted((left, right) => stages[left.rule.action.kind] - stages[right.rule.action.kind]);
}

const pass: PacketVerdict = { kind: 'pass' };
const onTime: readonly number[] = [0];

/** @param rules all of the packet's own link, as `inOrderOfActing` has them */
export function judgePacket(rules: readonly ArmedRule[], packet: Packet): PacketVerdict {
  if (rules.length === 0) return pass;
  const changes = new Changes();
  for (const { rule, memory } of rules) {
    if (rule.messageKinds !== undefined && !rule.messageKinds.some((kind) => kind === packet.kind)) continue;
    if (isLostTo(rule, memory, packet, changes)) return { kind: 'drop', faultRule: rule.id };
  }
  return changes.verdict();
}

/** Applies the rule. @returns true when it keeps the packet from arriving at all. */
function isLostTo({ id, action }: FaultRule, memory: RuleMemory, packet: Packet, changes: Changes): boolean {
  switch (action.kind) {
    case 'cut':
      return true;
    case 'drop':
      return drawPercent(memory, action.percent);
    case 'burst':
      return isInBurst(action, memory);
    case 'bandwidth':
      return isQueueFull(id, action.bytesPerSecond, memory, packet, changes);
    case 'corrupt':
      if (drawPercent(memory, action.percent)) changes.damage(id, drawInteger(memory, 0, 0x7fffffff));
      return false;
    case 'duplicate':
      if (drawPercent(memory, action.percent)) changes.duplicate(id);
      return false;
    case 'delay':
      changes.delayEach(id, 'delayed', () => drawDelayNs(memory, action));
      return false;
    case 'reorder': {
      const byNs = Math.round(action.byMs * nanosecondsPerMillisecond);
      changes.delayEach(id, 'reordered', () => (drawPercent(memory, action.percent) ? byNs : 0));
      return false;
    }
    default:
      return assertNever(action, 'isLostTo');
  }
}

/** Gilbert–Elliott: the state moves on with each packet, and a packet is lost that finds the link in a burst. */
function isInBurst(action: Extract<FaultAction, { kind: 'burst' }>, memory: RuleMemory): boolean {
  if (!memory.inBurst) memory.inBurst = drawPercent(memory, action.enterPercent);
  const lost = memory.inBurst;
  if (lost) memory.inBurst = !drawPercent(memory, action.leavePercent);
  return lost;
}

/** The packet goes when those before it are through, and takes the time that its bytes need. */
function isQueueFull(
  faultRule: string,
  bytesPerSecond: number,
  memory: RuleMemory,
  { bytes, nowNs }: Packet,
  changes: Changes,
): boolean {
  const beginsAtNs = Math.max(memory.freeAtNs, nowNs);
  if (beginsAtNs - nowNs > limits.faultQueueMsMax * nanosecondsPerMillisecond) return true;
  memory.freeAtNs = beginsAtNs + Math.ceil((bytes * 1e9) / bytesPerSecond);
  changes.delayEach(faultRule, 'delayed', () => memory.freeAtNs - nowNs);
  return false;
}

/** What has happened to a packet so far: one delay per copy, and who did what. */
class Changes {
  #delaysNs: readonly number[] = onTime;
  #damage: PacketCopy['damage'] = null;
  #acts: PacketAct[] | null = null;

  damage(faultRule: string, seed: number): void {
    this.#damage ??= { faultRule, seed };
    this.#tell(faultRule, 'corrupted', 0);
  }

  /** One copy more, as late as the packet has been so far. */
  duplicate(faultRule: string): void {
    const [delayNs = 0] = this.#delaysNs;
    this.#delaysNs = [...this.#delaysNs, delayNs];
    this.#tell(faultRule, 'duplicated', 0);
  }

  delayEach(faultRule: string, act: DatagramFaultAct, drawNs: () => number): void {
    this.#delaysNs = this.#delaysNs.map((delayNs) => {
      const moreNs = drawNs();
      if (moreNs > 0) this.#tell(faultRule, act, moreNs);
      return delayNs + moreNs;
    });
  }

  verdict(): PacketVerdict {
    if (this.#acts === null) return pass;
    const copies = this.#delaysNs.map((delayNs) => ({ delayNs, damage: this.#damage }));
    return { kind: 'alter', copies, acts: this.#acts };
  }

  #tell(faultRule: string, act: DatagramFaultAct, delayNs: number): void {
    this.#acts ??= [];
    this.#acts.push({ faultRule, act, delayNs });
  }
}
