import { describe, expect, it } from 'vitest';
import { beginOnSim, runOnSim } from '../../support/scenario-on-sim.ts';
import { DrivenLab } from '../../support/sim-lab.ts';

const crash = `
title: Crash
cluster: { nodes: 3, seed: 7 }
steps:
  - when: leader elected
    append: [one]
    as: first
  - when: request first answered
    crash-node: leader
  - expect: new leader other than former leader
expect:
  - eventually: entries of first committed
`;

describe('runScenario', () => {
  it('starts its cluster, carries its steps out, judges, and tells all of it', () => {
    const { driven, result } = beginOnSim(crash);
    driven.until(() => result() !== undefined);
    expect(result()).toMatchObject({ title: 'Crash', outcome: 'met', reason: '' });
    expect(result()?.expectations.map(({ text, outcome }) => [text, outcome])).toEqual([
      ['new leader other than former leader', 'met'],
      ['never: violation', 'met'],
      ['eventually: entries of first committed', 'met'],
    ]);
    const told = driven.events.filter(({ type }) => type.startsWith('scenario-')).map(({ type }) => type);
    expect(told).toEqual([
      'scenario-started',
      ...Array(3).fill('scenario-step'),
      ...Array(3).fill('scenario-judged'),
      'scenario-ended',
    ]);
    expect(driven.eventsOf('scenario-step').map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(driven.eventsOf('scenario-ended')).toMatchObject([{ outcome: 'met' }]);
  });

  it('repeats to the byte from its seed', () => {
    const events = (): string => {
      const { driven, result } = beginOnSim(crash);
      driven.until(() => result() !== undefined);
      return JSON.stringify(driven.events.map(({ node, timeNs, type }) => [node, timeNs, type]));
    };
    expect(events()).toBe(events());
  });

  it('waits at the end for what is under way, and stops the workload', () => {
    const { outcome, driven } = runOnSim(
      '  - start-workload: { clients: 2, requestsPerSecond: 50 }\n  - when: workload answered > 20\n  - append: [last]\n    as: late',
      '  - eventually: request late answered\n    within: 0 ms',
    );
    expect(outcome).toBe('met');
    expect(driven.eventsOf('workload-stopped')).toHaveLength(1);
  });

  it('fails for what is never to be', () => {
    const { outcome, reason } = runOnSim('  - when: leader elected', '  - never: leader elected');
    expect(outcome).toBe('failed');
    expect(reason).toMatch(/^never: leader elected: \+\d\.\d+ s after the steps began: node \d leads/);
  });

  it('fails, and judges no more than it saw, when a step does', () => {
    const { outcome, expectations } = runOnSim(
      '  - expect: two leaders\n    within: 1 s',
      '  - eventually: leader elected',
    );
    expect(outcome).toBe('failed');
    expect(expectations.map((one) => one.outcome)).toEqual(['failed', 'not-judged', 'not-judged']);
  });

  it('fails for a cluster that does not start', () => {
    const { driven, result } = beginOnSim(
      'title: x\ncluster: { timings: { electionTimeoutMinMs: 50 ms, electionTimeoutMaxMs: 60 ms, heartbeatIntervalMs: 20 ms } }\nsteps: [heal-all]',
    );
    const answered = driven.lab.view;
    driven.until(() => result() !== undefined);
    expect([answered.nodes.length, result()?.outcome]).toEqual([3, 'met']);
  });

  it('finds a promise that a rule without effect breaks, and expects it', () => {
    const stale = `
title: Stale
cluster: { nodes: 3, rulesOff: [read-index-confirms, check-quorum] }
steps:
  - when: leader elected
    name: { old: leader }
  - append: [before]
  - partition: [[old], rest]
  - expect: new leader other than old
  - append: { entries: [after], node: follower 1 }
  - index-range: { node: old }
    as: stale
  - expect: stale lacks [after]
expect:
  - broken: linearizability
`;
    const { driven, result } = beginOnSim(stale);
    driven.until(() => result() !== undefined);
    expect(result()).toMatchObject({ outcome: 'met' });
  });

  it('ends when it is stopped, and when its cluster is taken away', () => {
    const stopped = beginOnSim(crash);
    stopped.driven.runFor(50);
    stopped.run.stop('by hand');
    stopped.run.stop('again');
    stopped.driven.until(() => stopped.result() !== undefined);
    expect(stopped.result()).toMatchObject({ outcome: 'not-judged', reason: 'by hand' });
    const robbed = beginOnSim(crash);
    robbed.driven.runFor(50);
    robbed.driven.do({ type: 'start-cluster', nodes: 1 });
    robbed.driven.until(() => robbed.result() !== undefined);
    expect(robbed.result()).toMatchObject({ outcome: 'not-judged', reason: 'the cluster was stopped' });
  });

  it('takes the place of the cluster that runs', () => {
    const driven = new DrivenLab();
    driven.do({ type: 'start-cluster', nodes: 5 });
    const { result } = beginOnSim(crash, driven);
    driven.until(() => result() !== undefined);
    expect(result()?.outcome).toBe('met');
    expect(driven.lab.view.nodes).toHaveLength(3);
  });

  it('ends what takes longer than a scenario may', () => {
    const { driven, result } = beginOnSim('title: x\nsteps:\n  - after: 6 min\n  - after: 6 min\n');
    driven.runFor(601_000);
    expect(result()).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/^it took longer than 600 s; node/),
    });
  });
});
