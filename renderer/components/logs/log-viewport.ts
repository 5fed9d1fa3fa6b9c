/**
 * The window onto a list of any length: fixed-height rows from a pool, following the tail or standing at a line.
 * It only ever writes to the layout; what it must know is remembered, since reading it back costs a layout each frame.
 */
import { topThatShows } from './top-that-shows.ts';
import type { LogRowData } from '../../log-worker/log-row-data.ts';
import type { LogLines } from '../../stores/log-lines.ts';
import { LogRow, type RowMarks, type RowShape } from './log-row.ts';

/** How rows look; asked for each row that is filled. */
export interface RowLook {
  time(row: LogRowData, previous: LogRowData | undefined): string;
  marks(row: LogRowData): RowMarks;
}

const overscan = 4; // Rows kept ready above and below the window.
export class LogViewport {
  readonly #scroller: HTMLElement;
  readonly #canvas: HTMLElement;
  readonly #shape: RowShape;
  readonly #look: RowLook;
  readonly #rowHeight: number;
  #pool: LogRow[] = [];
  #lines: LogLines | undefined;
  #height = 0;
  #canvasHeight = -1;
  #top = 0;
  #lookVersion = 0;
  /** While not following: the line at the top edge, and how much of it is above the edge. */
  #topOrdinal = 0;
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

  /** The rows on screen, in no order: for what is drawn over them. */
  get rows(): readonly LogRow[] {
    return this.#pool;
  }

  get #topMax(): number {
    return Math.max(0, (this.#lines?.length ?? 0) * this.#rowHeight - this.#height);
  }

  setHeight(height: number): void {
    this.#height = height;
    this.render();
  }

  setLines(lines: LogLines | undefined): void {
    this.#lines?.follow(0);
    this.#lines = lines;
    this.refresh();
  }

  /** Fills every row again: what `RowLook` answers has changed. */
  refresh(): void {
    this.#lookVersion += 1;
    this.render();
  }

  /** Brings the rows up to date with the lines. */
  render(): void {
    const lines = this.#lines;
    if (!lines) return;
    const count = lines.length;
    this.#setCanvasHeight(count * this.#rowHeight);
    this.#scrollTo(this.isFollowing ? this.#topMax : this.#anchoredTop(lines));
    const first = Math.max(0, Math.floor(this.#top / this.#rowHeight) - overscan);
    const end = Math.min(count, Math.ceil((this.#top + this.#height) / this.#rowHeight) + overscan);
    this.#growPool(end - first);
    lines.follow(this.isFollowing ? this.#pool.length + overscan : 0);
    // The first row's time may count from the line above it.
    lines.want(lines.first + first - 1, lines.first + end);
    this.#keepNear(lines);
    for (const row of this.#pool) {
      const position = row.ordinal - lines.first;
      if (row.version !== lines.version || position < first || position >= end) row.hide();
    }
    for (let position = first; position < end; position += 1) this.#fill(lines, position);
  }

  /** The line at the top is where a new filter begins. */
  #keepNear(lines: LogLines): void {
    lines.near = this.isFollowing ? null : (lines.rowAt(this.#topOrdinal)?.number ?? lines.near);
  }

  #anchoredTop(lines: LogLines): number {
    return Math.min(Math.max(0, (this.#topOrdinal - lines.first) * this.#rowHeight + this.#topOffset), this.#topMax);
  }

  /** Ordinals map to rows round robin: scrolling by three lines fills three rows. */
  #fill(lines: LogLines, position: number): void {
    const ordinal = lines.first + position;
    const size = this.#pool.length;
    const row = this.#pool[((ordinal % size) + size) % size];
    if (!row) return;
    row.place(position * this.#rowHeight);
    const data = lines.rowAt(ordinal);
    const isThere = row.ordinal === ordinal && row.version === lines.version && row.look === this.#lookVersion;
    if (isThere && row.isBlank === (data === undefined)) return;
    row.ordinal = ordinal;
    row.version = lines.version;
    row.look = this.#lookVersion;
    if (data) row.show(data, this.#look.time(data, lines.rowAt(ordinal - 1)), this.#look.marks(data));
    else row.showBlank();
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
    this.#topOrdinal = (this.#lines?.first ?? 0) + position;
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

  /** The list has other ordinals: the line at the top edge has this one now. */
  standAt(ordinal: number): void {
    [this.isFollowing, this.#topOrdinal] = [false, ordinal];
    this.render();
  }

  /** Moves as little as is needed for the line to be seen, or to the middle when it is far away. */
  reveal(ordinal: number): void {
    const rowTop = (ordinal - (this.#lines?.first ?? 0)) * this.#rowHeight;
    this.stay();
    const wanted = topThatShows(rowTop, this.#rowHeight, this.#top, this.#height);
    if (wanted === undefined) return;
    this.#remember(Math.round(Math.min(Math.max(0, wanted), this.#topMax)));
    this.render();
  }

  /** The ordinal of the last line that is wholly in the window. */
  get lastVisible(): number {
    const { first, length } = this.#lines ?? { first: 0, length: 0 };
    const last = Math.floor((this.#top + this.#height) / this.#rowHeight) - 1;
    return first + Math.max(0, Math.min(last, length - 1));
  }

  /** At a height of the window, in pixels from the list's top edge on screen. */
  ordinalAtY(y: number): number {
    return (this.#lines?.first ?? 0) + Math.floor((this.#scroller.scrollTop + y) / this.#rowHeight);
  }
}
