// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ChecksPane from '../../../../renderer/components/checks/checks-pane.vue';
import { useClusterStore } from '../../../../renderer/stores/cluster.ts';
import { usePlayheadStore } from '../../../../renderer/stores/playhead.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import { labSourceId } from '../../../../shared/ids.ts';
import { promiseIds } from '../../../../shared/promises.ts';
import { succeed } from '../../../../shared/result.ts';
import { labThatAnswers } from '../../../support/fake-lab.ts';
import { mountPane, testId } from '../../../support/mount-pane.ts';
import { pageStream, snapshotAfter, startOf } from '../../../support/page-events.ts';
import { storeOf } from '../../../support/told-store.ts';

enableAutoUnmount(afterEach);
const stream = pageStream();
const start = startOf(stream, 3);
const elected = stream.next(0, {
  type: 'role-changed',
  from: 'candidate',
  to: 'leader',
  term: 1,
  reason: 'a majority',
});
const violation = stream.next(labSourceId, {
  type: 'violation-found',
  promise: 'election-safety',
  rule: 'one-vote-per-term',
  sentence: 'Nodes 0 and 1 lead term 1.',
  conflict: [{ node: 0, boot: 1, sequence: elected.sequence }],
});
const events = [start, elected, violation];

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

describe('the pane of checks', () => {
  it('says what to do where there is no cluster', () => {
    labThatAnswers(() => succeed(null));
    expect(mountPane(ChecksPane).text()).toContain('No cluster is running');
  });

  it('names every promise, and judges when it is asked', async () => {
    labThatAnswers(() =>
      succeed({
        verdicts: promiseIds.map((promise) => ({ promise, verdict: 'held', violations: 0 })),
        operations: { appends: 3, reads: 2, unknown: 1 },
        promiseVoid: 0,
        judgedUpToNs: 5e9,
      }),
    );
    useClusterStore().reset(snapshotAfter([start]), 0);
    const pane = mountPane(ChecksPane);
    expect(pane.findAll('[data-verdict="not-asked"]')).toHaveLength(promiseIds.length);
    await pane.get(testId('judge')).trigger('click');
    await flushPromises();
    expect(pane.findAll('[data-verdict="held"]')).toHaveLength(promiseIds.length);
    expect(pane.get(testId('checks-report')).text()).toContain(
      '3 appends and 2 reads of clients were judged, 1 with an unknown outcome',
    );
    expect(pane.get(testId('checks-summary')).attributes('data-tone')).toBe('good');
  });

  it('shows a broken promise with its proof, and leads there', async () => {
    labThatAnswers(() => succeed(null), storeOf(events));
    useClusterStore().reset(snapshotAfter(events), 0);
    usePlayheadStore().reset(snapshotAfter(events));
    const pane = mountPane(ChecksPane);
    await flushPromises();
    const card = pane.get(testId('violation-card'));
    expect(card.attributes('data-promise')).toBe('election-safety');
    expect(card.text()).toContain('At most one leader in a term.');
    expect(card.text()).toContain('node 0: CANDIDATE → LEADER in term 1');
    expect(card.text()).toContain('§5.2 one-vote-per-term');
    await card.get(testId('violation-event')).trigger('click');
    await flushPromises();
    expect(useSelectionStore().selection).toEqual({ kind: 'event', position: 1 });
    expect(usePlayheadStore().isLive).toBe(false);
  });
});
