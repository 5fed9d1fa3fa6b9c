/** What the episodes draw. */
import { required } from '../../shared/assert.ts';
import type { NodeId } from '../../shared/ids.ts';
import { drawInteger, drawUnit } from '../../shared/random.ts';
import type { Situation } from './episode.ts';

/** A time, ms: most are short and a few are long. */
export function drawHoldMs({ random, pace }: Situation, minMs: number, maxMs: number): number {
  return Math.round(pace * (minMs + (maxMs - minMs) * drawUnit(random) ** 2));
}

export function drawNode({ random, nodes }: Situation): NodeId {
  return required(nodes[drawInteger(random, 0, nodes.length - 1)], 'a cluster has nodes');
}

/** `count` of them, in an order that is drawn. */
export function drawNodes({ random, nodes }: Situation, count: number): NodeId[] {
  const left = [...nodes];
  return Array.from({ length: Math.min(count, nodes.length) }, () =>
    required(left.splice(drawInteger(random, 0, left.length - 1), 1)[0], 'there is one left'),
  );
}
