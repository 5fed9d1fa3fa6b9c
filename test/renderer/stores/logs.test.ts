// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import type { ListKey } from '../../../renderer/log-worker/log-messages.ts';
import type { LogRowData } from '../../../renderer/log-worker/log-row-data.ts';
import { useClusterStore } from '../../../renderer/stores/cluster.ts';
import { useLogsStore } from '../../../renderer/stores/logs.ts';
import { LogBeside } from '../../support/log-beside.ts';
import { pageStream, startOf, type PageStream } from '../../support/page-events.ts';

let log: LogBeside;
let stream: PageStream;

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
  log = new LogBeside();
  stream = pageStream();
  useLogsStore().attach(log);
});

/** The rows of a list, fetched as a viewport does. */
function rows(key: ListKey = 'merged'): LogRowData[] {
  const lines = useLogsStore().lists.get(key);
  if (!lines) return [];
  lines.want(lines.first, lines.end);
  return Array.from({ length: lines.length }, (_, at) => lines.rowAt(lines.first + at)).filter(
    (row) => row !== undefined,
  );
}

function shown(key: ListKey = 'merged'): string[] {
  return rows(key).map(({ gap, text }) => (gap ? `gap of ${gap.missed}` : text));
}

function take(...events: LabEvent[]): void {
  useClusterStore().take(events, 0);
  log.take(events);
}

const leader = (term: number, node = 0): LabEvent => stream.next(node, { type: 'leader-known', leaderId: 1, term });

describe('levels', () => {
  it('shows info and the rarer levels at first, and what directives ask for', () => {
    const logs = useLogsStore();
    take(
      stream.next(0, { type: 'timer-set', timer: 'election', deadlineNs: 0, durationNs: 2e8 }),
      ...stream.applied(0, 1),
      leader(1),
      stream.next(0, { type: 'assertion-failed', reason: 'the log shrank' }),
    );
    expect(shown()).toEqual(['the leader of term 1 is 1', 'ASSERTION FAILED: the log shrank']);
    logs.directives = 'error';
    expect(shown()).toEqual(['ASSERTION FAILED: the log shrank']);
    logs.directives = 'error,raft=info';
    expect(shown()).toHaveLength(2);
    logs.directives = 'trace';
    expect(shown()).toHaveLength(4);
    expect([logs.totalCount, logs.errorCount]).toEqual([4, 1]);
  });

  it('keeps the last good directives while broken ones are typed, and says why', () => {
    const logs = useLogsStore();
    take(...stream.applied(0, 1), leader(1));
    logs.directives = 'debug';
    logs.directives = 'debug,rafd=trace';
    expect(logs.directivesProblem).toContain('rafd');
    expect(shown()).toHaveLength(2);
  });

  it('has other levels for one node, of one target or of all', () => {
    const logs = useLogsStore();
    take(startOf(stream, 2), ...stream.applied(0, 2), ...stream.applied(1, 3));
    logs.layout = 'columns';
    expect(logs.listKeys).toEqual([0, 1, labSourceId]);
    expect([shown(0), shown(1)]).toEqual([[], []]);
    logs.setLevel(1, 'node', 'debug');
    expect([shown(0).length, shown(1).length, shown(labSourceId).length]).toEqual([0, 3, 1]);
    logs.setLevel(0, null, 'debug');
    expect([shown(0).length, logs.differs(0, 'node')]).toEqual([2, true]);
    logs.setLevel(null, 'node', 'off');
    expect([shown(0).length, logs.differs(0, 'node'), logs.differs(0)]).toEqual([0, false, true]);
    expect(logs.directives).toBe('info,node=off');
  });
});

describe('filters', () => {
  it('filters old and new lines by text', () => {
    const logs = useLogsStore();
    take(leader(1), stream.next(0, { type: 'vote-granted', candidateId: 1, term: 2, reason: '' }));
    logs.typed = 'LEADER';
    take(leader(3, 2));
    expect(shown()).toEqual(['the leader of term 1 is 1', 'the leader of term 3 is 1']);
    logs.typed = '/^node 2 .*leader/';
    expect(shown()).toEqual(['the leader of term 3 is 1']);
  });

  it('keeps the last good filter while an expression is broken, and says why', () => {
    const logs = useLogsStore();
    take(leader(1), stream.next(1, { type: 'node-stopping', reason: '' }));
    logs.typed = 'leader';
    logs.typed = '/leader(/';
    expect(logs.textProblem).toContain('leader(');
    expect(shown()).toEqual(['the leader of term 1 is 1']);
    logs.typed = '';
    expect([logs.textProblem, shown().length]).toEqual(['', 2]);
  });

  it('shows of one node also what the lab did to it', () => {
    take(
      leader(1, 0),
      leader(1, 1),
      stream.next(labSourceId, { type: 'node-ended', target: 1, cause: 'crashed', reason: 'killed' }),
    );
    useLogsStore().nodeFilter = 1;
    expect(shown()).toEqual(['the leader of term 1 is 1', 'node 1 CRASHED: killed']);
  });

  it('shows lines that do not match as well, and counts those that do', () => {
    const logs = useLogsStore();
    take(leader(1), leader(2), leader(22));
    logs.typed = 'term 2';
    logs.textMode = 'mark';
    expect([shown().length, logs.matchCount]).toEqual([3, 2]);
  });
});

it('holds what is shown while paused, counts what comes, and loses nothing', () => {
  const logs = useLogsStore();
  take(leader(1));
  logs.pause(true);
  take(leader(2), ...stream.applied(0, 3));
  expect([shown(), logs.newCount, logs.totalCount]).toEqual([['the leader of term 1 is 1'], 1, 1]);
  logs.pause(false);
  expect([shown().length, logs.newCount, logs.isPaused]).toEqual([2, 0, false]);
});

it('keeps marked lines through filters, and forgets them with what was held', () => {
  const logs = useLogsStore();
  take(leader(1), leader(2));
  const [first] = rows();
  if (!first) throw new Error('No line is shown.');
  expect(logs.toggleBookmark(first)).toBe(true);
  logs.typed = 'nothing says this';
  expect(shown()).toEqual(['the leader of term 1 is 1']);
  expect(logs.toggleBookmark(first)).toBe(false);
  expect(shown()).toEqual([]);
  logs.toggleBookmark(first);
  logs.clear();
  expect([logs.bookmarks.size, logs.totalCount]).toEqual([0, 0]);
});

it('says when the log is lost, and keeps nobody waiting for it', () => {
  const logs = useLogsStore();
  let isLost = false;
  logs.frames.onLost(() => (isLost = true));
  log.fail('out of memory');
  expect([logs.failure, isLost]).toEqual(['out of memory', true]);
});
