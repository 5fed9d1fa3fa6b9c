import { describe, expect, it } from 'vitest';
import { unknownDigest } from '../../../../main/check/history.ts';
import { checkSame, explainEntry, place, type OrderedEntry } from '../../../../main/check/history/entry-places.ts';
import { HistoryBook } from '../../../../main/check/history/history-book.ts';
import { logicalAppends, type LogicalAppend } from '../../../../main/check/history/logical-appends.ts';
import { append, unknown } from '../../../support/history-story.ts';

function unplaced(digests: readonly number[]): LogicalAppend {
  const [one] = logicalAppends([append(1, [0, 5], { ...unknown, digests })], new HistoryBook(9));
  if (!one) throw new Error('there is one append');
  return one;
}

describe('the place of an entry', () => {
  it('is found through any entry of its append', () => {
    const byIndex = new Map<number, OrderedEntry>();
    const book = new HistoryBook(9);
    const pair = unplaced([7, 8]);
    const seen = { index: 5, term: 2, digest: 8 };
    explainEntry({ seen, by: undefined, candidates: [{ append: pair, offset: 1 }], incomplete: false }, byIndex, book);
    expect(pair.place).toEqual({ firstIndex: 4, lastIndex: 5, term: 2 });
    expect([...byIndex.keys()]).toEqual([4, 5]);
    expect(book.violations).toEqual([]);
  });

  it('is taken once, and begins at 1', () => {
    const byIndex = new Map<number, OrderedEntry>();
    const book = new HistoryBook(9);
    place(unplaced([7]), { firstIndex: 1, lastIndex: 1, term: 1 }, undefined, byIndex, book);
    place(unplaced([8]), { firstIndex: 1, lastIndex: 1, term: 1 }, undefined, byIndex, book);
    expect(book.violations).toHaveLength(1);
    const before = new HistoryBook(9);
    place(unplaced([9]), { firstIndex: 0, lastIndex: 0, term: 1 }, undefined, byIndex, before);
    expect(before.violations).toHaveLength(1);
  });

  it('shows one payload, unless it is not known', () => {
    const known = { index: 1, term: 1, digest: 7, append: undefined, by: undefined };
    const differences = [{ digest: 7 }, { digest: unknownDigest }, { digest: 8 }, { term: 2 }].map((other) => {
      const book = new HistoryBook(9);
      checkSame(known, { index: 1, term: 1, digest: 7, ...other }, undefined, book);
      return book.violations.length;
    });
    expect(differences).toEqual([0, 0, 1, 1]);
  });
});
