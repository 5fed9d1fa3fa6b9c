import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawDelayNs } from '../../../main/faults/delays.ts';
import type { DelayDistribution } from '../../../shared/fault-rule.ts';

const distributions: readonly DelayDistribution[] = ['uniform', 'exponential', 'pareto'];

/** Ascending, milliseconds. */
function sortedDraws(distribution: DelayDistribution, minMs: number, maxMs: number): number[] {
  const state = { random: 11 };
  return Array.from({ length: 10_000 }, () => drawDelayNs(state, { minMs, maxMs, distribution }) / 1e6).toSorted(
    (left, right) => left - right,
  );
}

describe('drawDelayNs', () => {
  it('is a whole number of nanoseconds within the range, whatever the seed', () => {
    const range = fc.tuple(fc.double({ min: 0, max: 60_000, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    const property = fc.property(
      fc.integer(),
      range,
      fc.constantFrom(...distributions),
      (seed, [maxMs, part], distribution) => {
        const minMs = maxMs * part;
        const delayNs = drawDelayNs({ random: seed }, { minMs, maxMs, distribution });
        expect(Number.isInteger(delayNs)).toBe(true);
        expect(delayNs).toBeGreaterThanOrEqual(Math.floor(minMs * 1e6));
        expect(delayNs).toBeLessThanOrEqual(Math.ceil(maxMs * 1e6));
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });

  it('lies in the range as the distribution says', () => {
    const at = (distribution: DelayDistribution, share: number): number =>
      sortedDraws(distribution, 100, 200)[Math.floor(share * 9_999)] ?? 0;
    for (const [distribution, median, nineTenths] of [
      ['uniform', 150, 190],
      ['exponential', 113.8, 145.6],
      ['pareto', 101.6, 111],
    ] as const) {
      expect(Math.abs(at(distribution, 0.5) - median), distribution).toBeLessThan(2);
      expect(Math.abs(at(distribution, 0.9) - nineTenths), distribution).toBeLessThan(3);
      expect(at(distribution, 1), distribution).toBeGreaterThan(180);
    }
  });

  it('takes one draw, so that another distribution does not shift what comes after', () => {
    const states = distributions.map((distribution) => {
      const state = { random: 5 };
      drawDelayNs(state, { minMs: 0, maxMs: 9, distribution });
      return state;
    });
    expect(new Set(states.map(({ random }) => random)).size).toBe(1);
  });
});
