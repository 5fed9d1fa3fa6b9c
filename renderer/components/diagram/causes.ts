/**
 * What led to an event, and what came of it: happened-before over the datagrams that are loaded. A node's earlier events happened
 * before its later ones, a datagram's sending before its receipt (Lamport 1978).
 */
import type { NodeId } from '../../../shared/ids.ts';
import type { Edge } from '../../stores/diagram/diagram-items.ts';

/** Up to its time in `past`, and from its time in `future` on, what a node did belongs to the story of the event. */
export interface Causes {
  readonly past: ReadonlyMap<NodeId, number>;
  readonly future: ReadonlyMap<NodeId, number>;
}

/** @param edges in any order; those without both ends tell nothing */
export function causesOf(node: NodeId, timeNs: number, edges: readonly Edge[]): Causes {
  const whole = edges.filter(({ fate, sendNs }) => fate === 'arrived' && !Number.isNaN(sendNs));
  const past = new Map([[node, timeNs]]);
  // From the latest receipt to the earliest: a sending can only matter to receipts that come later in this order.
  for (const { from, to, sendNs, endNs } of whole.toSorted((one, other) => other.endNs - one.endNs)) {
    if (endNs <= (past.get(to) ?? -Infinity)) past.set(from, Math.max(past.get(from) ?? -Infinity, sendNs));
  }
  const future = new Map([[node, timeNs]]);
  for (const { from, to, sendNs, endNs } of whole.toSorted((one, other) => one.sendNs - other.sendNs)) {
    if (sendNs >= (future.get(from) ?? Infinity)) future.set(to, Math.min(future.get(to) ?? Infinity, endNs));
  }
  return { past, future };
}

export function belongs({ past, future }: Causes, node: NodeId, timeNs: number): boolean {
  return timeNs <= (past.get(node) ?? -Infinity) || timeNs >= (future.get(node) ?? Infinity);
}

export function edgeBelongs({ past, future }: Causes, { from, to, sendNs, endNs, fate }: Edge): boolean {
  if (fate !== 'arrived') return false;
  return endNs <= (past.get(to) ?? -Infinity) || sendNs >= (future.get(from) ?? Infinity);
}
