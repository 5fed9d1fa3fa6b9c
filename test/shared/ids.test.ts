import { describe, expect, it } from 'vitest';
import { clientIdOf, isClientId, isNodeId, labSourceId, nodeIdMax, outsiderId } from '../../shared/ids.ts';

describe('isNodeId', () => {
  it('takes small whole numbers from 0 up', () => {
    expect([0, 1, 8, nodeIdMax].every(isNodeId)).toBe(true);
  });

  it('refuses everything else, the id of the lab itself among it', () => {
    for (const value of [labSourceId, -2, 0.5, Number.NaN, nodeIdMax + 1, '1', null, undefined]) {
      expect(isNodeId(value), String(value)).toBe(false);
    }
  });
});

it("clients are called by their boot, and never like a server or the wire's outsider", () => {
  const ids = [1, 2 ** 32 - 1].map(clientIdOf);
  expect(ids).toEqual([outsiderId + 2, outsiderId + 2 ** 32]);
  expect(ids.every(isClientId)).toBe(true);
  expect([...ids, outsiderId].some(isNodeId)).toBe(false);
  expect([0, nodeIdMax, outsiderId, labSourceId].some(isClientId)).toBe(false);
});
