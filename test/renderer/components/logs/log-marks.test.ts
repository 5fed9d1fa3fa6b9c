// @vitest-environment happy-dom
import { enableAutoUnmount, type DOMWrapper, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { nextTick } from 'vue';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import LogsPane from '../../../../renderer/components/logs/logs-pane.vue';
import { useClusterStore } from '../../../../renderer/stores/cluster.ts';
import { useLogsStore } from '../../../../renderer/stores/logs.ts';
import { useSelectionStore } from '../../../../renderer/stores/selection.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import { LogBeside } from '../../../support/log-beside.ts';
import { mountPane, testId, withHeight } from '../../../support/mount-pane.ts';
import { pageStream, startOf, type PageStream } from '../../../support/page-events.ts';

const visibleRows = 10;
let restoreHeight = (): void => {};
let stream: PageStream;
let log: LogBeside;
let pane: VueWrapper;

enableAutoUnmount(afterEach);
beforeAll(() => (restoreHeight = withHeight(visibleRows * 20)));
afterAll(() => restoreHeight());
beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
  stream = pageStream();
  log = new LogBeside();
  useLogsStore().attach(log);
  pane = mountPane(LogsPane);
});
afterEach(() => vi.restoreAllMocks());

async function take(...events: LabEvent[]): Promise<void> {
  useClusterStore().take(events, 0);
  log.take(events);
  await nextTick();
}

function leader(node: number, term: number): LabEvent {
  return stream.next(node, { type: 'leader-known', leaderId: 1, term });
}

/** The rows on screen from top to bottom: what is in the pool is not in this order. */
function rows(within: Pick<DOMWrapper<Element>, 'findAll'> = pane): HTMLElement[] {
  const topOf = (row: HTMLElement): number =>
    Number.parseFloat(/translateY\((-?[\d.]+)px\)/.exec(row.style.transform)?.[1] ?? '-1');
  return within
    .findAll<HTMLElement>(testId('log-row'))
    .map(({ element }) => element)
    .filter((row) => topOf(row) >= 0)
    .toSorted((left, right) => topOf(left) - topOf(right));
}

function words(row: HTMLElement | undefined): string {
  return (row?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

function activeRow(): string {
  return words(pane.find<HTMLElement>('.log-row.active').element);
}

/** Popovers stand at the end of the document. */
function inDocument(id: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(testId(id));
  if (!element) throw new Error(`There is no ${id}.`);
  return element;
}

async function setOption(id: string, value: string): Promise<void> {
  const select = inDocument(id);
  if (!(select instanceof HTMLSelectElement)) throw new Error(`${id} is no choice.`);
  select.value = value;
  select.dispatchEvent(new Event('change'));
  await nextTick();
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await pane.get('[role=log]').trigger('keydown', { key, shiftKey: key.startsWith('Shift+') });
}

describe('bookmarks', () => {
  beforeEach(() => take(leader(0, 1), leader(1, 2), leader(2, 3)));

  it('mark the line of the keyboard, are reached from one to the next, and outlast a filter', async () => {
    await press('Home', 'm', 'End', 'm');
    expect(rows().map((row) => row.classList.contains('bookmarked'))).toEqual([true, false, true]);
    expect(pane.get('.visually-hidden[role=status]').text()).toContain('Line marked');
    await press('U');
    expect(activeRow()).toContain('term 1');
    await press('u');
    expect(activeRow()).toContain('term 3');
    await pane.get(testId('log-filter')).setValue('nowhere');
    expect(rows().map(words).join()).toMatch(/term 1.*term 3/);
    await press('m');
    expect(rows()).toHaveLength(1);
  });

  it('are listed; choosing one goes there', async () => {
    await press('Home', 'm', 'End');
    await pane.get(testId('log-bookmarks')).trigger('click');
    await nextTick();
    inDocument('log-bookmark-0').click();
    await nextTick();
    expect(activeRow()).toContain('term 1');
  });
});

describe('matches', () => {
  it('are marked among the other lines, counted, and reached from one to the next', async () => {
    await take(leader(0, 1), leader(1, 2), leader(2, 1));
    useLogsStore().textMode = 'mark';
    await pane.get(testId('log-filter')).setValue('term 1');
    expect(rows().map((row) => row.classList.contains('match'))).toEqual([true, false, true]);
    expect(pane.get(testId('log-match-count')).text()).toBe('2 matches');
    await pane.get(testId('log-next-match')).trigger('click');
    expect(activeRow()).toContain('node 0');
    await pane.get(testId('log-next-match')).trigger('click');
    expect(activeRow()).toContain('node 2');
    await press('n');
    expect(pane.get('.visually-hidden[role=status]').text()).toContain('No further match');
  });
});

describe('what a line is about', () => {
  it('can be selected from the chosen line, and is marked in all others', async () => {
    await take(
      stream.next(0, { type: 'entries-appended', firstIndex: 5, lastIndex: 7, term: 1, reason: '' }),
      stream.next(1, { type: 'commit-advanced', from: 6, to: 9, term: 1, reason: '' }),
      stream.next(1, { type: 'commit-advanced', from: 2, to: 3, term: 1, reason: '' }),
    );
    await pane.get(testId('log-directives')).setValue('debug');
    await press('Home');
    await pane.get(testId('log-select-entry')).trigger('click');
    expect(useSelectionStore().selection).toEqual({ kind: 'entry', index: 7 });
    await nextTick();
    expect(rows().map((row) => row.classList.contains('about-selected'))).toEqual([true, true, false]);
  });
});

describe('levels', () => {
  const input = () => pane.get<HTMLInputElement>(testId('log-directives'));

  it('are completed as they are typed, by keyboard', async () => {
    await input().trigger('click');
    expect(pane.findAll('[role=option]').length).toBeGreaterThan(10);
    await input().setValue('n');
    await input().trigger('keydown', { key: 'ArrowDown' });
    expect(pane.get('[role=option][aria-selected=true]').text()).toContain('net=');
    await input().trigger('keydown', { key: 'Enter' });
    expect(useLogsStore().directives).toBe('net=');
    await input().trigger('keydown', { key: 'ArrowUp' });
    await input().trigger('keydown', { key: 'Enter' });
    expect(useLogsStore().directives).toBe('net=off');
  });

  it('that are none are said to be so', async () => {
    await input().setValue('rafd=trace');
    await nextTick();
    expect(input().attributes('aria-invalid')).toBe('true');
    expect(pane.get(`#${input().attributes('aria-describedby')}`).text()).toContain('There is no log target "rafd"');
  });

  it('of one target of one node are set in a table', async () => {
    await take(startOf(stream, 2), ...stream.applied(0, 1), ...stream.applied(1, 1));
    await pane.get(testId('log-matrix')).trigger('click');
    await nextTick();
    await setOption('log-matrix-1-node', 'debug');
    await expect.poll(rows).toHaveLength(2);
    await setOption('log-matrix-all-node', 'debug');
    await expect.poll(() => [rows().length, useLogsStore().directives]).toEqual([3, 'info,node=debug']);
  });
});

it('says that the logs have stopped when the worker is lost', async () => {
  await take(leader(0, 1));
  log.fail('out of memory');
  await nextTick();
  expect(pane.text()).toContain('The logs have stopped');
});
