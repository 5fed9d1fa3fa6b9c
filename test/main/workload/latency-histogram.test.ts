import { expect, it } from 'vitest';
import { LatencyHistogram } from '../../../main/workload/latency-histogram.ts';

it('knows quantiles to within a few percent, however many there are', () => {
  const histogram = new LatencyHistogram();
  for (let ns = 1_000; ns <= 1_000_000; ns += 1_000) histogram.record(ns);
  expect(histogram.count).toBe(1_000);
  for (const percent of [1, 50, 99]) {
    expect(Math.abs(histogram.quantileNs(percent) / (percent * 10_000) - 1)).toBeLessThan(0.05);
  }
});

it('takes the shortest and the longest, and none', () => {
  const histogram = new LatencyHistogram();
  expect(histogram.quantileNs(50)).toBe(0);
  histogram.record(0);
  expect(histogram.quantileNs(99)).toBe(1);
  histogram.record(Number.MAX_SAFE_INTEGER);
  expect(histogram.quantileNs(100)).toBeGreaterThan(2 ** 39);
});

it('adds up and begins again', () => {
  const [left, right] = [new LatencyHistogram(), new LatencyHistogram()];
  left.record(100);
  for (let count = 0; count < 9; count += 1) right.record(1_000_000);
  left.add(right);
  expect(left.count).toBe(10);
  expect(left.quantileNs(10)).toBeLessThan(110);
  expect(left.quantileNs(50)).toBeGreaterThan(900_000);
  left.clear();
  expect([left.count, left.quantileNs(50)]).toEqual([0, 0]);
  expect(right.count).toBe(9);
});
