import { describe, expect, it } from 'vitest';
import { LogPages, rowsPerPage, rowState, type LogPage } from '../../../../main/check/history/log-pages.ts';

function pageAt(pages: LogPages, index: number): LogPage {
  const page = pages.take(index);
  if (!page) throw new Error(`${index} is forgotten`);
  return page;
}

function put(pages: LogPages, index: number, digest: number): void {
  const page = pageAt(pages, index);
  page.state[index % rowsPerPage] = rowState.placed;
  page.digest[index % rowsPerPage] = digest;
}

describe('the pages of the log', () => {
  it('hold what was put at an index, and nothing elsewhere', () => {
    const pages = new LogPages(Infinity);
    put(pages, 5 * rowsPerPage + 3, 7);
    expect(pages.find(5 * rowsPerPage)?.digest[3]).toBe(7);
    expect(pages.find(3)).toBeUndefined();
    expect(pageAt(pages, 3).state[3]).toBe(rowState.unknown);
  });

  it('find the nearest entry before an index, over pages that are not there', () => {
    const pages = new LogPages(Infinity);
    for (const index of [1, 9, 5 * rowsPerPage]) put(pages, index, index);
    expect(pages.lastEntry(5 * rowsPerPage - 1, 1)).toBe(9);
    expect(pages.lastEntry(5 * rowsPerPage - 1, 10)).toBe(0);
    expect(pages.lastEntry(5 * rowsPerPage, 1)).toBe(5 * rowsPerPage);
    expect(pages.lastEntry(8, 1)).toBe(1);
  });

  it('find where a payload stands otherwise', () => {
    const pages = new LogPages(Infinity);
    for (const index of [2, 3 * rowsPerPage]) put(pages, index, 7);
    expect([pages.findPlaced(7, 0), pages.findPlaced(7, 3 * rowsPerPage), pages.findPlaced(8, 0)]).toEqual([
      3 * rowsPerPage,
      2,
      0,
    ]);
  });

  it('are forgotten from the lowest on, for good', () => {
    const pages = new LogPages(2);
    for (const page of [1, 3, 2]) put(pages, page * rowsPerPage, 1);
    expect(pages.forgottenTo).toBe(2 * rowsPerPage - 1);
    expect(pages.take(rowsPerPage)).toBeUndefined();
    expect(pages.take(0)).toBeUndefined();
    expect(pages.forgottenTo).toBe(2 * rowsPerPage - 1);
    expect(pages.find(3 * rowsPerPage)?.digest[0]).toBe(1);
  });
});
