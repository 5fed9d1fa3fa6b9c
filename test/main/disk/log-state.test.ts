import { describe, expect, it } from 'vitest';
import { entryOverheadBytes } from '../../../shared/log-entry.ts';
import { LogState } from '../../../main/disk/log-state.ts';
import { entryAt } from './disk-fixture.ts';

function stateOf(...terms: number[]): LogState {
  const state = new LogState();
  terms.forEach((term, at) =>
    expect(state.apply({ type: 'entry', entry: entryAt(at + 1, term) }, 1, at * 100)).toBeUndefined(),
  );
  return state;
}

describe('LogState', () => {
  it('folds entries, cuts and hard states', () => {
    const state = stateOf(1, 1, 2);
    expect(state.apply({ type: 'truncate', fromIndex: 2 }, 1, 300)).toBeUndefined();
    expect(state.apply({ type: 'entry', entry: entryAt(2, 5, 33) }, 2, 400)).toBeUndefined();
    expect(state.apply({ type: 'hard-state', hardState: { term: 5, votedFor: 2 } }, 2, 500)).toBeUndefined();
    expect(state.index.lastIndex).toBe(2);
    expect(state.index.at(2)).toMatchObject({ segment: 2, offset: 400, entryBytes: 33 + entryOverheadBytes });
    expect(state.termRuns.runs).toEqual([
      { term: 1, firstIndex: 1 },
      { term: 5, firstIndex: 2 },
    ]);
    expect(state.hardState).toEqual({ term: 5, votedFor: 2 });
  });

  it('says what can not follow', () => {
    const state = stateOf(1, 1);
    expect(state.apply({ type: 'entry', entry: entryAt(4) }, 1, 0)).toBe('entry 4 stands where entry 3 belongs');
    expect(state.apply({ type: 'entry', entry: entryAt(2) }, 1, 0)).toBe('entry 2 stands where entry 3 belongs');
    expect(state.apply({ type: 'truncate', fromIndex: 3 }, 1, 0)).toContain('it ends at 2');
    expect(state.apply({ type: 'truncate', fromIndex: 0 }, 1, 0)).toContain('it ends at 2');
    expect(state.apply({ type: 'meta', storageId: '', boot: 1 }, 1, 0)).toContain('a meta record');
    expect(state.index.lastIndex).toBe(2);
  });

  it('knows with which segment the log could begin', () => {
    const state = new LogState();
    const append = (first: number, last: number, segment: number): void => {
      state.beginSegment(segment);
      for (let index = first; index <= last; index += 1)
        expect(state.apply({ type: 'entry', entry: entryAt(index) }, segment, 0)).toBeUndefined();
    };
    append(1, 4, 1);
    append(5, 8, 2);
    append(9, 12, 3);
    expect([3, 4, 7, 8, 12].map((index) => state.firstSegmentBehind(index))).toEqual([1, 2, 2, 3, 3]);
    state.apply({ type: 'truncate', fromIndex: 7 }, 3, 0);
    append(7, 20, 4);
    // Entries 7 and 8 stand in segment 4 now, but segment 3 was begun when others were there.
    expect([3, 4, 6, 7, 8, 20].map((index) => state.firstSegmentBehind(index))).toEqual([1, 2, 4, 4, 4, 4]);
    expect(state.dropBefore(2)).toEqual([1]);
    expect(state.base).toEqual({ index: 4, term: 1 });
    expect(state.covers({ index: 4, term: 1 })).toBe(true);
    expect([3, 21].map((index) => state.covers({ index, term: 1 }))).toEqual([false, false]);
    expect(state.covers({ index: 8, term: 2 })).toBe(false);
    expect(state.dropBefore(2)).toEqual([]);
    expect(state.apply({ type: 'truncate', fromIndex: 4 }, 4, 0)).toContain('it begins at 5');
    expect(state.restart({ index: 9, term: 8 }, 5)).toEqual([2, 3, 4]);
    expect(state.last).toEqual({ index: 9, term: 8 });
    expect(state.firstSegmentBehind(9)).toBe(5);
  });
});
