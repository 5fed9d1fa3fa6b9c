/**
 * How long things take: draws between a shortest and a longest time.
 */
import { assertNever } from '../../shared/assert.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { DelayDistribution } from '../../shared/fault-rule.ts';
import { drawUnit, type RandomState } from '../../shared/random.ts';

/** From `minMs` to `maxMs`, both included, never outside. */
export interface DelayRange {
  readonly minMs: number;
  readonly maxMs: number;
  readonly distribution: DelayDistribution;
}

/** The exponential one is cut off at this many of its means, so the mean is a little under a fifth of the range. */
const meansInRange = 5;
/** The Pareto one (Lomax): a heavy tail, half of all draws within the first 2 % of the range. */
const paretoShape = 1.2;
const paretoScale = 1 / 50;

/** A whole number of nanoseconds. One draw, whatever the distribution. */
export function drawDelayNs(state: RandomState, { minMs, maxMs, distribution }: DelayRange): number {
  const share = shareOf(distribution, drawUnit(state));
  return Math.round((minMs + (maxMs - minMs) * share) * nanosecondsPerMillisecond);
}

/** `unit`, even between 0 and 1, as a share of the range: the inverse of the distribution, cut off at 1. */
function shareOf(distribution: DelayDistribution, unit: number): number {
  switch (distribution) {
    case 'uniform':
      return unit;
    case 'exponential':
      return -Math.log(1 - unit * (1 - Math.exp(-meansInRange))) / meansInRange;
    case 'pareto': {
      const within = 1 - (1 + 1 / paretoScale) ** -paretoShape;
      return Math.min(1, paretoScale * ((1 - unit * within) ** (-1 / paretoShape) - 1));
    }
    default:
      return assertNever(distribution, 'shareOf');
  }
}
