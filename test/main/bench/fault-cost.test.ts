import { expect, it } from 'vitest';
import { measureFaultCost } from '../../../main/bench/fault-cost.ts';

it('measures the receive path with and without the fault layer, on datagrams that are really taken in', () => {
  const cost = measureFaultCost(400);
  expect(cost.datagrams).toBe(400);
  const { withoutLayerNs, idleLayerNs, ruleElsewhereNs, ruleHereNs, idleCostNs } = cost;
  // Less than this the check of the tag alone can't take.
  for (const ns of [withoutLayerNs, idleLayerNs, ruleElsewhereNs, ruleHereNs]) expect(ns).toBeGreaterThan(200);
  expect(idleCostNs).toBe(idleLayerNs - withoutLayerNs);
});
