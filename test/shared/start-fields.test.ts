import { describe, expect, it } from 'vitest';
import { networkDelay, rulesOff, seed, timings } from '../../shared/start-fields.ts';

describe('what a cluster is started with', () => {
  it.each([
    [seed, 0xffff_ffff],
    [timings, { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 }],
    [rulesOff, ['pre-vote']],
    [networkDelay, { minMs: 0.5, maxMs: 0.5 }],
  ])('may be that, as in place %#', (schema, value) => {
    expect(schema.parse(value)).toEqual(value);
  });

  it.each([
    [seed, -1],
    [seed, 0.5],
    [timings, { electionTimeoutMinMs: 150 }],
    [rulesOff, ['no-such-rule']],
    [rulesOff, ['pre-vote', 'pre-vote']],
    [networkDelay, { minMs: 2, maxMs: 1 }],
    [networkDelay, { minMs: 0, maxMs: 1_001 }],
  ])('is not that, as in place %#', (schema, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});
