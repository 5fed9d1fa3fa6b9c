/**
 * The row of the keyboard in a log list, and the run of rows that a copy takes. Rows are held by their numbers, which stay when older
 * lines fall out and when the filter changes; the ordinal is where the active one stands in the list as it is.
 */
import type { LogRowData } from '../../log-worker/log-row-data.ts';

export interface LogCursor {
  readonly row: LogRowData;
  readonly ordinal: number;
  /** Of the row at the other end of the run; the row's own when only one is chosen. */
  readonly anchor: number;
  readonly anchorOrdinal: number;
}

export function isChosen(cursor: LogCursor | undefined, number: number): boolean {
  if (!cursor) return false;
  return number >= Math.min(cursor.row.number, cursor.anchor) && number <= Math.max(cursor.row.number, cursor.anchor);
}

/** The cursor on a row; with `extend` the run reaches there from where it began. */
export function cursorOn(cursor: LogCursor | undefined, ordinal: number, row: LogRowData, extend: boolean): LogCursor {
  if (extend && cursor) return { ...cursor, row, ordinal };
  return { row, ordinal, anchor: row.number, anchorOrdinal: ordinal };
}

/** How many rows the run has. */
export function chosenCount(cursor: LogCursor | undefined): number {
  return cursor ? Math.abs(cursor.ordinal - cursor.anchorOrdinal) + 1 : 0;
}
