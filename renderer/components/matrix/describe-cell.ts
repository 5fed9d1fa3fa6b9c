/** A cell of the matrix in words. */
import { cellAt } from '../../../shared/projection/log-cell.ts';
import { text } from '../../text/matrix.ts';
import { differsAt } from './row-segments.ts';
import type { MatrixRow } from './matrix-rows.ts';

/** `Node 2, index 17, term 3, committed, not applied`. */
export function describeCell(row: MatrixRow, reference: MatrixRow | undefined, index: number): string {
  const words = [text.node(row.id), ...stateWords(row, reference, index)];
  if (row.match === index && index > 0) words.push(text.matchHere);
  if (row.next === index) words.push(text.nextHere);
  return words.join(', ');
}

/** Without the node: `index 17`, `term 3`, `committed`, `not applied`. */
export function stateWords(row: MatrixRow, reference: MatrixRow | undefined, index: number): readonly string[] {
  const cell = cellAt(row.log, index);
  if (cell.kind === 'missing') return [text.index(index), text.missing];
  if (cell.kind === 'snapshot') return [text.snapshot(cell.lastIncludedIndex, cell.term)];
  const words = [text.index(index), text.term(cell.term), cell.isCommitted ? text.committed : text.uncommitted];
  if (cell.isCommitted) words.push(cell.isApplied ? text.applied : text.notApplied);
  if (!cell.isPersisted) words.push(text.notOnDisk);
  const other = reference && reference !== row ? cellAt(reference.log, index) : undefined;
  if (other?.kind === 'entry' && differsAt(row.log, reference?.log, index) && reference) {
    words.push(text.differs(reference.id, other.term, reference.isLeader));
  }
  return words;
}
