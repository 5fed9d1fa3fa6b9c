import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../../shared/event.ts';
import { emptyLog, logOnDisk, projectLog, termAt, type NodeLog } from '../../../shared/projection/node-log.ts';
import { stamped } from '../../support/log-lines.ts';

function after(log: NodeLog, ...events: readonly EventBody[]): NodeLog {
  return events.map((body) => stamped(body)).reduce<NodeLog>((state, event) => projectLog(state, event), log);
}

const appended = (firstIndex: number, lastIndex: number, term: number): EventBody => ({
  type: 'entries-appended',
  firstIndex,
  lastIndex,
  term,
  reason: '',
});
const compacted = (lastIncludedIndex: number): EventBody => ({
  type: 'log-compacted',
  firstIndex: 1,
  lastIncludedIndex,
  reason: '',
});
const installed = (lastIncludedIndex: number, lastIncludedTerm: number): EventBody => ({
  type: 'snapshot-installed',
  lastIncludedIndex,
  lastIncludedTerm,
  reason: '',
});

/** 1–4 of term 1, 5–8 of term 3. */
const eight = after(emptyLog, appended(1, 4, 1), appended(5, 8, 3));

describe('compaction', () => {
  it('moves the beginning of the log, and the first run with it', () => {
    const saved = after(eight, { type: 'snapshot-saved', lastIncludedIndex: 6, lastIncludedTerm: 3, bytes: 9 });
    expect(saved).toMatchObject({ firstIndex: 1, snapshot: { lastIncludedIndex: 6, lastIncludedTerm: 3 } });
    expect(after(saved, compacted(2))).toMatchObject({
      firstIndex: 3,
      lastIndex: 8,
      termRuns: [
        { term: 1, firstIndex: 3 },
        { term: 3, firstIndex: 5 },
      ],
    });
    expect(after(saved, compacted(6))).toMatchObject({ firstIndex: 7, termRuns: [{ term: 3, firstIndex: 7 }] });
  });

  it('may leave nothing, and appends go on behind it', () => {
    const empty = after(eight, compacted(8));
    expect(empty).toMatchObject({ firstIndex: 9, lastIndex: 8, termRuns: [] });
    expect(after(empty, appended(9, 9, 4)).termRuns).toEqual([{ term: 4, firstIndex: 9 }]);
  });
});

describe('a snapshot from a leader', () => {
  it('[7] comes in chunks, and takes the place of a log that does not hold its last entry', () => {
    const chunk = {
      type: 'snapshot-chunk-taken',
      from: 1,
      lastIncludedIndex: 20,
      offset: 0,
      nextOffset: 60,
      totalBytes: 100,
    } as const;
    const halfway = after(eight, chunk);
    expect(halfway.incoming).toEqual({ lastIncludedIndex: 20, nextOffset: 60, totalBytes: 100 });
    const whole = after(halfway, installed(20, 5));
    expect(whole).toMatchObject({
      firstIndex: 21,
      lastIndex: 20,
      commitIndex: 20,
      appliedIndex: 0,
      termRuns: [],
      incoming: null,
    });
    expect(after(whole, { type: 'snapshot-restored', lastIncludedIndex: 20, digest: 1 }).appliedIndex).toBe(20);
    expect(termAt(whole, 20)).toBe(5);
  });

  it('[7, Figure 13] leaves the log behind it alone when that holds its last entry, and drops it at another term', () => {
    expect(after(eight, installed(6, 3))).toMatchObject({
      firstIndex: 7,
      lastIndex: 8,
      termRuns: [{ term: 3, firstIndex: 7 }],
    });
    expect(after(eight, installed(6, 2))).toMatchObject({ firstIndex: 7, lastIndex: 6, termRuns: [] });
  });

  it('is forgotten when it is given up', () => {
    const chunk = {
      type: 'snapshot-chunk-taken',
      from: 1,
      lastIncludedIndex: 20,
      offset: 0,
      nextOffset: 60,
      totalBytes: 100,
    } as const;
    const interrupted = {
      type: 'snapshot-interrupted',
      lastIncludedIndex: 20,
      receivedBytes: 60,
      totalBytes: 100,
      reason: '',
    } as const;
    expect(after(eight, chunk, interrupted).incoming).toBeNull();
  });
});

describe('a start', () => {
  it('begins behind the snapshot, and what that covers is committed', () => {
    const snapshot = { lastIncludedIndex: 40, lastIncludedTerm: 2 };
    expect(logOnDisk(45, [{ term: 2, firstIndex: 41 }], snapshot)).toMatchObject({
      firstIndex: 41,
      lastIndex: 45,
      persistedIndex: 45,
      commitIndex: 40,
      appliedIndex: 40,
    });
    expect(logOnDisk(40, [], snapshot).firstIndex).toBe(41);
    expect(logOnDisk(0, [], { lastIncludedIndex: 0, lastIncludedTerm: 0 }).firstIndex).toBe(1);
  });

  it('may hold entries that the snapshot covers, too', () => {
    const log = logOnDisk(45, [{ term: 2, firstIndex: 31 }], { lastIncludedIndex: 40, lastIncludedTerm: 2 });
    expect(log.firstIndex).toBe(31);
  });
});

describe('the term of an entry', () => {
  it.each([
    [1, 1],
    [4, 1],
    [5, 3],
    [8, 3],
  ])('%i is %i', (index, term) => {
    expect(termAt(eight, index)).toBe(term);
  });

  it('is not known before the first one that is held', () => {
    expect(termAt(after(eight, compacted(6)), 3)).toBe(0);
  });
});

it('the very same log when nothing of it changed', () => {
  const event = stamped({ type: 'leader-known', leaderId: 1, term: 1 });
  expect(projectLog(eight, event)).toBe(eight);
});

it('[5.3] remembers what was removed last', () => {
  const cut = after(eight, {
    type: 'entries-truncated',
    fromIndex: 4,
    lastIndex: 8,
    reason: '',
    rule: 'truncate-only-on-conflict',
  });
  const termRuns = [
    { term: 1, firstIndex: 4 },
    { term: 3, firstIndex: 5 },
  ];
  expect(cut).toMatchObject({ lastIndex: 3, removed: { fromIndex: 4, lastIndex: 8, termRuns } });
  expect(eight.removed).toBeNull();
});
