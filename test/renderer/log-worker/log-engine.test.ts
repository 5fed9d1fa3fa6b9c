import { beforeEach, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { parseLogDirectives } from '../../../shared/log-directives.ts';
import type { FromLog, ListState, ToLog } from '../../../renderer/log-worker/log-messages.ts';
import type { LogRowData } from '../../../renderer/log-worker/log-row-data.ts';
import { LogBeside } from '../../support/log-beside.ts';
import { pageStream, snapshotAfter, type PageStream } from '../../support/page-events.ts';

let log: LogBeside;
let stream: PageStream;
beforeEach(() => {
  log = new LogBeside();
  stream = pageStream();
});

function show(directives: string, more: Partial<Extract<ToLog, { type: 'show' }>> = {}): void {
  const all = parseLogDirectives(directives);
  if (!all.ok) throw new Error(all.failure.message);
  const lists = [{ key: 'merged' as const, node: null, levels: { all: all.value, of: {} } }];
  log.post({ type: 'show', lists, expression: null, hide: true, near: [], ...more });
}

function last<Type extends FromLog['type']>(type: Type): Extract<FromLog, { type: Type }> {
  const found = log.told.findLast((message): message is Extract<FromLog, { type: Type }> => message.type === type);
  if (!found) throw new Error(`Nothing of type ${type} was told.`);
  return found;
}

function list(): ListState {
  const [state] = last('state').lists;
  if (!state) throw new Error('There is no list.');
  return state;
}

function shown(): string[] {
  const { version, first, end } = list();
  log.post({ type: 'rows', key: 'merged', version, from: first, end });
  return last('rows').rows.map(wordsOf);
}

function wordsOf({ gap, text }: LogRowData): string {
  return gap ? `gap of ${gap.missed}` : text;
}

const leader = (term: number): LabEvent => stream.next(0, { type: 'leader-known', leaderId: 1, term });

describe('the stream', () => {
  it('is taken in frame by frame, and each is told of', () => {
    show('debug');
    log.take(stream.applied(0, 2));
    log.take([leader(1)]);
    expect(shown()).toEqual(['applies 0 → 1', 'applies 1 → 2', 'the leader of term 1 is 1']);
    expect(log.told.filter((message) => message.type === 'taken')).toHaveLength(2);
    expect(last('state')).toMatchObject({ total: 3, errors: 0 });
  });

  it('goes on without a hole or a repetition where the snapshot reaches back far enough', () => {
    const events = stream.applied(0, 10);
    show('debug');
    log.take(events.slice(0, 6));
    log.gap(snapshotAfter(events), 4);
    expect(shown()).toHaveLength(10);
    log.welcome(snapshotAfter(events));
    expect(shown()).toHaveLength(10);
  });

  it('shows how many events are missing where it does not', () => {
    const events = stream.applied(0, 10);
    show('debug');
    log.take(events.slice(0, 2));
    log.gap(snapshotAfter(events, 3), 8);
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
    const events = [leader(0), ...stream.applied(0, 1), leader(1), ...stream.applied(0, 3)];
    show('debug');
    log.take(events.slice(0, 2));
    const earlierEvents = [events[0], events[2]].filter((event) => event !== undefined);
    log.gap({ ...snapshotAfter(events, 1), earlierEvents, forgottenEvents: 3 }, 4);
    expect(shown()).toEqual([
      'the leader of term 0 is 1',
      'applies 0 → 1',
      'gap of 2',
      'the leader of term 1 is 1',
      'applies 2 → 3',
    ]);
  });

  it('begins in the middle with the rarer lines, and says at level debug what is not held', () => {
    const known = leader(1);
    const events = [known, ...stream.applied(0, 10)];
    show('info');
    log.welcome({ ...snapshotAfter(events, 1), earlierEvents: [known], forgottenEvents: 9 });
    expect(shown()).toEqual(['the leader of term 1 is 1']);
    show('debug');
    expect(shown()).toEqual(['the leader of term 1 is 1', 'gap of 9', 'applies 9 → 10']);
  });

  it('begins anew with another stream', () => {
    show('debug');
    log.take(stream.applied(0, 10));
    const { epoch } = last('state');
    log.gap({ ...snapshotAfter(pageStream(500).applied(0, 2)), session: 'another' }, 0);
    expect(shown()).toHaveLength(2);
    expect(last('state').epoch).not.toBe(epoch);
  });

  it('leaves a broken frame alone', () => {
    show('debug');
    log.post({ type: 'frame', bytes: new Uint8Array([0xc1]) });
    expect(last('state').total).toBe(0);
  });
});

describe('lists', () => {
  it('keep their ordinals while they show the same, and get others with another filter', () => {
    show('debug');
    log.take(stream.applied(0, 3));
    const { version } = list();
    show('debug');
    expect(list().version).toBe(version);
    show('info');
    expect(list().version).not.toBe(version);
    log.post({ type: 'rows', key: 'merged', version, from: 0, end: 3 });
    expect(log.told.some((message) => message.type === 'rows')).toBe(false);
  });

  it('bring their last rows along while they are followed, each only once', () => {
    show('debug');
    log.post({ type: 'follow', key: 'merged', count: 3 });
    log.take(stream.applied(0, 5));
    expect(list().tail?.rows.map((row) => row.text)).toEqual(['applies 2 → 3', 'applies 3 → 4', 'applies 4 → 5']);
    log.take([leader(1)]);
    expect(list().tail?.rows.map((row) => row.text)).toEqual(['the leader of term 1 is 1']);
    show('trace');
    expect(list().tail?.rows).toHaveLength(3);
    log.post({ type: 'follow', key: 'merged', count: 0 });
    log.take([leader(2)]);
    expect(list().tail).toBeUndefined();
  });

  it('hide what does not match, or show it and count what does', () => {
    show('debug', { expression: /leader/ });
    log.take([...stream.applied(0, 3), leader(1), ...stream.applied(0, 1)]);
    expect(shown()).toEqual(['the leader of term 1 is 1']);
    show('debug', { expression: /leader/, hide: false });
    expect([shown().length, list().matchCount]).toEqual([5, 1]);
  });

  it('show marked lines whatever the filter says, until the mark is taken away', () => {
    show('info');
    log.take([...stream.applied(0, 3), leader(1)]);
    log.post({ type: 'bookmarks', numbers: [3] });
    show('off');
    expect(shown()).toEqual(['the leader of term 1 is 1']);
    log.post({ type: 'bookmarks', numbers: [] });
    expect(shown()).toEqual([]);
  });
});

describe('questions', () => {
  const ids = { id: 9, key: 'merged' as const };
  beforeEach(() => {
    show('debug');
    log.take([
      ...stream.applied(0, 3),
      stream.next(1, { type: 'assertion-failed', reason: 'a' }),
      ...stream.applied(0, 3),
      stream.next(1, { type: 'assertion-failed', reason: 'b' }),
      ...stream.applied(0, 1),
    ]);
  });

  it('find the next and the previous line of a kind', () => {
    const find = (
      from: number | null,
      step: 1 | -1,
      wanted: 'error' | 'match' | 'bookmark' = 'error',
    ): number | undefined => {
      log.post({ type: 'find', ...ids, from, step, wanted });
      return last('placed').at?.row.number;
    };
    expect([find(null, 1), find(3, 1), find(7, 1)]).toEqual([3, 7, undefined]);
    expect([find(null, -1), find(7, -1), find(3, -1)]).toEqual([7, 3, undefined]);
    log.post({ type: 'bookmarks', numbers: [1] });
    expect([find(null, 1, 'bookmark'), find(1, 1, 'bookmark')]).toEqual([1, undefined]);
    show('debug', { expression: /FAILED: b/, hide: false });
    expect([find(0, 1, 'match'), find(7, 1, 'match')]).toEqual([7, undefined]);
  });

  it('place a line, a time, a position: the line itself, or the last one shown before it', () => {
    const locate = (place: Extract<ToLog, { type: 'locate' }>['place']): number | undefined => {
      log.post({ type: 'locate', ...ids, place });
      return last('placed').at?.row.number;
    };
    expect([locate({ number: 4 }), locate({ position: 4 }), locate({ timeNs: 5e6 })]).toEqual([4, 4, 4]);
    expect([locate({ number: 400 }), locate({ timeNs: 1e12 }), locate({ timeNs: 0 })]).toEqual([8, 8, 0]);
    show('error');
    expect([locate({ number: 5 }), locate({ position: 3 })]).toEqual([3, 3]);
  });

  it('copy what is shown, or a run of it', () => {
    log.post({ type: 'copy', id: 1, range: null });
    expect(last('copied').count).toBe(9);
    log.post({ type: 'copy', id: 2, range: { key: 'merged', first: 2, last: 3 } });
    expect(last('copied').text).toBe(
      '   +0.003000 s  node 0   debug  node    applies 2 → 3\n   +0.004000 s  node 1   error  node    ASSERTION FAILED: a\n',
    );
  });

  it('copy a line once that stands in several columns', () => {
    const all = parseLogDirectives('debug');
    const levels = all.ok ? { all: all.value, of: {} } : undefined;
    if (!levels) return;
    const lists = [0, 1, labSourceId].map((key) => ({ key, node: key, levels }));
    log.post({ type: 'show', lists, expression: null, hide: true, near: [] });
    log.post({ type: 'copy', id: 3, range: null });
    expect(
      last('copied')
        .text.split('\n')
        .filter((line) => line.includes('FAILED')),
    ).toHaveLength(2);
    expect(last('copied').count).toBe(9);
  });
});

describe('pause', () => {
  it('holds what is shown, counts what comes, and loses nothing', () => {
    show('info');
    log.take([leader(1)]);
    log.post({ type: 'pause' });
    log.take([leader(2), ...stream.applied(0, 3)]);
    expect([shown(), list().newCount, last('state').total]).toEqual([['the leader of term 1 is 1'], 1, 1]);
    show('debug');
    expect([shown().length, list().newCount]).toEqual([1, 4]);
    log.post({ type: 'resume' });
    expect([shown().length, list().newCount]).toEqual([5, 0]);
  });
});

describe('clear', () => {
  it('empties the list; the same lines do not come back with a snapshot', () => {
    const events = stream.applied(0, 3);
    show('debug');
    log.take(events);
    log.post({ type: 'clear' });
    expect([shown(), last('state').total]).toEqual([[], 0]);
    log.welcome(snapshotAfter(events));
    expect(shown()).toEqual([]);
    log.take(stream.applied(0, 1));
    expect(shown()).toHaveLength(1);
  });
});
