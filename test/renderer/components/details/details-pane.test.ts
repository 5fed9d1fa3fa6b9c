// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import DetailsPane from '../../../../renderer/components/details/details-pane.vue';
import { useClusterStore } from '../../../../renderer/stores/cluster.ts';
import { useMatrixStore } from '../../../../renderer/stores/matrix.ts';
import { useRequestsStore } from '../../../../renderer/stores/requests.ts';
import { useSelectionStore, type Selection } from '../../../../renderer/stores/selection.ts';
import { useWorkspaceStore } from '../../../../renderer/stores/workspace.ts';
import { answerFrom } from '../../../support/asked-story.ts';
import { EventStory } from '../../../support/event-story.ts';
import { labThatAnswers } from '../../../support/fake-lab.ts';
import { mountPane, testId } from '../../../support/mount-pane.ts';
import { snapshotAfter } from '../../../support/page-events.ts';
import { succeed } from '../../../../shared/result.ts';

/** Node 0 leads; entry 2 is on its disk only. */
function told(): EventStory {
  const story = new EventStory().cluster(3).elect(0, 1, 3);
  story.lab({
    type: 'request-sent',
    requestId: 'r1',
    target: 0,
    request: { kind: 'append', entryCount: 1, payloadBytes: 3, preview: 'foo' },
  });
  story.tell(0, { type: 'entries-appended', firstIndex: 1, lastIndex: 2, term: 1, reason: 'from one request' });
  story.tell(0, { type: 'entries-persisted', lastIndex: 2, term: 1, votedFor: 0, bytes: 9, flushNs: 1e6 });
  story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'killed' });
  story.lab({ type: 'link-cut', link: { from: 0, to: 2 }, faultRule: 'cut' });
  return story;
}

let pane: VueWrapper;
const story = told();
const appendedAt = story.events.findIndex(({ type }) => type === 'entries-appended');

beforeEach(() => {
  setActivePinia(createPinia());
  const life = { 2: [appendedAt, appendedAt + 1] };
  labThatAnswers(() => succeed(null), answerFrom({ events: story.events, life, bytes: { 2: 'foo' } }));
  const snapshot = snapshotAfter(story.events);
  useClusterStore().reset(snapshot, 0);
  useRequestsStore().reset(snapshot, 0);
  pane = mountPane(DetailsPane);
});
afterEach(() => pane.unmount());

async function select(selection: Selection): Promise<string> {
  useSelectionStore().select(selection);
  await flushPromises();
  return pane.text().replaceAll(/\s+/g, ' ');
}

it('says what can be chosen while nothing is', () => {
  expect(pane.text()).toContain('Nothing is selected');
  expect(pane.findAll('li')).toHaveLength(4);
});

describe('an entry', () => {
  it('says why it is not committed, where it stands, what happened to it, and its bytes', async () => {
    const words = await select({ kind: 'entry', index: 2 });
    expect(pane.find(testId('why')).attributes('data-kind')).toBe('cut-off');
    expect(words).toContain('Node 0 leads, but reaches only 1 of 3 voters');
    expect(words).toContain('Node 1 has crashed; node 2 can not hear node 0.');
    expect(pane.findAll(testId('entry-place')).map((row) => row.text())).toEqual([
      expect.stringContaining('not committed'),
      expect.stringContaining('nothing there'),
      expect.stringContaining('nothing there'),
    ]);
    expect(pane.findAll(testId('life-step')).map((step) => step.text())).toEqual([
      expect.stringContaining('proposed in term 1, from one request'),
      expect.stringContaining('on disk (flush 1.00 ms)'),
    ]);
    expect(pane.find(testId('entry-bytes')).text()).toContain('foo');
    await pane.find(testId('entry-bytes')).findAll('[role="radio"]')[1]?.trigger('click');
    expect(pane.find(testId('entry-bytes')).text()).toContain('66 6f 6f');
  });

  it('leads from a place to the matrix', async () => {
    await select({ kind: 'entry', index: 2 });
    useWorkspaceStore().hide('matrix');
    await pane.findAll(testId('entry-place'))[1]?.trigger('click');
    expect(useMatrixStore().cursor).toEqual({ node: 1, index: 2 });
    expect(useWorkspaceStore().isInFront('matrix')).toBe(true);
  });

  it('whose bytes are gone says so', async () => {
    await select({ kind: 'entry', index: 1 });
    expect(pane.find(testId('entry-bytes')).text()).toContain('not held any more');
    await select({ kind: 'entry', index: 9 });
    expect(pane.find(testId('entry-bytes')).text()).toContain('No node that runs holds it');
  });
});

