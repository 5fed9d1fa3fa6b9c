import { describe, expect, it } from 'vitest';
import { LogState } from '../../../main/disk/log-state.ts';
import { LogTail } from '../../../main/disk/log-tail.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { entriesFrom, entryAt } from './disk-fixture.ts';

function tailOf(base: number, bytesMax = 1e6): { tail: LogTail; state: LogState } {
  const state = new LogState({ index: base, term: 1 });
  return { state, tail: new LogTail(state, bytesMax) };
}

function read(tail: LogTail, first: number, last: number, bytesMax = 1e6): LogEntry[] {
  const entries: LogEntry[] = [];
  tail.read(entries, first, last, bytesMax);
  return entries;
}

describe('LogTail', () => {
  it('holds what was taken in, and hands it to the log on disk when that was flushed', () => {
    const { tail, state } = tailOf(10);
    for (const entry of entriesFrom(11, 14)) tail.append(entry);
    tail.truncate(13);
    tail.setHardState({ term: 2, votedFor: 1 });
    tail.append(entryAt(13, 2));
    expect(tail.lastIndex).toBe(13);
    expect(read(tail, 11, 13)).toEqual([...entriesFrom(11, 12), entryAt(13, 2)]);
    expect(tail.pending.map(({ type }) => type)).toEqual([
      ...Array.from({ length: 4 }, () => 'entry'),
      'truncate',
      'hard-state',
      'entry',
    ]);
    expect(state.last.index).toBe(10);
    tail.fold(1, 500);
    expect(tail.pending).toEqual([]);
    expect(state.last).toEqual({ index: 13, term: 2 });
    expect(state.index.at(11)).toMatchObject({ segment: 1, offset: 500 });
    expect(state.hardState).toEqual({ term: 2, votedFor: 1 });
  });

  it('refuses what does not follow: a caller’s mistake', () => {
    const { tail } = tailOf(10);
    expect(() => tail.append(entryAt(10))).toThrow('entry 10 is appended behind entry 10');
    expect(() => tail.truncate(10)).toThrow('cut from entry 11 at the earliest, not from 10');
    tail.truncate(11);
    expect(tail.pending).toEqual([]);
    tail.append(entryAt(11));
    expect(() => tail.restart()).toThrow('begins anew when everything before is on disk');
  });

  it('lets go of what is on disk and not wanted, of nothing else', () => {
    const { tail } = tailOf(10);
    for (const entry of entriesFrom(11, 12)) tail.append(entry);
    tail.fold(1, 500);
    tail.append(entryAt(13));
    tail.dropUpTo(11);
    expect(tail.lastIndexOnDisk).toBe(11);
    tail.dropUpTo(13);
    expect(tail.lastIndexOnDisk).toBe(12);
    expect(read(tail, 13, 13)).toEqual([entryAt(13)]);
  });

  it('goes on behind another base', () => {
    const { tail, state } = tailOf(10);
    tail.append(entryAt(11));
    tail.fold(1, 500);
    state.restart({ index: 50, term: 4 }, 2);
    tail.restart();
    expect(tail.lastIndex).toBe(50);
    tail.append(entryAt(51, 5));
    expect(read(tail, 51, 51)).toEqual([entryAt(51, 5)]);
  });
});
