/** Histories written by hand: one line per operation, times in the order of asking. */
import type { AppendOperation, Operation, ReadOperation, SeenEntry } from '../../main/check/contract.ts';
import type { ReadMode } from '../../shared/client-request.ts';

type Span = readonly [invokedNs: number, completedNs: number];

/** The entry that `append` puts at the index: its digest is the index unless it is said. */
export function seen(...indexes: readonly number[]): readonly SeenEntry[] {
  return indexes.map((index) => ({ index, term: 1, digest: index }));
}

/** An append of one entry, answered with its index. Its payload is named after the index. */
export function append(
  index: number,
  [invokedNs, completedNs]: Span,
  more: Partial<AppendOperation> = {},
): AppendOperation {
  const outcome = { kind: 'ok', firstIndex: index, lastIndex: index, term: 1 } as const;
  return { kind: 'append', requestId: `append-${index}`, digests: [index], invokedNs, completedNs, outcome, ...more };
}

/** A read of everything that shows the entries at these indexes. */
export function read(
  appliedIndex: number,
  [invokedNs, completedNs]: Span,
  indexes: readonly number[],
  mode: ReadMode = 'linearizable',
): ReadOperation {
  const entries = seen(...indexes);
  return {
    kind: 'read',
    requestId: `${mode}-read-at-${invokedNs}`,
    mode,
    startIndex: 0,
    endIndex: 1_000,
    invokedNs,
    completedNs,
    outcome: { kind: 'ok', appliedIndex, entryCount: entries.length, entries },
  };
}

export const unknown = { outcome: { kind: 'unknown' }, completedNs: Infinity } as const;

export function refused(requestId: string, span: Span, expected: number, last: number): AppendOperation {
  const [invokedNs, completedNs] = span;
  return {
    kind: 'append',
    requestId,
    digests: [900],
    invokedNs,
    completedNs,
    expect: { prevLogIndex: expected, prevLogTerm: expected > 0 ? 1 : 0 },
    outcome: { kind: 'conflict', last: { index: last, term: last > 0 ? 1 : 0 } },
  };
}

export function finalLog(...indexes: readonly number[]): {
  firstIndex: number;
  lastIndex: number;
  entries: readonly SeenEntry[];
} {
  return { firstIndex: 1, lastIndex: Math.max(0, ...indexes), entries: seen(...indexes) };
}

export type { Operation };
