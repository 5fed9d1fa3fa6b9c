import { expect, it } from 'vitest';
import { limits } from '../../shared/cluster-config.ts';
import { labLimits } from '../../shared/lab-limits.ts';

it('is part of all limits, whole numbers above zero', () => {
  expect(limits).toMatchObject(labLimits);
  for (const [name, limit] of Object.entries(labLimits)) {
    expect(Number.isInteger(limit), name).toBe(true);
    expect(limit, name).toBeGreaterThan(0);
  }
});
