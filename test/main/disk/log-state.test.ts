import { describe, expect, it } from 'vitest';
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
    expect(state.index.at(2)).toMatchObject({ segment: 2, offset: 400, payloadBytes: 33 });
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
});
