/** Which kind of request comes next, by the weights of the mix. */
import { drawInteger, type RandomState } from '../../shared/random.ts';
import type { Workload } from '../../shared/workload.ts';

type Mix = Workload['mix'];
export type RequestKind = keyof Mix;

/** By name, so that the order in which somebody wrote the weights changes nothing. */
const kinds = ['append', 'conditionalAppend', 'linearizableRead', 'leaseRead', 'localRead'] as const;

/** @param mix at least one weight is above 0 */
export function drawKind(mix: Mix, random: RandomState): RequestKind {
  const total = kinds.reduce((sum, kind) => sum + mix[kind], 0);
  let left = drawInteger(random, 1, total);
  for (const kind of kinds) {
    left -= mix[kind];
    if (left <= 0) return kind;
  }
  throw new RangeError('a mix has a weight above 0');
}
