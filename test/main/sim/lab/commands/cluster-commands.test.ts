import { expect, it } from 'vitest';
import { travelTimesMs } from '../../../../support/travel-times.ts';
import { DrivenLab, startDrivenLab } from '../../../../support/sim-lab.ts';

it('starts a cluster with what it is told: voters, timings, rules, seed', () => {
  const driven = new DrivenLab();
  const timings = { electionTimeoutMinMs: 40, electionTimeoutMaxMs: 80, heartbeatIntervalMs: 10 };
  const started = driven.do({
    type: 'start-cluster',
    nodes: 4,
    voters: 3,
    timings,
    rulesOff: ['pre-vote'],
    snapshotEveryEntries: 5,
    seed: 77,
  });
  expect(started).toEqual({ basePort: 11_110 });
  expect(driven.events[0]).toMatchObject({ type: 'cluster-started', timings, folder: 'simulated cluster-4, seed 77' });
  const starts = driven.eventsOf('node-started');
  expect(starts).toHaveLength(4);
  for (const { rulesOff, configuration } of starts) {
    expect(rulesOff).toEqual(['pre-vote']);
    expect(configuration.configuration.voters.map(({ id }) => id)).toEqual([0, 1, 2]);
  }
  const leader = driven.leader();
  expect(driven.eventsOf('pre-vote-started')).toEqual([]);
  driven.do({ type: 'set-retention', retainEntries: 2 });
  for (let entry = 0; entry < 12; entry++) driven.append(leader, `${entry}`);
  driven.runFor(200);
  expect(driven.eventsOf('snapshot-saved').length).toBeGreaterThan(0);
});

it('takes a cluster of the same size up again with its logs, and begins a fresh one beside it', () => {
  const driven = startDrivenLab(3);
  driven.append(driven.leader(), 'a');
  driven.do({ type: 'start-cluster', nodes: 3, voters: 1 });
  expect(driven.texts(driven.leader())).toEqual(['a']);
  driven.do({ type: 'start-cluster', nodes: 3, fresh: true });
  expect(driven.texts(driven.leader())).toEqual([]);
  const reasons = driven.eventsOf('cluster-stopped').map(({ reason }) => reason);
  expect(reasons).toEqual(['Another cluster is started.', 'Another cluster is started.']);
  const ids = driven.eventsOf('cluster-started').map(({ clusterId }) => clusterId);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
});

it('refuses what makes no sense before it stops what runs', () => {
  const driven = startDrivenLab(3);
  const timings = { electionTimeoutMinMs: 50, electionTimeoutMaxMs: 40, heartbeatIntervalMs: 10 };
  expect(driven.ask({ type: 'start-cluster', nodes: 3, timings })).toMatchObject({ failure: { code: 'invalid' } });
  expect(driven.ask({ type: 'start-cluster', nodes: 3, voters: 4 })).toMatchObject({
    failure: { code: 'invalid', message: "Of 3 nodes, 4 can't be voters. Ask for more nodes." },
  });
  expect(driven.lab.view.status).toBe('running');
  driven.do({ type: 'stop-cluster' });
  expect(driven.ask({ type: 'stop-cluster' })).toMatchObject({ failure: { message: 'No cluster is running.' } });
});

it.each(['upper', 'bytes'] as const)(
  'lets each datagram take the time that is asked for, also healed (%s)',
  (level) => {
    const driven = new DrivenLab({ level });
    const networkDelay = { minMs: 30, maxMs: 40 };
    driven.do({ type: 'start-cluster', nodes: 3, seed: 7, networkDelay });
    expect(driven.lab.view).toMatchObject({ networkDelay, world: 'simulated', seed: 7, faults: [] });
    const leader = driven.leader();
    expect(driven.do({ type: 'heal-all' })).toEqual({ healed: 0 });
    driven.do({ type: 'crash-node', node: leader });
    driven.do({ type: 'start-node', node: leader });
    driven.runFor(1_000);
    const times = travelTimesMs(driven.events);
    expect(times.length).toBeGreaterThan(20);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...times)).toBeLessThanOrEqual(40);
  },
);
