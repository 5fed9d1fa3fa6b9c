/**
 * The window onto logs of any length: which entries and rows are in sight, at which size. Plain numbers in CSS pixels; nothing here
 * knows of the screen. Entry 1 begins at x = 0 of the content, row 0 at y = 0.
 */

export interface MatrixWindow {
  /** Pixels per entry; less than one shows several in a pixel. */
  readonly cellWidth: number;
  /** What of the content is left of and above the window. */
  readonly left: number;
  readonly top: number;
  /** The end of the logs stays in sight. */
  readonly isFollowing: boolean;
}

/** What there is to see, and the room for it. */
export interface MatrixSpace {
  readonly width: number;
  readonly height: number;
  readonly rowCount: number;
  /** The longest log's. */
  readonly lastIndex: number;
}

/** A place in it. `index` is that of an entry, or of where one would be. */
export interface MatrixPlace {
  readonly row: number;
  readonly index: number;
}

export const rowHeight = 30;
/** Pixels per entry: with numbers, without, and the least. */
export const numberWidth = 28;
export const compactWidth = 8;
const zoomSteps = [numberWidth, 14, compactWidth, 4, 2, 1, 0.5, 0.1, 0.02, 0.002];

export const startWindow: MatrixWindow = { cellWidth: numberWidth, left: 0, top: 0, isFollowing: true };

/** Behind the end there is room for what comes next, so that a leader's `next` is in sight. */
function contentWidth({ cellWidth }: MatrixWindow, { lastIndex }: MatrixSpace): number {
  return lastIndex * cellWidth + Math.max(cellWidth, 12);
}

function leftMax(window: MatrixWindow, space: MatrixSpace): number {
  return Math.max(0, contentWidth(window, space) - space.width);
}

export function topMax({ rowCount, height }: MatrixSpace): number {
  return Math.max(0, rowCount * rowHeight - height);
}

/** The whole log is in sight. */
export function isAllInSight(window: MatrixWindow, space: MatrixSpace): boolean {
  return leftMax(window, space) === 0;
}

/** Keeps the window on the content, and at its end while it follows. */
export function fitted(window: MatrixWindow, space: MatrixSpace): MatrixWindow {
  const most = leftMax(window, space);
  const left = window.isFollowing ? most : Math.min(Math.max(0, window.left), most);
  const top = Math.min(Math.max(0, window.top), topMax(space));
  return left === window.left && top === window.top ? window : { ...window, left, top };
}

/** Moves it by pixels. At the end it follows, anywhere else it does not. */
export function movedBy(window: MatrixWindow, space: MatrixSpace, byX: number, byY: number): MatrixWindow {
  const left = window.left + byX;
  const isFollowing = byX === 0 ? window.isFollowing : left >= leftMax(window, space);
  return fitted({ ...window, left, top: window.top + byY, isFollowing }, space);
}

export function following(window: MatrixWindow, space: MatrixSpace): MatrixWindow {
  return fitted({ ...window, isFollowing: true }, space);
}

/** Moves as little as is needed for a place to be in sight, or to the middle when it is far away. */
export function revealing(window: MatrixWindow, space: MatrixSpace, { row, index }: MatrixPlace): MatrixWindow {
  const { cellWidth, left, top } = window;
  const x = (index - 1) * cellWidth;
  const isInSight = x >= left && x + cellWidth <= left + space.width;
  const isFar = x < left - space.width || x > left + 2 * space.width;
  const nearest = x < left ? x : x + cellWidth - space.width;
  const y = row * rowHeight;
  const nextTop = y < top ? y : Math.max(top, y + rowHeight - space.height);
  if (isInSight) return fitted({ ...window, top: nextTop }, space);
  const nextLeft = isFar ? x - (space.width - cellWidth) / 2 : nearest;
  return fitted({ ...window, left: nextLeft, top: nextTop, isFollowing: false }, space);
}

/** Another size of cells; what is at `x` of the window stays there. */
export function zoomed(window: MatrixWindow, space: MatrixSpace, cellWidth: number, x: number): MatrixWindow {
  const left = ((window.left + x) / window.cellWidth) * cellWidth - x;
  return fitted({ ...window, cellWidth, left }, space);
}

/** One step larger or smaller; the same when there is none. */
export function nextZoom(cellWidth: number, step: 1 | -1): number {
  const larger = zoomSteps.filter((width) => width > cellWidth);
  const smaller = zoomSteps.filter((width) => width < cellWidth);
  return (step === 1 ? larger.at(-1) : smaller[0]) ?? cellWidth;
}

/** Where an entry begins in the window. */
export function xOf({ cellWidth, left }: MatrixWindow, index: number): number {
  return (index - 1) * cellWidth - left;
}

export function yOf({ top }: MatrixWindow, row: number): number {
  return row * rowHeight - top;
}

/** What is at a point of the window; undefined beside the content. */
export function placeAt(window: MatrixWindow, space: MatrixSpace, x: number, y: number): MatrixPlace | undefined {
  const index = Math.floor((window.left + x) / window.cellWidth) + 1;
  const row = Math.floor((window.top + y) / rowHeight);
  const isBeside = x < 0 || x >= space.width || y < 0 || y >= space.height || row >= space.rowCount;
  return isBeside || index < 1 || index > space.lastIndex ? undefined : { row, index };
}

/** The entries and rows that are in sight, wholly or in part; the last ones included. */
export function inSight(
  window: MatrixWindow,
  space: MatrixSpace,
): { readonly from: number; readonly to: number; readonly fromRow: number; readonly toRow: number } {
  const { cellWidth, left, top } = window;
  return {
    from: Math.floor(left / cellWidth) + 1,
    to: Math.min(space.lastIndex, Math.ceil((left + space.width) / cellWidth)),
    fromRow: Math.floor(top / rowHeight),
    toRow: Math.min(space.rowCount, Math.ceil((top + space.height) / rowHeight)) - 1,
  };
}

/** How far apart the numbers of a ruler stand, in entries: 1, 2, 5, 10, 20 … so that `room` pixels lie between them. */
export function rulerStep(cellWidth: number, room: number): number {
  const least = room / cellWidth;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(least)));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? power * 10;
}
