import { describe, expect, it } from 'vitest';
import { isNodeId, labSourceId, nodeIdMax } from '../../shared/ids.ts';

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
