/** Paints the entries of one row: each cell with its term where there is room, stretches of colour where there is not. */
import { termColour, type MatrixPalette } from './matrix-palette.ts';
import type { Segment } from './row-segments.ts';
import { xOf, type MatrixWindow } from './matrix-window.ts';

/** Where a cell stands in its row, px. Below it is the lane of the leader's marks. */
export const cellTop = 3;
export const cellHeight = 19;
/** Cells are drawn one by one from here on. */
const singleWidth = 12;
/** Beside the committed fill the term's number must be read: so much of the colour. */
const fillAlpha = 0.3;
/** Room for a ≠ before the number. */
const signWidth = 9;
const number = new Intl.NumberFormat('en');

export interface RowBrush {
  readonly context: CanvasRenderingContext2D;
  readonly palette: MatrixPalette;
  readonly window: MatrixWindow;
  readonly width: number;
  /** The row's upper edge. */
  readonly y: number;
}

export function paintSegment(
  brush: RowBrush,
  segment: Segment,
  snapshotWords: (index: number, term: number) => string[],
): void {
  if (segment.cell.kind === 'snapshot') paintSnapshot(brush, segment, snapshotWords);
  else if (brush.window.cellWidth < singleWidth) paintStretch(brush, segment);
  else for (let index = segment.from; index <= segment.to; index++) paintCell(brush, segment, index);
}

function paintCell({ context, palette, window, y }: RowBrush, { cell, differs }: Segment, index: number): void {
  if (cell.kind !== 'entry') return;
  const x = Math.round(xOf(window, index)) + 1;
  const width = Math.round(xOf(window, index + 1)) - x - 1;
  const top = y + cellTop;
  const colour = termColour(palette, cell.term);
  context.beginPath();
  context.roundRect(x + 0.5, top + 0.5, width - 1, cellHeight - 1, 3);
  if (cell.isCommitted) fillSoftly(context, colour);
  context.setLineDash(cell.isCommitted ? [] : [3, 2]);
  context.strokeStyle = differs ? palette.bad : colour;
  context.lineWidth = differs ? 1.5 : 1;
  context.stroke();
  context.setLineDash([]);
  if (cell.isApplied) {
    context.fillStyle = colour;
    context.fillRect(x + 4, top + cellHeight - 4, width - 8, 2);
  }
  const sign = differs ? signWidth : 0;
  paintNumber({ context, palette }, cell.term, cell.isCommitted ? palette.text : colour, {
    x: x + (width + sign) / 2,
    y: top + cellHeight / 2 - (cell.isApplied ? 1 : 0),
    room: width - 4 - sign,
  });
  if (differs) paintDiffers({ context, palette }, x, top);
  if (!cell.isPersisted) paintNotOnDisk({ context, palette }, x + width - 3, top + 3);
}

function fillSoftly(context: CanvasRenderingContext2D, colour: string): void {
  const before = context.globalAlpha;
  context.globalAlpha = before * fillAlpha;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = before;
}

type Pen = Pick<RowBrush, 'context' | 'palette'>;

function paintNumber(
  { context, palette }: Pen,
  term: number,
  colour: string,
  at: { readonly x: number; readonly y: number; readonly room: number },
): void {
  const words = `${term}`;
  const size = words.length * 7 <= at.room ? 11 : 9;
  if (words.length * size * 0.62 > at.room) return;
  context.font = `600 ${size}px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.fillText(words, at.x, at.y + 0.5);
}

/** A ≠ before the number. */
function paintDiffers({ context, palette }: Pen, x: number, top: number): void {
  context.font = `700 11px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = palette.bad;
  context.fillText('≠', x + signWidth / 2 + 1, top + cellHeight / 2);
}

/** A hollow dot at the upper right corner. */
function paintNotOnDisk({ context, palette }: Pen, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 3, 0, 2 * Math.PI);
  context.fillStyle = palette.pane;
  context.fill();
  context.strokeStyle = palette.warn;
  context.lineWidth = 1.5;
  context.stroke();
}

