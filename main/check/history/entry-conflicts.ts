/** What is said of one index twice, and differently: the sentences, and what they break. */
import type { PayloadDigest } from '../contract.ts';
import { unknownDigest } from '../payload-digest.ts';
import type { HistoryBook } from './history-book.ts';
import { rowsPerPage, type LogPage } from './log-pages.ts';
import { nameOf, promiseOfContents, type Party } from './party.ts';

/** An entry, and who says so. */
export interface Said {
  readonly index: number;
  readonly term: number;
  readonly digest: PayloadDigest;
  readonly by: Party | undefined;
}

/** `The read r7`; undefined stands for the log at the end. */
export function subjectOf(by: Party | undefined): string {
  return by ? `The ${nameOf(by)}` : 'The log at the end';
}

/** What was shown must be what is known: what an append has put there, or another read showed. */
export function checkSame(known: Said, shown: Said, book: HistoryBook): void {
  const isSameDigest =
    known.digest === shown.digest || known.digest === unknownDigest || shown.digest === unknownDigest;
  if (known.term === shown.term && isSameDigest) return;
  const what =
    known.by?.kind === 'append' ? `which ${nameOf(known.by)} put there` : `which ${whoOf(known.by)} shows there`;
  const sentence = `At index ${shown.index} ${whoOf(shown.by)} shows another entry (term ${shown.term}) than the one of term ${known.term}, ${what}.`;
  book.report(promiseOfContents(shown.by), [shown.by, known.by], sentence, 'own-term-commit');
}

/** Whether something lacked, or excluded, the entry that stands there now; `lastIndex` is that of its append. */
export function checkNotLacked(page: LogPage, entry: Said, lastIndex: number, book: HistoryBook): void {
  const row = entry.index % rowsPerPage;
  if ((page.none[row] ?? 0) >= lastIndex) tellLack(page.noneBy[row], entry, book);
  if ((page.noneLocal[row] ?? 0) >= lastIndex) tellLack(page.noneLocalBy[row], entry, book);
}

export function tellLack(
  by: Party | undefined,
  { index, term, by: other }: Omit<Said, 'digest'>,
  book: HistoryBook,
): void {
  const entry = `entry ${index} of term ${term}${other ? ` (${nameOf(other)})` : ''}`;
  const sentence =
    by?.kind === 'append'
      ? `The ${nameOf(by)} was judged as if ${entry} did not stand before it.`
      : `${subjectOf(by)} lacks ${entry}.`;
  book.report(promiseOfContents(by), [by, other], sentence);
}

/** An append has its effect as a whole: nothing that shows the log up to before its end shows a part of it. */
export function tellHalf(
  by: Party | undefined,
  index: number,
  appliedIndex: number,
  of: Party | undefined,
  book: HistoryBook,
): void {
  const sentence = `${subjectOf(by)} shows entry ${index} of an append that ends behind ${appliedIndex}: half of it.`;
  book.report(promiseOfContents(by), [by, of], sentence);
}

function whoOf(by: Party | undefined): string {
  return by ? nameOf(by) : 'the log at the end';
}
