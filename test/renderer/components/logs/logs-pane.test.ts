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
import { labSourceId } from '../../../../shared/ids.ts';
import { LogBeside } from '../../../support/log-beside.ts';
import { mountPane, testId, withHeight } from '../../../support/mount-pane.ts';
import { pageStream, snapshotAfter, startOf, type PageStream } from '../../../support/page-events.ts';

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

async function openOptions(): Promise<void> {
  await pane.get(testId('log-options')).trigger('click');
  await nextTick();
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

describe('the list', () => {
  it('says what to do while nothing is logged', () => {
    expect(pane.text()).toContain('Nothing logged yet');
  });

  it('shows time, source, level, target, sentence and rule of a line', async () => {
    const reason = "candidate's log ends at (2,7), mine at (3,5)";
    await take(stream.next(0, { type: 'vote-refused', candidateId: 2, term: 4, reason, rule: 'up-to-date-vote' }));
    expect(words(rows()[0])).toBe(
      `+0.001000 s node 0 warn raft vote refused to 2 in term 4: ${reason} [§5.4.1 up-to-date-vote]`,
    );
    expect(pane.get('.log-row .rule').text()).toBe('[§5.4.1 up-to-date-vote]');
    expect(pane.get('.log-row .source').classes()).toContain('node-0');
    expect(pane.get('[role=log]').attributes()).toMatchObject({ 'aria-live': 'off', tabindex: '0' });
  });

  it('shows what a stranger sent as text, never as markup', async () => {
    await take(stream.next(0, { type: 'node-stopping', reason: '<img src=x onerror=alert(1)>' }));
    expect(pane.find('.log-row img').exists()).toBe(false);
    expect(words(rows()[0])).toContain('<img src=x');
  });

  it('follows the tail with as many rows as fit, however many lines there are', async () => {
    await take(...Array.from({ length: 500 }, (_, term) => leader(0, term)));
    expect(words(rows().at(-1))).toContain('term 499');
    expect(rows().length).toBeLessThan(visibleRows * 2);
    expect(pane.findAll(testId('log-row')).length).toBeLessThan(visibleRows * 2);
  });

  it('marks the lines about the selected node', async () => {
    await take(leader(0, 1), leader(1, 1), stream.next(labSourceId, { type: 'node-launched', target: 1 }));
    useSelectionStore().selectNode(1);
    await nextTick();
    expect(rows().map((row) => row.classList.contains('about-selected'))).toEqual([false, true, true]);
  });
});

describe('the keyboard', () => {
  beforeEach(() => take(...Array.from({ length: 100 }, (_, term) => leader(term % 3, term))));

  it('moves by line, by page and to the ends', async () => {
    await press('End');
    expect(activeRow()).toContain('term 99');
    await press('ArrowUp', 'ArrowUp');
    expect(activeRow()).toContain('term 97');
    await press('ArrowDown');
    expect(activeRow()).toContain('term 98');
    await press('PageUp');
    expect(activeRow()).toContain(`term ${98 - (visibleRows - 1)}`);
    await press('Home');
    expect(activeRow()).toContain('term 0');
    await press('PageDown');
    expect(activeRow()).toContain(`term ${visibleRows - 1}`);
  });

  it('stays where a person reads, and follows again on demand', async () => {
    await press('Home');
    await take(leader(0, 100));
    expect(words(rows()[0])).toContain('term 0');
    await pane.get(testId('log-follow')).trigger('click');
    expect(words(rows().at(-1))).toContain('term 100');
    expect(pane.find(testId('log-follow')).exists()).toBe(false);
  });

  it('goes on following when the pane becomes taller and the browser moves the list by itself', async () => {
    const list = pane.get<HTMLElement>('[role="log"]');
    const taller = withHeight(visibleRows * 20 + 25);
    list.element.scrollTop -= 25;
    await list.trigger('scroll');
    taller();
    await take(leader(0, 100));
    await expect.poll(() => words(rows().at(-1))).toContain('term 100');
    expect(pane.find(testId('log-follow')).exists()).toBe(false);
  });

  it('selects the event of the line with Enter, and closes the line with Escape', async () => {
    await press('Home', 'ArrowDown', 'Enter');
    expect(useSelectionStore().selection).toEqual({ kind: 'event', position: 1 });
    expect(pane.get(testId('log-detail')).text()).toContain('the leader of term 1 is 1');
    await press('Escape');
    expect(pane.find(testId('log-detail')).exists()).toBe(false);
  });

  it('goes to the next and the previous error, and says when there is none', async () => {
    await take(stream.next(2, { type: 'disk-failed', file: 'a.log', reason: 'EIO' }), leader(0, 101));
    await take(stream.next(2, { type: 'assertion-failed', reason: 'the log shrank' }));
    await press('Home', 'e');
    expect(activeRow()).toContain('DISK FAILED');
    await pane.get(testId('log-next-error')).trigger('click');
    expect(activeRow()).toContain('ASSERTION FAILED');
    await pane.get(testId('log-next-error')).trigger('click');
    expect(pane.get('.visually-hidden[role=status]').text()).toContain('No further error');
    await pane.get(testId('log-previous-error')).trigger('click');
    expect(activeRow()).toContain('DISK FAILED');
  });
});

describe('copying', () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    vi.spyOn(navigator.clipboard, 'write').mockImplementation(async ([item]) => {
      const blob = await item?.getType('text/plain');
      written.push((await blob?.text()) ?? '');
    });
    return take(
      leader(0, 1),
      leader(1, 2),
      leader(2, 3),
      stream.next(0, { type: 'entries-applied', from: 0, to: 1, digest: 0 }),
    );
  });

  it('takes all lines shown when none is chosen', async () => {
    await pane.get('[role=log]').trigger('keydown', { key: 'c', ctrlKey: true });
    await expect.poll(() => written).toHaveLength(1);
    expect(written[0]?.split('\n')).toHaveLength(4);
    expect(written[0]).toContain('+0.001000 s  node 0   info   raft    the leader of term 1 is 1\n');
  });

  it('takes the chosen run', async () => {
    await press('Home');
    await pane.get('[role=log]').trigger('keydown', { key: 'ArrowDown', shiftKey: true });
    await pane.get('[role=log]').trigger('keydown', { key: 'c', ctrlKey: true });
    await expect.poll(() => written).toHaveLength(1);
    expect(written[0]?.match(/term \d/g)).toEqual(['term 1', 'term 2']);
  });
});

