import { describe, expect, it } from 'vitest';
import { CommittedEntries } from '../../../main/check/committed-entries.ts';
import { TermLog } from '../../../main/check/term-log.ts';
import type { LabEvent } from '../../../shared/event.ts';

const log = TermLog.from(
  0,
  0,
  [
    { term: 1, firstIndex: 1 },
    { term: 3, firstIndex: 4 },
  ],
  9,
);

function commit(to: number, term: number): LabEvent {
  return {
    node: 0,
    boot: 1,
    sequence: to,
    timeNs: 0,
    lamport: 0,
    type: 'commit-advanced',
    from: 0,
    to,
    term,
    reason: 'x',
  };
}

function added(...commits: readonly (readonly [to: number, term: number])[]): CommittedEntries {
  const committed = new CommittedEntries(100);
  for (const [to, term] of commits) committed.add(log, to, term, commit(to, term));
  return committed;
}

describe('CommittedEntries', () => {
  it('grows with each commit, and knows which one covers an index', () => {
    const committed = added([2, 1], [7, 3], [5, 3], [9, 4]);
    expect([1, 3, 4, 9, 10].map((index) => committed.log.termAt(index))).toEqual([1, 1, 3, 3, undefined]);
    expect([1, 2, 3, 7, 8].map((index) => committed.commitOf(index)?.sequence)).toEqual([2, 2, 7, 7, 9]);
    expect(committed.commitOf(10)).toBeUndefined();
  });

  it('asks of a leader what was committed before its term, in whatever order it heard of it', () => {
    for (const committed of [added([2, 1], [7, 3], [9, 5]), added([9, 5], [7, 3], [2, 1])]) {
      expect([1, 2, 3, 4, 5, 6].map((term) => committed.requiredOf(term)?.index)).toEqual([undefined, 2, 2, 7, 7, 9]);
    }
    // A later term has at least what an earlier one had.
    expect(added([3, 4], [8, 2]).requiredOf(5)?.index).toBe(8);
  });

  it('goes on behind a snapshot that reaches further than what it knows', () => {
    const committed = added([2, 1]);
    committed.add(TermLog.from(20, 5, [{ term: 6, firstIndex: 21 }], 30), 25, 6, commit(25, 6));
    expect([2, 20, 21, 25].map((index) => committed.log.termAt(index))).toEqual([undefined, 5, 6, 6]);
  });

  it('keeps a bounded number of commits', () => {
    const committed = new CommittedEntries(4);
    for (let to = 1; to <= 9; to++) committed.add(log, to, to, commit(to, to));
    expect(committed.requiredOf(100)?.index).toBe(9);
    expect(committed.commitOf(9)?.sequence).toBe(9);
  });
});
