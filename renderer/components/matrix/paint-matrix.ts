/** Paints the whole picture: the ruler, a row per node, the leader's marks, and the cell of the keyboard. */
import { text } from '../../text/matrix.ts';
import type { MatrixPalette } from './matrix-palette.ts';
import type { MatrixRow, MatrixRows } from './matrix-rows.ts';
import {
  inSight,
  rowHeight,
  rulerStep,
  xOf,
  yOf,
  type MatrixPlace,
  type MatrixSpace,
  type MatrixWindow,
} from './matrix-window.ts';
import { cellHeight, cellTop, indexNumber, paintSegment } from './paint-cells.ts';
import { segmentsOf } from './row-segments.ts';

export const rulerHeight = 20;
/** So much room between two numbers of the ruler. */
const rulerRoom = 56;
const dotWidth = 12;

export interface MatrixPicture {
  readonly rows: MatrixRows;
  readonly window: MatrixWindow;
  readonly space: MatrixSpace;
  readonly palette: MatrixPalette;
  /** The cell of the keyboard, and whether the keyboard is here. */
  readonly cursor: MatrixPlace | undefined;
  readonly hasFocus: boolean;
  /** The entry that is selected, on every node. */
  readonly chosenIndex: number | null;
}

/** The canvas is as large as ruler and window together. */
export function paintMatrix(context: CanvasRenderingContext2D, picture: MatrixPicture): void {
  const { space, window, rows } = picture;
  context.clearRect(0, 0, space.width, space.height + rulerHeight);
  context.save();
  context.translate(0, rulerHeight);
  context.beginPath();
  context.rect(0, 0, space.width, space.height);
  context.clip();
  paintChosen(context, picture);
  const { fromRow, toRow } = inSight(window, space);
  for (const [place, row] of rows.rows.entries()) {
    if (place >= fromRow && place <= toRow) paintRow(context, picture, row, yOf(window, place));
  }
  paintCommitLine(context, picture);
  paintCursor(context, picture);
  context.restore();
  paintRuler(context, picture);
}

function paintChosen(context: CanvasRenderingContext2D, { chosenIndex, window, space, palette }: MatrixPicture): void {
  if (chosenIndex === null) return;
  context.fillStyle = palette.accentSoft;
  context.fillRect(Math.round(xOf(window, chosenIndex)), 0, Math.max(2, Math.round(window.cellWidth)), space.height);
}

function paintRow(context: CanvasRenderingContext2D, picture: MatrixPicture, row: MatrixRow, y: number): void {
  const { window, space, palette, rows } = picture;
  const { from, to } = inSight(window, space);
  context.globalAlpha = row.status === 'running' ? 1 : 0.5;
  const brush = { context, palette, window, width: space.width, y };
  const words = (index: number, term: number): string[] => [text.snapshot(index, term), text.snapshotShort(index)];
  for (const segment of segmentsOf(row.log, rows.reference?.log, from, to)) paintSegment(brush, segment, words);
  if (window.cellWidth >= dotWidth) paintMissing(context, picture, row, y);
  context.globalAlpha = 1;
  paintMarks(context, picture, row, y);
}

/** A dot where other logs have an entry and this one has none. */
function paintMissing(context: CanvasRenderingContext2D, picture: MatrixPicture, row: MatrixRow, y: number): void {
  const { window, space, palette } = picture;
  const { from, to } = inSight(window, space);
  context.fillStyle = palette.borderStrong;
  for (let index = Math.max(from, row.log.lastIndex + 1); index <= to; index++) {
    context.fillRect(Math.round(xOf(window, index) + window.cellWidth / 2) - 1, y + cellTop + cellHeight / 2 - 1, 2, 2);
  }
}

/** Below the cells: ▲ what the leader knows that it has, ▷ what it sends it next. */
function paintMarks(context: CanvasRenderingContext2D, picture: MatrixPicture, row: MatrixRow, y: number): void {
  const { window, palette } = picture;
  const lane = y + cellTop + cellHeight + 1;
  context.fillStyle = palette.accent;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.25;
  if (row.match !== undefined && row.match > 0) {
    const x = xOf(window, row.match) + window.cellWidth / 2;
    context.beginPath();
    context.moveTo(x - 4, lane + 6);
    context.lineTo(x + 4, lane + 6);
    context.lineTo(x, lane);
    context.closePath();
    context.fill();
  }
  if (row.next === undefined) return;
  const x = xOf(window, row.next) + Math.min(3, window.cellWidth / 2);
  context.beginPath();
  context.moveTo(x, lane);
  context.lineTo(x + 6, lane + 3);
  context.lineTo(x, lane + 6);
  context.closePath();
  context.stroke();
}

/** Where the leader's committed entries end. */
function paintCommitLine(context: CanvasRenderingContext2D, { rows, window, space, palette }: MatrixPicture): void {
  const commit = commitOf(rows);
  if (commit === 0) return;
  const x = Math.round(xOf(window, commit + 1)) - 0.5;
  context.strokeStyle = palette.good;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, Math.min(space.height, space.rowCount * rowHeight - window.top));
  context.stroke();
  context.setLineDash([]);
}

function commitOf({ reference }: MatrixRows): number {
  return reference?.isLeader === true ? reference.log.commitIndex : 0;
}

function paintCursor(context: CanvasRenderingContext2D, { cursor, window, palette, hasFocus }: MatrixPicture): void {
  if (!cursor) return;
  const x = Math.round(xOf(window, cursor.index));
  const width = Math.max(4, Math.round(window.cellWidth));
  context.strokeStyle = hasFocus ? palette.focus : palette.muted;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(x, yOf(window, cursor.row) + cellTop - 1, width, cellHeight + 2, 4);
  context.stroke();
}

function paintRuler(
  context: CanvasRenderingContext2D,
  { rows, window, space, palette, chosenIndex }: MatrixPicture,
): void {
  const { from, to } = inSight(window, space);
  const step = rulerStep(window.cellWidth, Math.max(rulerRoom, 8 * indexNumber.format(to).length));
  context.save();
  context.beginPath();
  context.rect(0, 0, space.width, rulerHeight);
  context.clip();
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const isAtEach = window.cellWidth >= 8 * indexNumber.format(to).length + 4;
  const every = isAtEach ? 1 : step;
  const commit = commitOf(rows);
  const write = (index: number): void => {
    context.font = `${index === chosenIndex ? 700 : 400} 10px ${palette.font}`;
    context.fillStyle = index === chosenIndex ? palette.text : index === commit ? palette.good : palette.faint;
    context.fillText(indexNumber.format(index), xOf(window, index) + window.cellWidth / 2, rulerHeight / 2);
  };
  // The chosen one has its number whatever stands beside it.
  const isFree = (index: number): boolean =>
    chosenIndex === null || Math.abs(index - chosenIndex) * window.cellWidth >= rulerRoom / 2 || isAtEach;
  for (let index = Math.max(1, Math.ceil(from / every) * every); index <= to; index += every) {
    if (index === chosenIndex || isFree(index)) write(index);
  }
  if (chosenIndex !== null && chosenIndex >= from && chosenIndex <= to) write(chosenIndex);
  context.restore();
}
