import { expect, it } from 'vitest';
import { namedTimings, readCluster } from '../../../main/scenario/read-cluster.ts';
import { checkTimings, paperTimings } from '../../../shared/cluster-config.ts';

const problems = (given: Record<string, unknown>): readonly string[] =>
  readCluster(given).findings.map(({ path, message }) => `${path.join('.')}: ${message}`);

it('begins a fresh cluster of three where nothing is said', () => {
  expect(readCluster({})).toEqual({ cluster: { type: 'start-cluster', nodes: 3, fresh: true }, findings: [] });
});

it('takes timings by name, or each time with its unit', () => {
  expect(readCluster({ timings: 'paper' }).cluster.timings).toEqual(paperTimings);
  const timings = { electionTimeoutMinMs: '1 s', electionTimeoutMaxMs: '2 s', heartbeatIntervalMs: 100 };
  expect(readCluster({ timings }).cluster.timings).toEqual({
    electionTimeoutMinMs: 1_000,
    electionTimeoutMaxMs: 2_000,
    heartbeatIntervalMs: 100,
  });
  for (const named of Object.values(namedTimings)) expect(checkTimings(named)).toBeUndefined();
});

it('says what is wrong, and goes on with as many nodes as were given', () => {
  expect(problems({ nodes: 3, voters: 4 })).toEqual([
    `cluster.voters: 4 of 3 nodes can't vote; give at most as many voters as nodes`,
  ]);
  expect(problems({ timings: { electionTimeoutMinMs: 1 } })).toEqual([
    'cluster.timings: expected three times: electionTimeoutMinMs, electionTimeoutMaxMs, heartbeatIntervalMs',
  ]);
  expect(problems({ timings: { ...paperTimings, heartbeatMs: 1 } })[0]).toMatch(/^cluster.timings: unknown key/);
  expect(problems({ timings: 5 })).toEqual(['cluster.timings: expected the name of timings, or the times themselves']);
  expect(problems({ fresh: false })).toContain('cluster.fresh: unknown key "fresh"');
  expect(readCluster({ nodes: 5, sed: 1 })).toMatchObject({ cluster: { nodes: 5 }, findings: [{ part: 'key' }] });
});
