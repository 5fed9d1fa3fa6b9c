import { describe, expect, it } from 'vitest';
import { unknownDigest } from '../../../../main/check/payload-digest.ts';
import { checkNotLacked, checkSame, subjectOf, tellHalf } from '../../../../main/check/history/entry-conflicts.ts';
import { HistoryBook } from '../../../../main/check/history/history-book.ts';
import { LogPage } from '../../../../main/check/history/log-pages.ts';
import { append, read } from '../../../support/history-story.ts';

const known = { index: 1, term: 1, digest: 7, by: append(1, [0, 1]) };
const local = read(5, [2, 3], [], 'local');

describe('what is said of one index twice', () => {
  it('is the same, unless the payload is not known', () => {
    const differences = [{ digest: 7 }, { digest: unknownDigest }, { digest: 8 }, { term: 2 }].map((other) => {
      const book = new HistoryBook(9);
      checkSame(known, { ...known, by: undefined, ...other }, book);
      return book.take().length;
    });
    expect(differences).toEqual([0, 0, 1, 1]);
  });

  it('is not that nothing stands there, for an append that ends before what was shown', () => {
    const page = new LogPage();
    page.noneLocal[1] = 5;
    page.noneLocalBy[1] = local;
    const book = new HistoryBook(9);
    checkNotLacked(page, known, 6, book);
    expect(book.take()).toEqual([]);
    checkNotLacked(page, known, 5, book);
    expect(book.take()).toMatchObject([
      { promise: 'local-reads', sentence: 'The read local-read-at-2 lacks entry 1 of term 1 (append append-1).' },
    ]);
  });

  it('is told with who says it', () => {
    const book = new HistoryBook(9);
    tellHalf(undefined, 3, 4, known.by, book);
    expect(book.take()).toMatchObject([
      { sentence: expect.stringMatching(/^The log at the end shows entry 3 .* half of it/) },
    ]);
    expect(subjectOf(local)).toBe('The read local-read-at-2');
  });
});
