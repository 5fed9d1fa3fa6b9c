/**
 * What each fault has done so far, and since when it is in force: a pure fold over the stream. A fold that began in the middle
 * knows of older faults only what they did since.
 */
import type { NodeFaultAct } from '../bench-event.ts';
import type { LabEvent } from '../event.ts';
import type { NodeId } from '../ids.ts';
import type { DatagramFaultAct } from '../net-event.ts';

export type FaultAct = DatagramFaultAct | NodeFaultAct | 'dropped';

export interface FaultRecord {
  /** On the scale of `timeNs`; undefined where nobody saw it begin. */
  readonly sinceNs: number | undefined;
  /** How often it did what. */
  readonly counts: Readonly<Partial<Record<FaultAct, number>>>;
}

export interface FaultActs {
  /** What the draws of this cluster's faults come from, where it was given. */
  readonly seed: number | undefined;
  readonly byRule: ReadonlyMap<string, FaultRecord>;
}

export const noFaultActs: FaultActs = { seed: undefined, byRule: new Map() };

/** Names the cut of a node's power in `node-fault`. It stays on record until the node is launched again. */
export function powerRuleId(node: NodeId): string {
  return `power ${node}`;
}

/** Past it the ones that began longest ago are forgotten. */
const recordsMax = 4_000;

/** One step for many events. The very same object when none of them is about a fault. */
export function projectFaultActs(acts: FaultActs, events: readonly LabEvent[]): FaultActs {
  let { seed } = acts;
  let byRule: Map<string, FaultRecord> | undefined;
  const changed = (): Map<string, FaultRecord> => (byRule ??= new Map(acts.byRule));
  for (const event of events) {
    switch (event.type) {
      case 'cluster-started':
        seed = event.seed;
        byRule = new Map();
        break;
      case 'link-cut':
      case 'fault-set':
        changed().set(event.faultRule, { sinceNs: event.timeNs, counts: {} });
        break;
      case 'link-healed':
      case 'fault-cleared':
        changed().delete(event.faultRule);
        break;
      case 'node-fault':
        if (event.fault === 'healed' || event.fault === 'resume') changed().delete(event.faultRule);
        else changed().set(event.faultRule, { sinceNs: event.timeNs, counts: {} });
        break;
      case 'node-launched':
        // Its power is back.
        if ((byRule ?? acts.byRule).has(powerRuleId(event.target))) changed().delete(powerRuleId(event.target));
        break;
      case 'datagram-dropped':
        count(changed(), event.faultRule, 'dropped');
        break;
      case 'datagram-faulted':
      case 'node-fault-acted':
        count(changed(), event.faultRule, event.act);
        break;
      default:
    }
  }
  return byRule === undefined ? acts : { seed, byRule: within(byRule) };
}

function count(byRule: Map<string, FaultRecord>, faultRule: string, act: FaultAct): void {
  const record = byRule.get(faultRule) ?? { sinceNs: undefined, counts: {} };
  byRule.set(faultRule, { ...record, counts: { ...record.counts, [act]: (record.counts[act] ?? 0) + 1 } });
}

function within(byRule: Map<string, FaultRecord>): ReadonlyMap<string, FaultRecord> {
  for (const rule of byRule.keys()) {
    if (byRule.size <= recordsMax) break;
    byRule.delete(rule);
  }
  return byRule;
}
