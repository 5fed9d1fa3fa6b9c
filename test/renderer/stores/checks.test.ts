// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { useChecksStore } from '../../../renderer/stores/checks.ts';
import { useClusterStore } from '../../../renderer/stores/cluster.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { promiseIds } from '../../../shared/promises.ts';
import { fail, succeed } from '../../../shared/result.ts';
import type { CheckReport } from '../../../shared/verdict.ts';
import { labThatAnswers } from '../../support/fake-lab.ts';
import { pageStream, startOf } from '../../support/page-events.ts';
import { storeOf } from '../../support/told-store.ts';

const report: CheckReport = {
  verdicts: promiseIds.map((promise) => ({ promise, verdict: 'held', violations: 0 })),
  operations: { appends: 3, reads: 2, unknown: 0 },
  promiseVoid: 0,
  judgedUpToNs: 5e9,
};
const stream = pageStream();
const violation = stream.next(labSourceId, {
  type: 'violation-found',
  promise: 'election-safety',
  rule: 'one-vote-per-term',
  sentence: 'Nodes 0 and 1 lead term 1.',
  conflict: [{ node: 0, boot: 1, sequence: 4 }],
});

const verdictOf = (id: string) => useChecksStore().standings.find((one) => one.id === id)?.verdict;

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

describe('the standing of promises', () => {
  it('is not known before anything was asked, and is what the answer says then', async () => {
    const lab = labThatAnswers(() => succeed(report));
    const checks = useChecksStore();
    expect(checks.count('not-asked')).toBe(promiseIds.length);
    await checks.judge();
    expect(lab.commands).toEqual([{ type: 'judge' }]);
    expect(checks.count('held')).toBe(promiseIds.length);
  });

  it('a violation counts at once, whatever was said before; lost evidence is never green', async () => {
    labThatAnswers(() => succeed(report));
    const checks = useChecksStore();
    await checks.judge();
    const lost = stream.next(labSourceId, { type: 'evidence-lost', promise: 'durability', reason: 'a gap' });
    useClusterStore().take([violation, lost], 0);
    expect([verdictOf('election-safety'), verdictOf('durability'), verdictOf('monotonic')]).toEqual([
      'broken',
      'evidence-lost',
      'held',
    ]);
  });

  it('is forgotten with the cluster that it was about', async () => {
    labThatAnswers(() => succeed(report));
    const checks = useChecksStore();
    await checks.judge();
    checks.take([startOf(pageStream(), 3)]);
    expect(checks.report).toBeNull();
  });

  it('says why nothing was judged', async () => {
    labThatAnswers(() => fail('not-running', 'No cluster is running.'));
    const checks = useChecksStore();
    await checks.judge();
    expect(checks.failure?.message).toBe('No cluster is running.');
  });
});

describe('an event by its name', () => {
  const told = pageStream();
  const events: LabEvent[] = [startOf(told, 3)];
  for (let at = 0; at < 900; at += 1) events.push(...told.applied(at % 7 === 0 ? 2 : at % 2, 1));

  const answer = storeOf(events);

  it('is found with few questions, wherever it stands', async () => {
    const lab = labThatAnswers(() => succeed(null), answer);
    const checks = useChecksStore();
    for (const position of [1, 2, 450, 899, 900]) {
      const { node, boot, sequence } = events[position] ?? violation;
      expect((await checks.find({ node, boot, sequence }))?.position).toBe(position);
    }
    expect(lab.queries.length).toBeLessThan(5 * 14);
  });

  it('is missing where it is not held', async () => {
    labThatAnswers(() => succeed(null), answer);
    expect(await useChecksStore().find({ node: 0, boot: 2, sequence: 1 })).toBeUndefined();
    expect(await useChecksStore().find({ node: 5, boot: 1, sequence: 1 })).toBeUndefined();
  });
});
