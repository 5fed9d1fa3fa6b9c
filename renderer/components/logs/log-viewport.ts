/**
 * The window onto a list of any length: fixed-height rows from a pool, following the tail or standing at a line.
 * It only ever writes to the layout; what it must know is remembered, since reading it back costs a layout each frame.
 */
import type { FilteredLog } from '../../stores/filtered-log.ts';
import type { LogItem } from '../../stores/log-buffer.ts';
import { LogRow, type RowMarks, type RowShape } from './log-row.ts';

/** How rows look; asked for each row that is filled. */
export interface RowLook {
  time(item: LogItem, previous: LogItem | undefined): string;
  marks(item: LogItem, number: number): RowMarks;
}

/** Rows kept ready above and below the window. */
const overscan = 4;

export class LogViewport {
  readonly #scroller: HTMLElement;
  readonly #canvas: HTMLElement;
  readonly #shape: RowShape;
  readonly #look: RowLook;
  readonly #rowHeight: number;
  #pool: LogRow[] = [];
  #lines: FilteredLog | undefined;
  #height = 0;
  #canvasHeight = -1;
  #top = 0;
  #version = 0;
  /** While not following: the line at the top edge, and how much of it is above the edge. */
  #topNumber = -1;
  #topOffset = 0;
  isFollowing = true;

  constructor(scroller: HTMLElement, canvas: HTMLElement, shape: RowShape, look: RowLook, rowHeight: number) {
    this.#scroller = scroller;
    this.#canvas = canvas;
    this.#shape = shape;
    this.#look = look;
    this.#rowHeight = rowHeight;
  }

  /** Rows that a page key moves by. */
  get pageStep(): number {
    return Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
  }

  get #topMax(): number {
    return Math.max(0, (this.#lines?.length ?? 0) * this.#rowHeight - this.#height);
  }

  setHeight(height: number): void {
    this.#height = height;
    this.render();
  }

  setLines(lines: FilteredLog | undefined): void {
    this.#lines = lines;
    this.refresh();
  }

  /** Fills every row again: what `RowLook` answers has changed. */
  refresh(): void {
    this.#version += 1;
    this.render();
  }

  /** Brings the rows up to date with the lines. */
  render(): void {
    const lines = this.#lines;
    const count = lines?.length ?? 0;
    this.#setCanvasHeight(count * this.#rowHeight);
    this.#scrollTo(this.isFollowing || !lines ? this.#topMax : this.#anchoredTop(lines));
    const first = Math.max(0, Math.floor(this.#top / this.#rowHeight) - overscan);
    const end = Math.min(count, Math.ceil((this.#top + this.#height) / this.#rowHeight) + overscan);
    this.#growPool(end - first);
    for (const row of this.#pool) if (row.position < first || row.position >= end) row.hide();
    if (lines) for (let position = first; position < end; position += 1) this.#fill(lines, position);
  }

  #anchoredTop(lines: FilteredLog): number {
    if (this.#topNumber < 0) return 0;
    const position = lines.positionOf(this.#topNumber);
    const offset = lines.numberAt(position) === this.#topNumber ? this.#topOffset : 0;
    return Math.min(position * this.#rowHeight + offset, this.#topMax);
  }

  /** Positions map to rows round robin: scrolling by three lines fills three rows. */
  #fill(lines: FilteredLog, position: number): void {
    const row = this.#pool[position % this.#pool.length];
    const number = lines.numberAt(position);
    const item = lines.itemAt(position);
    if (!row || number === undefined || item === undefined) return;
    if (row.position !== position) row.place(position * this.#rowHeight);
    row.position = position;
    if (row.number === number && row.version === this.#version) return;
    row.number = number;
    row.version = this.#version;
    row.show(item, this.#look.time(item, lines.itemAt(position - 1)), this.#look.marks(item, number));
  }

  #growPool(size: number): void {
    if (size <= this.#pool.length) return;
    for (const row of this.#pool) row.hide();
    while (this.#pool.length < size) {
      const row = new LogRow(this.#shape);
      this.#pool.push(row);
      this.#canvas.append(row.element);
    }
  }

  #setCanvasHeight(height: number): void {
    if (height === this.#canvasHeight) return;
    this.#canvasHeight = height;
    this.#canvas.style.height = `${height}px`;
  }

  #scrollTo(top: number): void {
    const rounded = Math.round(top);
    if (rounded === this.#top) return;
    this.#top = rounded;
    this.#scroller.scrollTop = rounded;
  }

  /** The scroller has moved. Our own moves come back, too: they change nothing. */
  scrolled(): void {
    const top = this.#scroller.scrollTop;
    if (Math.abs(top - this.#top) < 1) return;
    this.#top = top;
    // A list that becomes taller is moved by the browser before anyone says so: at its end it still follows.
    this.#height = this.#scroller.clientHeight;
    this.isFollowing = top >= this.#canvasHeight - this.#height - 1;
    this.#remember(top);
    this.render();
  }

  #remember(top: number): void {
    const position = Math.floor(top / this.#rowHeight);
    this.#topNumber = this.#lines?.numberAt(position) ?? -1;
    this.#topOffset = top - position * this.#rowHeight;
  }

  follow(): void {
    this.isFollowing = true;
    this.render();
  }

  /** Stops following; the lines stay where they are. */
  stay(): void {
    if (!this.isFollowing) return;
    this.isFollowing = false;
    this.#remember(this.#top);
  }

  /** Moves as little as is needed for the line at `position` to be seen, or to the middle when it is far away. */
  reveal(position: number): void {
    const rowTop = position * this.#rowHeight;
    const lowest = rowTop + this.#rowHeight - this.#height;
    this.stay();
    if (rowTop >= this.#top && lowest <= this.#top) return;
    const isFar = Math.abs(rowTop - this.#top) > 2 * this.#height;
    const wanted = isFar ? rowTop - this.#height / 2 : rowTop < this.#top ? rowTop : lowest;
    this.#remember(Math.round(Math.min(Math.max(0, wanted), this.#topMax)));
    this.render();
  }

  /** The last position that is wholly in the window. */
  get lastVisible(): number {
    const last = Math.floor((this.#top + this.#height) / this.#rowHeight) - 1;
    return Math.max(0, Math.min(last, (this.#lines?.length ?? 0) - 1));
  }

  /** The position at a height of the window, in pixels from the list's top edge on screen. */
  positionAtY(y: number): number {
    return Math.floor((this.#scroller.scrollTop + y) / this.#rowHeight);
  }
}
