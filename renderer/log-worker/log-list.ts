/** One list of the log: what is shown of it, what has come since a pause, what matches. */
import { FilteredLines } from './filtered-lines.ts';
import { LineFilter, TextTest } from './line-filter.ts';
import { levelCodeOf } from './log-chunk.ts';
import type { LinePlace, ListSpec, ListState, PlacedRow, Wanted } from './log-messages.ts';
import type { LogRowData } from './log-row-data.ts';
import { rowOf, type LogSource } from './log-store.ts';
import { numberAtPlace } from './line-place.ts';

export interface LogListOptions {
  readonly spec: ListSpec;
  readonly version: number;
  readonly expression: RegExp | null;
  readonly hide: boolean;
  readonly live: LogSource;
  /** While paused: what is shown instead. */
  readonly held: LogSource | undefined;
  readonly bookmarks: ReadonlySet<number>;
  readonly near: number | undefined;
}

export class LogList {
  readonly version: number;
  readonly #filter: LineFilter;
  readonly #text: TextTest | null;
  readonly #bookmarks: ReadonlySet<number>;
  readonly #live: LogSource;
  #source: LogSource;
  readonly lines: FilteredLines;
  /** While paused: what has come since. */
  #ahead: FilteredLines | undefined;
  /** Where lines that do not match are shown as well: those that do. */
  readonly #matches: FilteredLines | undefined;
  /** Rows at the end that the page follows, and the ordinal behind the last one that it was sent. */
  tailCount = 0;
  #sentEnd = -Infinity;

  constructor({ spec, version, expression, hide, live, held, bookmarks, near }: LogListOptions) {
    this.version = version;
    this.#live = live;
    this.#source = held ?? live;
    this.#bookmarks = bookmarks;
    this.#text = expression && new TextTest(expression);
    this.#filter = new LineFilter({ ...spec, expression: hide ? expression : null });
    const start = near ?? this.#source.nextNumber - 1;
    this.lines = new FilteredLines(this.#source, this.#filter, { start, always: bookmarks });
    if (expression && !hide)
      this.#matches = new FilteredLines(live, new LineFilter({ ...spec, expression }), { start });
    if (held) this.pause(held);
  }

  get isSettled(): boolean {
    return this.lines.isSettled && (this.#ahead?.isSettled ?? true) && (this.#matches?.isSettled ?? true);
  }

  pause(held: LogSource): void {
    this.#source = held;
    this.lines.retarget(held);
    this.#ahead = new FilteredLines(this.#live, this.#filter, { from: held.nextNumber });
  }

  resume(): void {
    this.#source = this.#live;
    this.lines.retarget(this.#live);
    this.#ahead = undefined;
  }

  work(isTimeUp: () => boolean): void {
    this.lines.work(isTimeUp);
    this.#ahead?.work(isTimeUp);
    this.#matches?.work(isTimeUp);
  }

  follow(count: number): void {
    this.tailCount = count;
    this.#sentEnd = -Infinity;
  }

  state(key: ListSpec['key']): ListState {
    const { firstOrdinal: first, endOrdinal: end } = this.lines;
    const tail = this.#newTail();
    return {
      key,
      version: this.version,
      first,
      end,
      isSettled: this.isSettled,
      newCount: this.#ahead?.length ?? 0,
      matchCount: this.#matches?.length ?? 0,
      ...(tail && { tail }),
    };
  }

  #newTail(): ListState['tail'] {
    const { firstOrdinal, endOrdinal } = this.lines;
    // Lines found before those that were sent come into the window of a list that is not full yet.
    const from = Math.max(firstOrdinal, endOrdinal - this.tailCount);
    const isWhole = this.#sentEnd >= endOrdinal && endOrdinal - from >= this.tailCount;
    if (this.tailCount === 0 || isWhole) return undefined;
    const start = endOrdinal - from < this.tailCount ? from : Math.max(from, this.#sentEnd);
    this.#sentEnd = endOrdinal;
    return { from: start, rows: this.rows(start, endOrdinal) };
  }

  /** Rows of ordinals that are there. */
  rows(from: number, end: number): LogRowData[] {
    const rows: LogRowData[] = [];
    let left = Math.min(end, this.lines.endOrdinal) - from;
    for (const number of this.lines.numbersFrom(from, 1)) {
      if (left-- <= 0) break;
      const row = rowOf(this.#source, number);
      if (!row) break;
      rows.push(row);
    }
    return rows;
  }

  /** Ordinals of rows that are there, from `from` to before `end`. */
  clip(from: number, end: number): readonly [number, number] {
    const { firstOrdinal, endOrdinal } = this.lines;
    const first = Math.max(from, firstOrdinal);
    return [first, Math.max(first, Math.min(end, endOrdinal))];
  }

  locate(place: LinePlace): PlacedRow | null {
    const number = numberAtPlace(this.#source, place);
    if (number === undefined) return null;
    const at = this.lines.ordinalOf(number);
    // The line itself, or the last one shown before it.
    return this.#placed(this.lines.numberAt(at) === number ? at : Math.max(at - 1, this.lines.firstOrdinal));
  }

  find(from: number | null, step: 1 | -1, wanted: Wanted): PlacedRow | null {
    const { lines } = this;
    const start =
      from === null
        ? step > 0
          ? lines.firstOrdinal
          : lines.endOrdinal - 1
        : step > 0
          ? lines.ordinalOf(from + 1)
          : lines.ordinalOf(from) - 1;
    let ordinal = start;
    for (const number of lines.numbersFrom(start, step)) {
      if (this.#is(number, wanted)) return this.#placed(ordinal);
      ordinal += step;
    }
    return null;
  }

  #is(number: number, wanted: Wanted): boolean {
    if (wanted === 'bookmark') return this.#bookmarks.has(number);
    const chunk = this.#source.chunkOf(number);
    if (!chunk) return false;
    const at = number - chunk.firstNumber;
    if (wanted === 'match') return this.#text?.matches(chunk, at) ?? false;
    return chunk.levels[at] === levelCodeOf(wanted);
  }

  /** True when the line stands in the list only because it was marked, and is marked no longer. */
  showsInVain(number: number): boolean {
    if (this.lines.numberAt(this.lines.ordinalOf(number)) !== number) return false;
    const chunk = this.#source.chunkOf(number);
    return (
      chunk !== undefined && !this.#bookmarks.has(number) && !this.#filter.passes(chunk, number - chunk.firstNumber)
    );
  }

  #placed(ordinal: number): PlacedRow | null {
    const number = this.lines.numberAt(ordinal);
    const row = number === undefined ? undefined : rowOf(this.#source, number);
    return row ? { ordinal, row } : null;
  }

  /** Numbers of the lines shown, between two numbers. */
  *numbersBetween(first: number, last: number): Generator<number> {
    for (const number of this.lines.numbersFrom(this.lines.ordinalOf(first), 1)) {
      if (number > last) return;
      yield number;
    }
  }
}
