/** Whole scenarios over the simulated lab: what they do, and what comes of them. */
import { describe, expect, it } from 'vitest';
import { runText } from '../../support/scenario-run.ts';

const met = { outcome: 'met', reason: '' };

describe('a scenario', () => {
  it('starts its cluster, takes its steps in order, and tells all of it', () => {
    const { result, eventsOf } = runText(`
steps:
  - when: leader elected
    append: [before]
    as: first
  - when: request first answered
    name: { old: leader }
  - crash-node: leader
  - expect: new leader other than old
  - start-node: old
  - { index-range: leader, as: read }
expect:
  - eventually: logs equal
  - eventually: entries of first committed
  - eventually: read shows [before]
  - never: two leaders`);
    expect(result).toMatchObject(met);
    expect(result.expectations.map(({ text, outcome }) => `${text}: ${outcome}`)).toEqual([
      'new leader other than old: met',
      'never: violation: met',
      'eventually: logs equal: met',
      'eventually: entries of first committed: met',
      'eventually: read shows [before]: met',
      'never: two leaders: met',
    ]);
    expect(eventsOf('scenario-started')).toMatchObject([{ title: 't', steps: 6 }]);
    expect(eventsOf('scenario-step').map(({ step, text }) => `${step} ${text}`)).toEqual([
      expect.stringMatching(/^1 append at node \d: “before”$/),
      expect.stringMatching(/^2 old is node \d$/),
      expect.stringMatching(/^3 crash-node \d$/),
      '4 expects new leader other than old',
      expect.stringMatching(/^5 start-node \d$/),
      expect.stringMatching(/^6 linearizable read of /),
    ]);
    expect(eventsOf('scenario-judged')).toHaveLength(6);
    expect(eventsOf('scenario-ended')).toMatchObject([{ title: 't', ...met }]);
  });

  it('repeats exactly', () => {
    const text = 'steps:\n  - when: leader elected\n    crash-node: leader\n  - expect: new leader';
    expect(JSON.stringify(runText(text).events)).toBe(JSON.stringify(runText(text).events));
  });

  it('stops its workload, and expects something of its figures', () => {
    const { result, eventsOf } = runText(`
steps:
  - when: leader elected
    start-workload: { clients: 2, requestsPerSecond: 50, mix: { append: 1 } }
  - after: 3 s
expect:
  - eventually: workload answered > 100
  - never: longest time without an answer > 1 s
  - held: [linearizability]`);
    expect(result).toMatchObject(met);
    expect(eventsOf('workload-stopped')).toHaveLength(1);
  });

  it('breaks promises without their rules, and may be expected to', () => {
    const steps = `
cluster: { nodes: 3, rulesOff: [persist-before-reply, pre-vote] }
steps:
  - when: leader elected
    append: [one]
    as: first
  - when: request first answered
    cut-power: all
  - start-node: all
  - when: leader elected
  - after: 2 s
`;
    const broken = runText(steps).result;
    const expected = runText(
      `${steps}expect:\n  - broken: [durability, acknowledged-kept, committed-entries, single-vote, durable-quorum, monotonic, leader-completeness]`,
    );
    // Both say the same of the same run.
    expect([broken.outcome, expected.result.outcome]).toEqual(['failed', 'met']);
  });
});

describe('a scenario fails', () => {
  it.each([
    [
      'a condition that does not come true',
      'steps:\n  - when: two leaders\n    within: 1 s\n    heal-all:',
      /^step 1 \(line 3\) waited 1 s for “two leaders”: /,
    ],
    [
      'an expectation of a step, with what stands instead',
      'steps:\n  - when: leader elected\n  - expect: commit index 99\n    within: 500 ms',
      /^step 2 \(line 4\) waited 500 ms for “commit index 99”: node \d leads in term 1; node 0: /,
    ],
    [
      'a server that nobody is',
      'steps:\n  - { crash-node: [0, 1] }\n  - { after: 3 s, stop-node: leader, within: 2 s }',
      /^step 2 \(line 4\) waited 2 s for “leader”: No majority: /,
    ],
    ['a command that is refused', 'steps:\n  - crash-node: 0\n  - stop-node: 0', /^line 4: stop-node 0: not-running: /],
    [
      'a command that should have been refused',
      'steps:\n  - stop-node: 0\n    refused: conflict',
      /^line 3: stop-node 0: expected to be refused as conflict: it was done$/,
    ],
    [
      'something that never was to happen',
      'steps:\n  - when: leader elected\nexpect:\n  - never: leader elected',
      /^never: leader elected: /,
    ],
    [
      'something that did not happen in the end',
      'steps:\n  - when: leader elected\nexpect:\n  - eventually: two leaders\n    within: 2 s',
      /^eventually: two leaders: node \d leads/,
    ],
    [
      'promises that were to break',
      'steps:\n  - when: leader elected\nexpect:\n  - broken: [durability]',
      /^broken: durability: every promise was kept$/,
    ],
  ])('by %s', (_case, text, reason) => {
    const { result, eventsOf } = runText(text);
    expect(result.outcome).toBe('failed');
    expect(result.reason).toMatch(reason);
    expect(eventsOf('scenario-ended')).toMatchObject([{ outcome: 'failed', reason: result.reason }]);
  });

  it('at its first failing step: the others are not taken, what it expects is not judged', () => {
    const { result, eventsOf } = runText(
      'steps:\n  - expect: two leaders\n    within: 1 s\n  - heal-all\nexpect:\n  - eventually: logs equal',
    );
    expect(eventsOf('scenario-step')).toHaveLength(1);
    expect(result.expectations.map(({ text, outcome }) => `${text}: ${outcome}`)).toEqual([
      'two leaders: failed',
      'never: violation: not-judged',
      'eventually: logs equal: not-judged',
    ]);
  });

  it('when it takes too long', () => {
    const { result, endMs } = runText(
      'steps:\n  - { start-workload: { clients: 1, requestsPerSecond: 1 } }\n  - { after: 10 min }\n  - { after: 10 min }',
    );
    expect(result).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/^it took longer than/) });
    expect(endMs).toBeGreaterThanOrEqual(600_000);
  });
});

describe('a scenario that is stopped', () => {
  it('is not judged, says why, and leaves its cluster', () => {
    const { result, eventsOf } = runText('steps:\n  - when: leader elected\n  - after: 5 s', (event, run) => {
      if (event.type === 'scenario-step') run.stop('enough');
    });
    expect(result).toMatchObject({ outcome: 'not-judged', reason: 'enough' });
    expect(eventsOf('scenario-step')).toHaveLength(1);
    expect(eventsOf('cluster-stopped')).toEqual([]);
  });
});

describe('a step that is expected to be refused', () => {
  it('is fine when it is', () => {
    expect(runText('steps:\n  - stop-node: 0\n  - stop-node: 0\n    refused: not-running').result).toMatchObject(met);
  });
});
