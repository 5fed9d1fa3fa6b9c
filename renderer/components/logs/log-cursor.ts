/**
 * The row of the keyboard in a log list, and the run of rows that a copy takes. Rows are held by their numbers, which
 * stay when older lines fall out and when the filter changes.
 */
import type { FilteredLog } from '../../stores/filtered-log.ts';
import type { LogItem } from '../../stores/log-buffer.ts';

export interface LogCursor {
  readonly active: number;
  /** The other end of the run; equals `active` when only one row is chosen. */
  readonly anchor: number;
}

export function isChosen(cursor: LogCursor | undefined, number: number): boolean {
  if (!cursor) return false;
  return number >= Math.min(cursor.active, cursor.anchor) && number <= Math.max(cursor.active, cursor.anchor);
}

/** The cursor on the row at `position`; with `extend` the run reaches there from where it began. */
export function moveCursor(
  cursor: LogCursor | undefined,
  lines: FilteredLog,
  position: number,
  extend: boolean,
): LogCursor | undefined {
  const number = lines.numberAt(Math.max(0, Math.min(position, lines.length - 1)));
  if (number === undefined) return cursor;
  return { active: number, anchor: extend && cursor ? cursor.anchor : number };
}

/** The position of the cursor's row, or the next one when it is no longer shown; undefined without a cursor. */
export function positionOfCursor(cursor: LogCursor | undefined, lines: FilteredLog): number | undefined {
  return cursor && lines.length > 0 ? Math.min(lines.positionOf(cursor.active), lines.length - 1) : undefined;
}

/** The rows of the run that are shown, oldest first. */
export function chosenItems(cursor: LogCursor | undefined, lines: FilteredLog): LogItem[] {
  if (!cursor) return [];
  const first = lines.positionOf(Math.min(cursor.active, cursor.anchor));
  const end = lines.positionOf(Math.max(cursor.active, cursor.anchor) + 1);
  return itemsBetween(lines, first, end);
}

export function itemsBetween(lines: FilteredLog, first: number, end: number): LogItem[] {
  const items: LogItem[] = [];
  for (let position = first; position < end; position += 1) {
    const item = lines.itemAt(position);
    if (item) items.push(item);
  }
  return items;
}

/** The position of the next row, in one direction, that is what `isWanted` asks for; undefined when there is none. */
export function findPosition(
  lines: FilteredLog,
  from: number,
  step: 1 | -1,
  isWanted: (item: LogItem) => boolean,
): number | undefined {
  for (let position = from + step; position >= 0 && position < lines.length; position += step) {
    const item = lines.itemAt(position);
    if (item && isWanted(item)) return position;
  }
  return undefined;
}
