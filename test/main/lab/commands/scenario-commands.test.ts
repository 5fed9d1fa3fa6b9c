/** Scenarios in a real lab: threads, UDP and disk. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scenarioOf } from '../../../support/scenario-story.ts';
import { failureOf, RealLabs, textsOf, valueOf, type RealLab } from '../../../support/real-lab.ts';
import { until } from '../../../support/until.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

const run = (real: RealLab, text: string) => real.lab.execute({ type: 'run-scenario', text });
const stop = (real: RealLab) => real.lab.execute({ type: 'stop-scenario' });

/** The outcomes of the runs that have ended, once there are so many. */
async function ended(real: RealLab, count: number): Promise<readonly (readonly [string, string, string])[]> {
  await until(() => real.eventsOf('scenario-ended').length >= count, 'the end of a scenario');
  return real.eventsOf('scenario-ended').map(({ title, outcome, reason }) => [title, outcome, reason]);
}

describe('run-scenario', () => {
  it('runs every variant in the place of the cluster that runs, and leaves the last cluster', async () => {
    const real = await labs.start(5);
    const text = `
title: Appends
steps:
  - append: [one]
  - expect: logs equal
variants: { alone: { cluster: { nodes: 1 } }, three: {} }
`;
    expect(valueOf(await run(real, text))).toBeNull();
    expect(await ended(real, 2)).toEqual([
      ['Appends (alone)', 'met', ''],
      ['Appends (three)', 'met', ''],
    ]);
    expect(real.eventsOf('cluster-started').map(({ members }) => members.length)).toEqual([5, 1, 3]);
    expect(real.eventsOf('scenario-judged').map(({ expectation }) => expectation)).toEqual(
      [1, 2].flatMap(() => ['logs equal', 'never: violation']),
    );
    const node = await real.leader();
    const range = valueOf(await real.lab.execute({ type: 'index-range', node, startIndex: 1, endIndex: 9 }));
    expect(textsOf(range)).toEqual(['one']);
    await vi.waitUntil(async () => !(await stop(real)).ok, { timeout: 10_000 });
  });

  it('refuses what can not be read, and says where, and leaves the cluster alone', async () => {
    const real = await labs.start(1);
    const failure = failureOf(await run(real, 'title: x\nstpes: []\nsteps: 3\n'));
    expect(failure).toEqual({
      code: 'invalid',
      message: '2:1: unknown key "stpes"; did you mean "steps"?\n3:8: expected a list of steps, each behind a dash',
    });
    expect(real.lab.snapshot().view.status).toBe('running');
    expect(real.eventsOf('scenario-started')).toEqual([]);
  });

  it('gives way to another one, to a person who stops it or starts a cluster, and to the end of the lab', async () => {
    const real = labs.make();
    const waits = (title: string): string => `title: ${title}\ncluster: { nodes: 1 }\nsteps: [{ after: 5 min }]\n`;
    const started = (count: number) => until(() => real.eventsOf('cluster-started').length >= count, 'a cluster');
    expect(failureOf(await stop(real))).toEqual({ code: 'not-running', message: 'No scenario is running.' });
    valueOf(await run(real, waits('first')));
    await started(1);
    valueOf(await run(real, waits('second')));
    expect(await ended(real, 1)).toEqual([['first', 'not-judged', 'Another scenario takes its place.']]);
    await started(2);
    valueOf(await stop(real));
    expect((await ended(real, 2))[1]).toEqual(['second', 'not-judged', 'It was stopped.']);
    expect(real.lab.snapshot().view.status).toBe('running');
    valueOf(await run(real, waits('third')));
    await started(3);
    await until(() => real.eventsOf('scenario-started').length === 3, 'its steps');
    valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 1 }));
    expect((await ended(real, 3))[2]?.slice(0, 2)).toEqual(['third', 'not-judged']);
    valueOf(await run(real, waits('fourth')));
    await started(5);
    await real.lab.close();
    expect(real.eventsOf('scenario-ended').at(-1)).toMatchObject({ title: 'fourth', outcome: 'not-judged' });
  });
});

describe('save-scenario', () => {
  it('writes what was done since the cluster was started, which can be run again', async () => {
    const real = labs.make();
    const save = () => real.lab.execute({ type: 'save-scenario', title: 'By hand' });
    expect(failureOf(await save()).code).toBe('not-running');
    valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 5 }));
    valueOf(await real.lab.execute({ type: 'crash-node', node: 4 }));
    valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 3, rulesOff: ['pre-vote'] }));
    const node = await real.leader();
    valueOf(await real.lab.execute({ type: 'append', node, entries: ['kept', new Uint8Array([255])] }));
    failureOf(await real.lab.execute({ type: 'crash-node', node: 7 }));
    valueOf(await real.lab.execute({ type: 'crash-node', node: (node + 1) % 3 }));
    valueOf(await real.lab.execute({ type: 'heal-all' }));
    const { text } = valueOf(await save());
    const { title, variants } = scenarioOf(text);
    expect(title).toBe('By hand');
    expect(variants[0]?.cluster).toMatchObject({
      nodes: 3,
      rulesOff: ['pre-vote'],
      timings: { heartbeatIntervalMs: 50 },
    });
    const types = variants[0]?.steps.map(({ action }) => action.kind === 'command' && action.template.type);
    expect(types).toEqual(['append', 'crash-node', 'heal-all']);
    valueOf(await run(real, text));
    expect((await ended(real, 1))[0]?.slice(0, 2)).toEqual(['By hand', 'met']);
  });
});
