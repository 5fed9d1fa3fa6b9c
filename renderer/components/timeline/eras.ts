/** What lasts, from what stands out: who led when, and when something was broken. */
import type { NodeId } from '../../../shared/ids.ts';
import type { Landmark } from '../../../shared/projection/landmarks.ts';

/** A node's time in office; it goes on where `toNs` is undefined. */
export interface Reign {
  readonly node: NodeId;
  readonly term: number;
  readonly fromNs: number;
  readonly toNs: number | undefined;
}

/** A time in which at least one fault was in force; it goes on where `toNs` is undefined. */
export interface FaultSpan {
  readonly fromNs: number;
  readonly toNs: number | undefined;
  /** The rules that were in force, each once. */
  readonly faultRules: readonly string[];
}

/** @param landmarks in the order of the stream */
export function reignsOf(landmarks: readonly Landmark[]): readonly Reign[] {
  const reigns: Reign[] = [];
  let reign: Omit<Reign, 'toNs'> | undefined;
  const end = (toNs: number): void => {
    if (reign) reigns.push({ ...reign, toNs });
    reign = undefined;
  };
  for (const { kind, type, node, term, timeNs } of landmarks) {
    if (kind === 'leader' && term !== undefined) {
      end(timeNs);
      reign = { node, term, fromNs: timeNs };
    } else if (type === 'cluster-started' || type === 'cluster-stopped') end(timeNs);
    else if (node === reign?.node && (kind === 'role' || kind === 'end')) end(timeNs);
  }
  return reign ? [...reigns, { ...reign, toNs: undefined }] : reigns;
}

/** @param landmarks in the order of the stream */
export function faultSpansOf(landmarks: readonly Landmark[]): readonly FaultSpan[] {
  const spans: FaultSpan[] = [];
  const inForce = new Set<string>();
  let fromNs = 0;
  let seen = new Set<string>();
  const endIfHealed = (toNs: number): void => {
    if (inForce.size > 0 || seen.size === 0) return;
    spans.push({ fromNs, toNs, faultRules: [...seen] });
    seen = new Set();
  };
  for (const { kind, type, faultRule, timeNs } of landmarks) {
    if (kind === 'fault' && faultRule !== undefined) {
      if (inForce.size === 0) fromNs = timeNs;
      inForce.add(faultRule);
      seen.add(faultRule);
    } else if (kind === 'heal' && faultRule !== undefined) inForce.delete(faultRule);
    else if (type === 'cluster-started' || type === 'cluster-stopped') inForce.clear();
    endIfHealed(timeNs);
  }
  return inForce.size > 0 ? [...spans, { fromNs, toNs: undefined, faultRules: [...seen] }] : spans;
}
