/**
 * Judges the clients' history of the replicated log: there is one order of all appends in which each request had its effect at one
 * moment between its request and its answer. README.md has the argument.
 */
import type { AppendOperation, HistoryOptions, HistoryVerdict, Operation, ReadOperation } from './contract.ts';
import { checkConditions } from './history/conditions.ts';
import { entryOrder } from './history/entry-order.ts';
import { HistoryBook } from './history/history-book.ts';
import { logicalAppends } from './history/logical-appends.ts';
import { checkContents } from './history/read-contents.ts';
import { checkRealTime } from './history/real-time.ts';
import { historyPromises } from '../../shared/promises.ts';

export function checkHistory(operations: readonly Operation[], options: HistoryOptions = {}): HistoryVerdict {
  const book = new HistoryBook(options.violationsMax ?? 20, options.waived);
  const reads = operations.filter((operation): operation is ReadOperation => operation.kind === 'read');
  const sends = operations.filter((operation): operation is AppendOperation => operation.kind === 'append');
  const appends = logicalAppends(sends, book);
  const order = entryOrder(appends, reads, options, book);
  checkContents(reads, order, { ...options, retentionFromNs: retentionFromNs(operations) }, book);
  checkConditions(appends, order, options, book);
  const promiseVoid = checkRealTime({ order, appends, reads, driftSpans: options.driftSpans ?? [], book });
  if (options.incomplete) {
    for (const promise of historyPromises) book.verdicts.lose(promise, 'requests, or what they carried, are missing');
  }
  const unknown = appends.filter(({ outcome }) => outcome === 'unknown').length;
  return {
    verdicts: book.verdicts.verdicts(),
    violations: book.violations,
    promiseVoid,
    counts: {
      appends: appends.length,
      unknown,
      revealed: unknown - order.unseen.length,
      refused: appends.filter(({ outcome }) => outcome === 'refused').length,
      reads: reads.length,
    },
  };
}

/** From when on entries may be gone: the first time that anybody asked for it. */
function retentionFromNs(operations: readonly Operation[]): number {
  let fromNs = Infinity;
  for (const operation of operations) {
    if (operation.kind === 'set-retention' && operation.retainEntries > 0)
      fromNs = Math.min(fromNs, operation.invokedNs);
  }
  return fromNs;
}
