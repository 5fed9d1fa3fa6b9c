/** Right histories with a few answers or times changed. */
import * as fc from 'fast-check';
import type { Operation, ReadOperation } from '../../main/check/contract.ts';
import { rightHistory, type KnownHistory } from './arbitrary-history.ts';

const change = fc.record({ what: fc.nat(9), pick: fc.nat(20), by: fc.integer({ min: -3, max: 3 }) });

/** A right history with up to three changes: some are still right, most are not. */
export function changedHistory(operationsMax: number): fc.Arbitrary<KnownHistory> {
  return fc
    .tuple(rightHistory(operationsMax), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([history, changes]) =>
      changes.reduce((changed, { what, pick, by }) => {
        if (what >= 8) return { ...changed, finalLog: changedLog(changed.finalLog, what, pick) };
        const position = pick % Math.max(1, changed.operations.length);
        const operations = changed.operations.map((one, at) =>
          at === position ? changedOperation(one, what, by, pick) : one,
        );
        return { ...changed, operations };
      }, history),
    );
}

function changedLog(finalLog: KnownHistory['finalLog'], what: number, pick: number): KnownHistory['finalLog'] {
  const { entries } = finalLog;
  const at = pick % Math.max(1, entries.length);
  if (what === 8) return { ...finalLog, entries: entries.filter((_, position) => position !== at) };
  return {
    ...finalLog,
    entries: entries.map((entry, position) => (position === at ? { ...entry, digest: 7 } : entry)),
  };
}

function changedOperation(operation: Operation, what: number, by: number, pick: number): Operation {
  if (what < 2) {
    const invokedNs = Math.max(0, operation.invokedNs + by * 2);
    return { ...operation, invokedNs, completedNs: Math.max(invokedNs, operation.completedNs) };
  }
  if (what === 2) return { ...operation, completedNs: Math.max(operation.invokedNs, operation.completedNs + by * 2) };
  if (operation.kind === 'read') return changedRead(operation, what, by, pick);
  if (operation.kind !== 'append') return operation;
  const { outcome } = operation;
  if (outcome.kind === 'conflict' && outcome.last && what < 6)
    return {
      ...operation,
      outcome: { ...outcome, last: { ...outcome.last, index: Math.max(0, outcome.last.index + by) } },
    };
  if (outcome.kind === 'ok' && what < 6) {
    const [firstIndex, lastIndex] = [outcome.firstIndex + by, outcome.lastIndex + by];
    return { ...operation, outcome: { ...outcome, firstIndex, lastIndex } };
  }
  if (outcome.kind === 'ok') return { ...operation, outcome: { kind: 'unknown' } };
  return outcome.kind === 'unknown' ? { ...operation, outcome: { kind: 'failed', code: 'no-leader' } } : operation;
}

function changedRead(operation: ReadOperation, what: number, by: number, pick: number): ReadOperation {
  const { outcome } = operation;
  if (outcome.kind !== 'ok') return operation;
  const { entries = [] } = outcome;
  if (what < 5) return { ...operation, outcome: { ...outcome, appliedIndex: Math.max(0, outcome.appliedIndex + by) } };
  const kept = entries.filter((_, position) => position !== pick % Math.max(1, entries.length));
  return { ...operation, outcome: { ...outcome, entries: kept } };
}
