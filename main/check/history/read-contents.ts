/** What a read answers is a stretch of the one order: nothing is missing, nothing is too much. */
import type { HistoryOptions, Operation, ReadOperation, SeenEntry } from '../contract.ts';
import type { EntryOrder } from './entry-order.ts';
import { nameOf, type HistoryBook } from './history-book.ts';

interface Shown {
  readonly by: ReadOperation | undefined;
  readonly from: number;
  readonly to: number;
  /** Everything up to here had its effect. */
  readonly appliedIndex: number;
  readonly entries: readonly SeenEntry[];
}

export function checkContents(
  reads: readonly ReadOperation[],
  order: EntryOrder,
  { finalLog, retentionFromNs, incomplete = false }: HistoryOptions & { readonly retentionFromNs: number },
  book: HistoryBook,
): void {
  for (const read of reads) {
    const { outcome, startIndex, endIndex } = read;
    if (outcome.kind === 'compacted' && !incomplete) checkCompacted(read, outcome.firstIndex, retentionFromNs, book);
    if (outcome.kind !== 'ok' || !outcome.entries) continue;
    const { appliedIndex, continueAt = Infinity, entries } = outcome;
    const to = Math.min(endIndex, appliedIndex, continueAt - 1);
    checkShown({ by: read, from: Math.max(1, startIndex), to, appliedIndex, entries }, order, book);
  }
  if (!finalLog) return;
  for (const read of reads) {
    const { outcome, mode } = read;
    if (outcome.kind !== 'ok' || outcome.appliedIndex <= finalLog.lastIndex) continue;
    const sentence = `The ${nameOf(read)} shows the log up to ${outcome.appliedIndex}, and at the end it reaches ${finalLog.lastIndex}.`;
    book.report(mode === 'local' ? 'local-reads' : 'linearizability', [read], sentence, 'persist-before-reply');
  }
  const { firstIndex: from, lastIndex: to, entries } = finalLog;
  checkShown({ by: undefined, from, to, appliedIndex: to, entries }, order, book);
  const beyond = order.entries.at(-1);
  if (beyond && beyond.index > to) {
    const operation = beyond.append?.operation ?? beyond.by;
    const sentence = `Entry ${beyond.index} of term ${beyond.term}${operation ? ` (${nameOf(operation)})` : ''} is lost: the log ends at ${to}.`;
    book.report('linearizability', operation ? [operation] : [], sentence, 'persist-before-reply');
  }
}

function checkShown({ by, from, to, appliedIndex, entries }: Shown, order: EntryOrder, book: HistoryBook): void {
  let position = order.positionOf(from);
  const name = by ? `The ${nameOf(by)}` : 'The log at the end';
  const promise = by?.mode === 'local' ? 'local-reads' : 'linearizability';
  const report = (sentence: string, other?: Operation): void =>
    book.report(
      promise,
      [by, other].filter((operation) => operation !== undefined),
      sentence,
    );
  for (const { index } of entries) {
    if (index < from || index > to) return report(`${name} shows entry ${index}, outside of ${from} to ${to}.`);
    for (; (order.entries[position]?.index ?? Infinity) < index; position++) {
      const lacking = lackingAt(order, position, appliedIndex);
      if (lacking) return report(`${name} ${lacking.sentence}.`, lacking.by);
    }
    const entry = order.entries[position];
    if (entry?.index !== index) return report(`${name} shows its entries out of order, ${index} among them.`);
    if ((entry.append?.place?.lastIndex ?? 0) > appliedIndex)
      return report(
        `${name} shows entry ${index} of an append that ends behind ${appliedIndex}: half of it.`,
        entry.append?.operation,
      );
    position += 1;
  }
  for (; (order.entries[position]?.index ?? Infinity) <= to; position++) {
    const lacking = lackingAt(order, position, appliedIndex);
    if (lacking) return report(`${name} ${lacking.sentence}.`, lacking.by);
  }
}

/** An entry that should be shown and is not. */
function lackingAt(
  { entries }: EntryOrder,
  position: number,
  appliedIndex: number,
): { sentence: string; by: Operation | undefined } | undefined {
  const entry = entries[position];
  // An append has its effect with its last entry.
  if (!entry || (entry.append?.place?.lastIndex ?? 0) > appliedIndex) return undefined;
  const by = entry.append?.operation ?? entry.by;
  return { sentence: `lacks entry ${entry.index} of term ${entry.term}${by ? ` (${nameOf(by)})` : ''}`, by };
}

function checkCompacted(
  read: ReadOperation,
  firstIndex: number | undefined,
  retentionFromNs: number,
  book: HistoryBook,
): void {
  const promise = read.mode === 'local' ? 'local-reads' : 'linearizability';
  if (read.completedNs < retentionFromNs) {
    book.report(
      promise,
      [read],
      `The ${nameOf(read)} was told that entries were dropped, and nobody had asked for that.`,
    );
  } else if (firstIndex !== undefined && firstIndex <= Math.max(1, read.startIndex)) {
    const sentence = `The ${nameOf(read)} from ${read.startIndex} on was refused, although entries are held from ${firstIndex} on.`;
    book.report(promise, [read], sentence);
  }
}
