// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { nextTick } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { logTextOf } from '../../../shared/projection/log-line.ts';
import { useClusterStore } from '../../../renderer/stores/cluster.ts';
import { useLogsStore, type PaneKey } from '../../../renderer/stores/logs.ts';
import { holdPageClock } from '../../support/page-clock.ts';
import { pageStream, snapshotAfter, startOf } from '../../support/page-events.ts';

function shown(key: PaneKey = 'merged'): string[] {
  const lines = useLogsStore().panes.get(key)?.shown;
  return Array.from({ length: lines?.length ?? 0 }, (_, position) => {
    const item = lines?.itemAt(position);
    return !item ? '' : item.type === 'gap' ? `gap of ${item.missed}` : logTextOf(item);
  });
}

function take(...events: LabEvent[]): void {
  useClusterStore().take(events, 0);
  useLogsStore().take(events, 0);
}

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
  holdPageClock();
});
afterEach(() => vi.restoreAllMocks());

describe('levels', () => {
  it('shows info and the rarer levels at first, and all with trace', () => {
    const stream = pageStream();
    take(
      stream.next(0, { type: 'timer-set', timer: 'election', deadlineNs: 0, durationNs: 2e8 }),
      stream.next(0, { type: 'entries-applied', from: 0, to: 1, digest: 0 }),
      stream.next(0, { type: 'leader-known', leaderId: 1, term: 1 }),
      stream.next(0, { type: 'assertion-failed', reason: 'the log shrank' }),
    );
    expect(shown()).toEqual(['the leader of term 1 is 1', 'ASSERTION FAILED: the log shrank']);
    const logs = useLogsStore();
    logs.setLevel('merged', 'error');
    expect(shown()).toEqual(['ASSERTION FAILED: the log shrank']);
    logs.setLevel('merged', 'trace');
    expect(shown()).toHaveLength(4);
    expect([logs.totalCount, logs.errorCount]).toEqual([4, 1]);
  });

  it('has a level of its own for each column', () => {
    const stream = pageStream();
    const logs = useLogsStore();
    take(startOf(stream, 2), ...stream.applied(0, 2), ...stream.applied(1, 3));
    logs.layout = 'columns';
    expect(logs.paneKeys).toEqual([0, 1, labSourceId]);
    expect([shown(0), shown(1)]).toEqual([[], []]);
    logs.setLevel(1, 'debug');
    expect([shown(0).length, shown(1).length, shown(labSourceId).length]).toEqual([0, 3, 1]);
  });
});

describe('filters', () => {
  it('filters old and new lines by text', async () => {
    const stream = pageStream();
    const logs = useLogsStore();
    take(
      stream.next(0, { type: 'leader-known', leaderId: 1, term: 1 }),
      stream.next(0, { type: 'vote-granted', candidateId: 1, term: 2, reason: '' }),
    );
    logs.typed = 'LEADER';
    await nextTick();
    take(stream.next(2, { type: 'leader-known', leaderId: 1, term: 3 }));
    expect(shown()).toEqual(['the leader of term 1 is 1', 'the leader of term 3 is 1']);
    logs.typed = '/^node 2 .*leader/';
    await nextTick();
    expect(shown()).toEqual(['the leader of term 3 is 1']);
  });

  it('keeps the last good filter while an expression is broken, and says why', async () => {
    const stream = pageStream();
    const logs = useLogsStore();
    take(
      stream.next(0, { type: 'leader-known', leaderId: 1, term: 1 }),
      stream.next(1, { type: 'node-stopping', reason: '' }),
    );
    logs.typed = 'leader';
    await nextTick();
    logs.typed = '/leader(/';
    await nextTick();
    expect(logs.textProblem).toContain('leader(');
    expect(shown()).toEqual(['the leader of term 1 is 1']);
    logs.typed = '';
    await nextTick();
    expect([logs.textProblem, shown().length]).toEqual(['', 2]);
  });

  it('shows of one node also what the lab did to it', () => {
    const stream = pageStream();
    take(
      stream.next(0, { type: 'leader-known', leaderId: 1, term: 1 }),
      stream.next(1, { type: 'leader-known', leaderId: 1, term: 1 }),
      stream.next(labSourceId, { type: 'node-ended', target: 1, cause: 'crashed', reason: 'killed' }),
    );
    useLogsStore().nodeFilter = 1;
    expect(shown()).toEqual(['the leader of term 1 is 1', 'node 1 CRASHED: killed']);
  });

  it('filters a full ring in slices, the newest lines first', async () => {
    vi.restoreAllMocks();
    const stream = pageStream();
    const logs = useLogsStore();
    logs.take(stream.applied(0, limits.pageLogLinesMax), 0);
    logs.setLevel('merged', 'debug');
    logs.typed = 'applies 9';
    await expect.poll(() => shown().length).toBeGreaterThan(0);
    const pane = logs.panes.get('merged');
    await expect.poll(() => pane?.isSettled).toBe(true);
    // 9, 90–99, 900–999, 9000–9999, 90000–99999
    expect(pane?.shown.length).toBe(11_111);
  });
});

