import { describe, expect, it } from 'vitest';
import { emptyLog, type NodeLog } from '../../../shared/projection/node-log.ts';
import { cellAt, firstConflict, firstDifference, heldTerm } from '../../../shared/projection/log-cell.ts';

/** A log with these terms, entry by entry, from `firstIndex` on. */
function logOf(terms: readonly number[], firstIndex = 1): NodeLog {
  const termRuns = terms.flatMap((term, at) => (terms[at - 1] === term ? [] : [{ term, firstIndex: firstIndex + at }]));
  return { ...emptyLog, firstIndex, lastIndex: firstIndex + terms.length - 1, termRuns };
}

describe('a place of a log', () => {
  const log = {
    ...logOf([1, 1, 2, 2], 5),
    persistedIndex: 7,
    commitIndex: 6,
    appliedIndex: 5,
    snapshot: { lastIncludedIndex: 4, lastIncludedTerm: 1 },
  };

  it('holds an entry, and how far that has come', () => {
    const marks = [5, 6, 7, 8].map((index) => {
      const cell = cellAt(log, index);
      if (cell.kind !== 'entry') return cell.kind;
      return [cell.term, cell.isPersisted, cell.isCommitted, cell.isApplied].map(Number).join('');
    });
    expect(marks).toEqual(['1111', '1110', '2100', '2000']);
  });

  it('is in the snapshot, or empty', () => {
    expect(cellAt(log, 2)).toEqual({ kind: 'snapshot', index: 2, lastIncludedIndex: 4, term: 1 });
    expect([cellAt(log, 0), cellAt(log, 9)].map(({ kind }) => kind)).toEqual(['missing', 'missing']);
    expect([4, 5, 8, 9].map((index) => heldTerm(log, index))).toEqual([0, 1, 2, 0]);
  });
});

describe('logs differ', () => {
  it('where terms do', () => {
    expect(firstConflict(logOf([1, 1, 2, 2]), logOf([1, 1, 3]))).toBe(3);
    expect(firstConflict(logOf([1, 1, 2]), logOf([1, 1]))).toBeUndefined();
    expect(firstConflict(logOf([1, 2, 2]), logOf([3, 3, 3], 3))).toBe(3);
    expect(firstConflict(logOf([1, 2]), logOf([3, 3], 5))).toBeUndefined();
  });

  it('where one ends and another goes on', () => {
    expect(firstDifference([logOf([1, 1, 1]), logOf([1, 1]), logOf([1, 1, 1])])).toBe(3);
    expect(firstDifference([logOf([1, 2, 2]), logOf([1, 3])])).toBe(2);
    expect(firstDifference([logOf([1, 2]), logOf([1, 2])])).toBeUndefined();
    expect(firstDifference([])).toBeUndefined();
  });
});
