/** One place of a node's log: what stands there, and how far that has come. Questions to the view, not folds. */
import { termAt, type NodeLog } from './node-log.ts';

export type LogCell =
  | {
      readonly kind: 'entry';
      readonly index: number;
      readonly term: number;
      /** As this node knows it. */
      readonly isCommitted: boolean;
      readonly isApplied: boolean;
      /** On its disk. */
      readonly isPersisted: boolean;
    }
  /** No entry any more: it is in the snapshot, which ends at `lastIncludedIndex`. */
  | { readonly kind: 'snapshot'; readonly index: number; readonly lastIncludedIndex: number; readonly term: number }
  | { readonly kind: 'missing'; readonly index: number };

export function cellAt(log: NodeLog, index: number): LogCell {
  if (index < 1 || index > log.lastIndex) return { kind: 'missing', index };
  if (index < log.firstIndex) {
    const { lastIncludedIndex, lastIncludedTerm } = log.snapshot;
    return { kind: 'snapshot', index, lastIncludedIndex, term: lastIncludedTerm };
  }
  return {
    kind: 'entry',
    index,
    term: termAt(log, index),
    isCommitted: index <= log.commitIndex,
    isApplied: index <= log.appliedIndex,
    isPersisted: index <= log.persistedIndex,
  };
}

/** The term of the entry that a log holds there; 0 when it holds none, or no longer. */
export function heldTerm(log: NodeLog, index: number): number {
  return index >= log.firstIndex && index <= log.lastIndex ? termAt(log, index) : 0;
}

/** Where two logs first hold entries of different terms; undefined when they do not. */
export function firstConflict(log: NodeLog, other: NodeLog): number | undefined {
  const from = Math.max(log.firstIndex, other.firstIndex);
  const to = Math.min(log.lastIndex, other.lastIndex);
  const starts = [from, ...[...log.termRuns, ...other.termRuns].map((run) => run.firstIndex)];
  const differing = starts.filter(
    (index) => index >= from && index <= to && termAt(log, index) !== termAt(other, index),
  );
  return differing.length > 0 ? Math.min(...differing) : undefined;
}

/**
 * The first index at which the logs are not all the same: where terms differ, or where one ends and another goes on. Undefined when
 * they are the same as far as they are held.
 */
export function firstDifference(logs: readonly NodeLog[]): number | undefined {
  const [longest] = logs.toSorted((left, right) => right.lastIndex - left.lastIndex);
  if (!longest) return undefined;
  const found = logs.flatMap((log) => {
    const conflict = logs.flatMap((other) => firstConflict(log, other) ?? []);
    return log.lastIndex < longest.lastIndex ? [...conflict, log.lastIndex + 1] : conflict;
  });
  return found.length > 0 ? Math.min(...found) : undefined;
}