describe('bounds', () => {
  it('keeps the latest lines only, and counts the errors among them', () => {
    const stream = pageStream();
    const logs = useLogsStore();
    logs.setLevel('merged', 'debug');
    take(stream.next(0, { type: 'assertion-failed', reason: 'old' }));
    expect(logs.errorCount).toBe(1);
    take(...stream.applied(0, 10));
    logs.take(stream.applied(0, limits.pageLogLinesMax), 0);
    expect([logs.totalCount, logs.errorCount]).toEqual([limits.pageLogLinesMax, 0]);
  });
});

describe('pause', () => {
  it('holds what is shown, counts what comes, and loses nothing', () => {
    const stream = pageStream();
    const logs = useLogsStore();
    take(stream.next(0, { type: 'leader-known', leaderId: 1, term: 1 }));
    logs.pause();
    take(stream.next(0, { type: 'leader-known', leaderId: 2, term: 2 }), ...stream.applied(0, 3));
    expect([shown(), logs.newCount, logs.totalCount]).toEqual([['the leader of term 1 is 1'], 1, 1]);
    logs.setLevel('merged', 'debug');
    expect([shown().length, logs.newCount]).toEqual([1, 4]);
    logs.resume();
    expect([shown().length, logs.newCount, logs.isPaused]).toEqual([5, 0, false]);
  });

  it('keeps showing lines that have fallen out of the ring meanwhile', () => {
    const stream = pageStream();
    const logs = useLogsStore();
    take(stream.next(0, { type: 'leader-known', leaderId: 1, term: 1 }));
    logs.pause();
    logs.take(stream.applied(0, limits.pageLogLinesMax), 0);
    expect(shown()).toEqual(['the leader of term 1 is 1']);
    logs.resume();
    expect(shown()).toEqual([]);
  });
});

describe('reset', () => {
  it('goes on without a hole or a repetition where the snapshot reaches back far enough', () => {
    const stream = pageStream();
    const events = stream.applied(0, 10);
    const logs = useLogsStore();
    logs.setLevel('merged', 'debug');
    logs.take(events.slice(0, 6), 0);
    logs.reset(snapshotAfter(events), 4);
    expect(shown()).toHaveLength(10);
  });

  it('shows how many events are missing where it does not', () => {
    const stream = pageStream();
    const events = stream.applied(0, 10);
    const logs = useLogsStore();
    logs.setLevel('merged', 'debug');
    logs.take(events.slice(0, 2), 0);
    logs.reset(snapshotAfter(events, 3), 8);
    expect(shown()).toEqual([
      'applies 0 → 1',
      'applies 1 → 2',
      'gap of 5',
      'applies 7 → 8',
      'applies 8 → 9',
      'applies 9 → 10',
    ]);
  });

  it('shows of what the page missed the rarer lines that the lab still holds', () => {
    const stream = pageStream();
    const known = (leaderId: number): LabEvent => stream.next(0, { type: 'leader-known', leaderId, term: 1 });
    const events = [known(0), ...stream.applied(0, 1), known(1), ...stream.applied(0, 3)];
    const logs = useLogsStore();
    logs.setLevel('merged', 'debug');
    logs.take(events.slice(0, 2), 0);
    const earlierEvents = [events[0], events[2]].filter((event) => event !== undefined);
    logs.reset({ ...snapshotAfter(events, 1), earlierEvents, forgottenEvents: 3 }, 4);
    expect(shown()).toEqual([
      'the leader of term 1 is 0',
      'applies 0 → 1',
      'gap of 2',
      'the leader of term 1 is 1',
      'applies 2 → 3',
    ]);
  });

  it('begins in the middle with the rarer lines, and says at level debug what is not held', () => {
    const stream = pageStream();
    const leaderKnown = stream.next(0, { type: 'leader-known', leaderId: 1, term: 1 });
    const events = [leaderKnown, ...stream.applied(0, 10)];
    const logs = useLogsStore();
    logs.reset({ ...snapshotAfter(events, 1), earlierEvents: [leaderKnown], forgottenEvents: 9 }, 0);
    expect(shown()).toEqual(['the leader of term 1 is 1']);
    logs.setLevel('merged', 'debug');
    expect(shown()).toEqual(['the leader of term 1 is 1', 'gap of 9', 'applies 9 → 10']);
  });

  it('begins anew with the stream of another lab', () => {
    const logs = useLogsStore();
    logs.setLevel('merged', 'debug');
    logs.take(pageStream().applied(0, 10), 0);
    logs.reset(snapshotAfter(pageStream(500).applied(0, 2)), 0);
    expect(shown()).toHaveLength(2);
  });
});

describe('clear', () => {
  it('empties the list; the same lines do not come back with a snapshot', () => {
    const events = pageStream().applied(0, 3);
    const logs = useLogsStore();
    logs.setLevel('merged', 'debug');
    logs.take(events, 0);
    logs.clear();
    expect([shown(), logs.totalCount]).toEqual([[], 0]);
    logs.reset(snapshotAfter(events), 0);
    expect(shown()).toEqual([]);
  });
});
