import { expect, it } from 'vitest';
import { DrivenLab, startDrivenLab } from '../../../../support/sim-lab.ts';

it('holds everything of a cluster in which nothing is wrong, over restarts and other clusters', () => {
  const driven = startDrivenLab(3);
  driven.append(driven.leader(), 'a');
  driven.texts(0);
  driven.do({ type: 'stop-cluster' });
  driven.do({ type: 'start-cluster', nodes: 3 });
  expect(driven.texts(driven.leader())).toEqual(['a']);
  expect(driven.do({ type: 'judge' }).operations).toEqual({ appends: 1, reads: 2, unknown: 0 });
  driven.do({ type: 'start-cluster', nodes: 5, fresh: true });
  driven.append(driven.leader(), 'b');
  const report = driven.do({ type: 'judge' });
  expect(report.operations).toEqual({ appends: 1, reads: 0, unknown: 0 });
  expect(report.verdicts.filter(({ verdict }) => verdict !== 'held')).toEqual([]);
  expect(report.judgedUpToNs).toBe(driven.lab.nowNs());
});

it('finds the broken promise when a rule is off, and tells it in the stream with the events in conflict', () => {
  const driven = startDrivenLab(3);
  driven.do({ type: 'start-cluster', nodes: 3, fresh: true, rulesOff: ['persist-before-reply'] });
  // Nobody has on disk what is acknowledged: then the power of all is cut.
  driven.leader();
  for (const node of [0, 1, 2]) driven.do({ type: 'set-disk', node, disk: { kind: 'stuck' } });
  driven.ask({ type: 'append', node: driven.leader(), entries: ['lost'] });
  for (const node of [0, 1, 2]) driven.ask({ type: 'cut-power', node });
  driven.do({ type: 'heal-all' });
  for (const node of [0, 1, 2]) driven.do({ type: 'start-node', node });
  driven.leader();
  driven.runFor(1_000);
  const [found] = driven.eventsOf('violation-found');
  expect(found).toMatchObject({ rule: 'persist-before-reply' });
  const names = new Set(driven.events.map(({ node, boot, sequence }) => `${node} ${boot} ${sequence}`));
  for (const { node, boot, sequence } of found?.conflict ?? []) expect(names).toContain(`${node} ${boot} ${sequence}`);
  const { verdicts } = driven.do({ type: 'judge' });
  expect(verdicts.find(({ promise }) => promise === found?.promise)?.verdict).toBe('broken');
});

it('says what the checks say of the cluster, also of one that was stopped', () => {
  const driven = startDrivenLab(3);
  driven.do({ type: 'stop-cluster' });
  expect(driven.do({ type: 'judge' }).verdicts.length).toBeGreaterThan(10);
  expect(new DrivenLab().ask({ type: 'judge' })).toMatchObject({ failure: { code: 'not-running' } });
});