/** Cells too narrow for a number: one bar, and the same marks as lines along it. */
function paintStretch({ context, palette, window, width, y }: RowBrush, { cell, differs, from, to }: Segment): void {
  if (cell.kind !== 'entry') return;
  const gap = window.cellWidth >= 4 ? 1 : 0;
  const left = Math.max(-2, xOf(window, from));
  const right = Math.min(width + 2, xOf(window, to + 1) - gap);
  const x = Math.round(left);
  const wide = Math.max(1, Math.round(right) - x);
  const top = y + cellTop;
  const colour = termColour(palette, cell.term);
  const before = context.globalAlpha;
  context.fillStyle = colour;
  context.globalAlpha = before * (cell.isCommitted ? 0.5 : 0.14);
  context.fillRect(x, top, wide, cellHeight);
  context.globalAlpha = before;
  if (cell.isApplied) context.fillRect(x, top + cellHeight - 3, wide, 3);
  if (!cell.isCommitted) paintDashedEdges(context, colour, { x, wide, top });
  if (!cell.isPersisted) {
    context.fillStyle = palette.warn;
    context.fillRect(x, top, wide, 2);
  }
  if (differs) {
    context.fillStyle = palette.bad;
    context.fillRect(x, top + cellHeight / 2 - 2, wide, 4);
  }
  if (gap > 0) paintGaps({ context, palette, window }, { x, wide, top }, from);
}

interface Bar {
  readonly x: number;
  readonly wide: number;
  readonly top: number;
}

function paintDashedEdges(context: CanvasRenderingContext2D, colour: string, { x, wide, top }: Bar): void {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash([3, 2]);
  context.beginPath();
  for (const edge of [top + 0.5, top + cellHeight - 0.5]) {
    context.moveTo(x, edge);
    context.lineTo(x + wide, edge);
  }
  context.stroke();
  context.setLineDash([]);
}

/** Hair lines between cells, so that they can be counted. */
function paintGaps(
  { context, palette, window }: Pick<RowBrush, 'context' | 'palette' | 'window'>,
  bar: Bar,
  from: number,
): void {
  context.fillStyle = palette.pane;
  const first = Math.max(from, Math.floor((window.left + bar.x) / window.cellWidth) + 1);
  for (let index = first; xOf(window, index + 1) <= bar.x + bar.wide + 1; index++) {
    context.fillRect(Math.round(xOf(window, index + 1)) - 1, bar.top, 1, cellHeight);
  }
}

/** One wide cell for all that is no entry any more. */
function paintSnapshot(
  { context, palette, window, width, y }: RowBrush,
  { cell, to }: Segment,
  wordsOf: (index: number, term: number) => string[],
): void {
  if (cell.kind !== 'snapshot') return;
  const left = Math.max(-4, xOf(window, 1)) + 1;
  const right = Math.min(width + 4, xOf(window, to + 1)) - 1;
  if (right - left < 1) return;
  const top = y + cellTop;
  context.beginPath();
  context.roundRect(left + 0.5, top + 0.5, right - left - 1, cellHeight - 1, 3);
  context.fillStyle = palette.active;
  context.fill();
  context.strokeStyle = palette.borderStrong;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = termColour(palette, cell.term);
  context.fillRect(right - 4, top + 1, 3, cellHeight - 2);
  context.font = `500 11px ${palette.font}`;
  const room = Math.min(right, width) - Math.max(left, 0) - 14;
  const words = wordsOf(cell.lastIncludedIndex, cell.term).find((one) => context.measureText(one).width <= room);
  if (words === undefined) return;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = palette.text;
  context.fillText(words, (Math.max(left, 0) + Math.min(right, width) - 4) / 2, top + cellHeight / 2 + 0.5);
}

export { number as indexNumber };
