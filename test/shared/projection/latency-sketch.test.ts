import { array, assert, constantFrom, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { LatencySketch } from '../../../shared/projection/latency-sketch.ts';

/** From a nanosecond to about a quarter of an hour. */
const latencies = array(integer({ min: 1, max: 1e12 }), { minLength: 1, maxLength: 200 });

function sketchOf(list: readonly number[]): LatencySketch {
  const sketch = new LatencySketch();
  for (const latencyNs of list) sketch.take(latencyNs);
  return sketch;
}

it('tells quantiles to 2.2 per cent, and the highest exactly', () => {
  assert(
    property(latencies, constantFrom(0.5, 0.95, 0.99), (list, quantile) => {
      const sketch = sketchOf(list);
      const sorted = list.toSorted((left, right) => left - right);
      const exact = sorted[Math.ceil(quantile * list.length) - 1] ?? 0;
      expect(Math.abs(sketch.quantile(quantile) - exact)).toBeLessThanOrEqual(exact * 0.022);
      expect(sketch.figures()?.max).toBe(sorted.at(-1));
    }),
  );
});

it('adds up: two sketches together are that of all', () => {
  assert(
    property(latencies, latencies, (some, others) => {
      const merged = sketchOf(some);
      merged.merge(sketchOf(others).figures() ?? { counts: [], max: 0 });
      expect(merged.figures()).toEqual(sketchOf([...some, ...others]).figures());
    }),
  );
});

it('of nothing has nothing to tell, and takes what is below a nanosecond as one', () => {
  expect(new LatencySketch().quantile(0.5)).toBe(0);
  expect(new LatencySketch().figures()).toBeNull();
  expect(sketchOf([0, 0.5]).figures()?.counts).toEqual([0, 2]);
  expect(sketchOf([0]).quantile(0.5)).toBe(0);
});

it('stays small however many it takes', () => {
  const sketch = sketchOf(Array.from({ length: 50_000 }, (_, place) => 1_000 + place * 37));
  expect(sketch.figures()?.counts.length).toBeLessThan(400);
});