describe('an event that an answer rests on', () => {
  it('is found, selected and shown, and one comes back from it', async () => {
    await select({ kind: 'entry', index: 2 });
    const evidence = pane.findAll(testId('evidence'));
    const cut = evidence.find((button) => button.text() === '0 → 2 was cut');
    await cut?.trigger('click');
    await flushPromises();
    expect(useSelectionStore().selection).toEqual({ kind: 'event', position: story.events.length - 1 });
    expect(pane.find(testId('event-line')).text()).toContain('0 → 2');
    await pane.find(testId('details-back')).trigger('click');
    expect(pane.find(testId('details-title')).text()).toBe('Entry 2');
    expect(pane.find(testId('details-back')).exists()).toBe(false);
  });

  it('shows its rule, its fields, and what it speaks of', async () => {
    const refused = new EventStory();
    refused.tell(2, {
      type: 'vote-refused',
      candidateId: 1,
      term: 4,
      reason: 'its log ends before mine',
      rule: 'up-to-date-vote',
    });
    labThatAnswers(() => succeed(null), answerFrom({ events: refused.events }));
    const words = await select({ kind: 'event', position: 0 });
    expect(words).toContain('§5.4.1 up-to-date-vote A voter refuses a candidate whose log is less up-to-date');
    expect(words).toContain('candidateId1');
    await pane.find(testId('details-link')).trigger('click');
    expect(useSelectionStore().selection).toEqual({ kind: 'node', node: 2 });
  });

  it('may be held no more', async () => {
    expect(await select({ kind: 'event', position: 99_999 })).toContain('not held any more');
  });
});

it('a node says why it has its role', async () => {
  const words = await select({ kind: 'node', node: 0 });
  expect(words).toContain('Node 0 leads term 1: a majority.');
  expect(words).toContain('127.0.0.1:30000');
  expect(await select({ kind: 'node', node: 7 })).toContain('The cluster has no node 7.');
});

it('a link shows both directions', async () => {
  expect(await select({ kind: 'link', pair: [0, 2] })).toMatch(/0 → 2 ?cut.*2 → 0 ?open/);
});

it('a request says its fate in plain words, and one that is forgotten says that', async () => {
  const words = await select({ kind: 'request', requestId: 'r1' });
  expect(words).toContain('No answer yet: nobody knows so far whether it takes effect.');
  expect(words).toContain('append “foo”');
  expect(await select({ kind: 'request', requestId: 'r99' })).toContain('not held any more');
});

it('asks again when the logs say that something has happened to the entry', async () => {
  vi.useFakeTimers();
  await select({ kind: 'entry', index: 2 });
  const life = { 2: [appendedAt, appendedAt + 1, story.events.length] };
  const commit = story.tell(0, { type: 'commit-advanced', from: 0, to: 2, term: 1, reason: 'by hand' });
  labThatAnswers(() => succeed(null), answerFrom({ events: story.events, life, bytes: { 2: 'foo' } }));
  useClusterStore().take([commit], 0);
  await flushPromises();
  await vi.advanceTimersByTimeAsync(1_000);
  await flushPromises();
  expect(pane.findAll(testId('life-step')).at(-1)?.text()).toContain('learned that it is committed');
  vi.useRealTimers();
});