describe('the tools', () => {
  it('filters by level, by node and by text', async () => {
    await take(startOf(stream, 2), leader(0, 1), leader(1, 2), ...stream.applied(1, 1));
    await pane.get(testId('log-directives')).setValue('debug');
    await expect.poll(rows).toHaveLength(4);
    useLogsStore().nodeFilter = 1;
    await nextTick();
    await expect.poll(() => rows().map(words).join()).toMatch(/^[^,]*term 2.*applies/);
    await pane.get(testId('log-filter')).setValue('APPLIES');
    await expect.poll(rows).toHaveLength(1);
    await pane.get(testId('log-filter')).setValue('nowhere');
    await nextTick();
    expect(pane.text()).toContain('No line matches');
  });

  it('says what is wrong with a regular expression', async () => {
    await take(leader(0, 1));
    await pane.get(testId('log-filter')).setValue('/leader(/');
    const input = pane.get(testId('log-filter'));
    expect(input.attributes('aria-invalid')).toBe('true');
    expect(pane.get(`#${input.attributes('aria-describedby')}`).text()).toContain('Not a filter yet');
  });

  it('pauses without losing', async () => {
    await take(leader(0, 1));
    await pane.get(testId('log-pause')).trigger('click');
    await take(leader(0, 2), leader(0, 3));
    expect(rows()).toHaveLength(1);
    expect(pane.get(testId('log-new-count')).text()).toBe('2 new');
    await pane.get(testId('log-paused')).trigger('click');
    await expect.poll(rows).toHaveLength(3);
  });

  it('counts time from the line above or from the chosen line', async () => {
    await take(leader(0, 1), leader(0, 2), leader(0, 3));
    const times = (): string[] => rows().map((row) => words(row).slice(0, 11));
    await openOptions();
    await setOption('log-time', 'previous');
    expect(times()).toEqual(['+0.000000 s', '+0.001000 s', '+0.001000 s']);
    await press('End');
    await setOption('log-time', 'active');
    expect(times()).toEqual(['−0.002000 s', '−0.001000 s', '+0.000000 s']);
  });

  it('clears the list', async () => {
    await take(leader(0, 1));
    await openOptions();
    inDocument('log-clear').click();
    await nextTick();
    expect(pane.text()).toContain('Nothing logged yet');
  });
});

describe('a column per node', () => {
  it('shows each node its own lines, with its own level', async () => {
    await take(startOf(stream, 2), leader(0, 1), leader(1, 2), ...stream.applied(1, 2));
    await pane.get(testId('log-view-columns')).trigger('click');
    const inColumn = (node: number): number => rows(pane.get(testId(`log-column-${node}`))).length;
    expect([inColumn(0), inColumn(1), inColumn(labSourceId)]).toEqual([1, 1, 1]);
    await pane.get(testId('log-level-1')).setValue('debug');
    await expect.poll(() => [inColumn(0), inColumn(1)]).toEqual([1, 3]);
    await pane.get(testId('log-view-merged')).trigger('click');
    expect(pane.findAll('[role=log]')).toHaveLength(1);
  });

  it('shows a missing stretch in every column', async () => {
    await take(startOf(stream, 2), leader(0, 1));
    await pane.get(testId('log-view-columns')).trigger('click');
    const later = Array.from({ length: 8 }, () => leader(0, 2)).slice(-2);
    log.gap({ ...snapshotAfter(later), position: 10 }, 8);
    for (const column of pane.findAll('.log-list'))
      await expect.poll(() => column.text()).toContain('6 events are missing here');
  });
});
