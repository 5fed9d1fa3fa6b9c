import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawInteger, drawPercent, drawUnit, seedFor } from '../../shared/random.ts';

function draws(seed: number, count: number, min: number, max: number): number[] {
  const state = { random: seed };
  return Array.from({ length: count }, () => drawInteger(state, min, max));
}

describe('drawInteger', () => {
  it('the same seed gives the same draws, another seed gives others', () => {
    expect(draws(7, 100, 0, 1_000_000)).toEqual(draws(7, 100, 0, 1_000_000));
    expect(draws(7, 100, 0, 1_000_000)).not.toEqual(draws(8, 100, 0, 1_000_000));
  });

  it('is a whole number within both bounds, whatever the seed', () => {
    const property = fc.property(fc.integer(), fc.integer({ min: -1e9, max: 1e9 }), fc.nat(1e9), (seed, min, span) => {
      const value = drawInteger({ random: seed }, min, min + span);
      expect(Number.isInteger(value) && value >= min && value <= min + span).toBe(true);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('moves the state on, and the state alone decides what comes next', () => {
    const state = { random: 42 };
    drawInteger(state, 0, 9);
    const copy = { ...state };
    expect(state.random).not.toBe(42);
    expect(drawInteger(state, 0, 1e6)).toBe(drawInteger(copy, 0, 1e6));
  });

  it('reaches every value about equally often', () => {
    const counts = new Map<number, number>();
    for (const value of draws(1, 10_000, 1, 10)) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect([...counts.keys()].toSorted((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    // 1000 each, with a standard deviation of 30.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it('neighbouring seeds do not draw alike: servers numbered one after the other time out at different times', () => {
    const first = Array.from({ length: 200 }, (_, seed) => drawInteger({ random: seed }, 150_000_000, 300_000_000));
    expect(new Set(first).size).toBeGreaterThan(195);
  });
});

describe('drawUnit', () => {
  it('is from 0 to below 1, even at the ends of the seeds', () => {
    const property = fc.property(fc.integer(), (seed) => {
      const unit = drawUnit({ random: seed });
      expect(unit >= 0 && unit < 1).toBe(true);
    });
    fc.assert(property, { numRuns: 1_000 });
  });
});

describe('drawPercent', () => {
  it('never is 0 %, always is 100 %, and in between it comes as often as it says', () => {
    const state = { random: 3 };
    const shareOf = (percent: number): number => {
      let hits = 0;
      for (let draw = 0; draw < 10_000; draw += 1) if (drawPercent(state, percent)) hits += 1;
      return hits / 100;
    };
    expect([shareOf(0), shareOf(100)]).toEqual([0, 100]);
    expect(Math.abs(shareOf(30) - 30)).toBeLessThan(2);
    expect(Math.abs(shareOf(0.5) - 0.5)).toBeLessThan(0.4);
  });
});

describe('seedFor', () => {
  it('is the same for the same seed and name, and differs with either', () => {
    expect(seedFor(1, 'drop 0→1')).toBe(seedFor(1, 'drop 0→1'));
    const seeds = new Set<number>();
    for (let seed = 0; seed < 100; seed += 1) {
      for (const name of ['', 'a', 'b', 'ab', 'ba', 'cut 0→1', 'cut 1→0']) seeds.add(seedFor(seed, name));
    }
    expect(seeds.size).toBe(700);
  });
});
