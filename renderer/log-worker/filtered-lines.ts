/**
 * The lines of the log that pass a filter, kept up to date in slices of work. A new filter is worked off from one place in both
 * directions, so that what is on screen is there at once.
 *
 * A line that passes has an **ordinal**: those found behind the starting place count up from 0, those before it down from −1. It
 * stays while older lines fall out and more are found, until there is another filter.
 */
import { countBelow, type FilterRun } from './filter-run.ts';
import { chunkLines, type LogChunk } from './log-chunk.ts';
import type { LineFilter } from './line-filter.ts';
import type { LogSource } from './log-store.ts';

const noNumbers: ReadonlySet<number> = new Set();

/** Lines tested between two looks at the clock. */
const testsPerLook = 1_024;

export interface FilteredLinesOptions {
  /** The number around which to begin; by default the newest. */
  readonly start?: number;
  /** Lines below this number are left out. */
  readonly from?: number;
  /** Lines that are shown whatever the filter says. */
  readonly always?: ReadonlySet<number>;
}

export class FilteredLines {
  #source: LogSource;
  readonly #filter: LineFilter;
  readonly #always: ReadonlySet<number>;
  /** Of consecutive chunks, oldest first. */
  #runs: FilterRun[] = [];
  /** Ordinal of the first hit of the first run. */
  #firstOrdinal = 0;
  #endOrdinal = 0;
  readonly #from: number;
  /** First number of the chunk to be tested next, backwards. */
  #backward: number;

  constructor(
    source: LogSource,
    filter: LineFilter,
    { start = source.nextNumber - 1, from = 0, always = noNumbers }: FilteredLinesOptions = {},
  ) {
    this.#source = source;
    this.#filter = filter;
    this.#always = always;
    this.#from = from;
    const near = Math.min(Math.max(start, source.firstNumber, from), source.nextNumber - 1);
    const first = Math.floor(Math.max(near, 0) / chunkLines) * chunkLines;
    this.#runs.push({ firstNumber: first, hits: [], tested: Math.max(0, from - first) });
    this.#backward = first - chunkLines;
  }

  get firstOrdinal(): number {
    return this.#firstOrdinal;
  }
  /** Behind the last one. */
  get endOrdinal(): number {
    return this.#endOrdinal;
  }
  get length(): number {
    return this.#endOrdinal - this.#firstOrdinal;
  }

  /** False while lines are waiting to be tested. */
  get isSettled(): boolean {
    return this.#isForwardDone && this.#isBackwardDone;
  }

  get #isForwardDone(): boolean {
    const last = this.#runs.at(-1);
    return !last || last.firstNumber + last.tested >= this.#source.nextNumber;
  }

  get #isBackwardDone(): boolean {
    return this.#backward + chunkLines <= Math.max(this.#source.firstNumber, this.#from);
  }

  /** The number of the line with an ordinal, undefined outside. */
  numberAt(ordinal: number): number | undefined {
    let before = this.#firstOrdinal;
    if (ordinal < before || ordinal >= this.#endOrdinal) return undefined;
    for (const { firstNumber, hits } of this.#runs) {
      if (ordinal < before + hits.length) return firstNumber + (hits[ordinal - before] ?? 0);
      before += hits.length;
    }
    return undefined;
  }

  /** The ordinal of the first line whose number is at or above `number`; `endOrdinal` when there is none. */
  ordinalOf(number: number): number {
    let before = this.#firstOrdinal;
    for (const { firstNumber, hits } of this.#runs) {
      if (number < firstNumber + chunkLines) return before + countBelow(hits, number - firstNumber);
      before += hits.length;
    }
    return before;
  }

  /** Numbers from an ordinal on, in one direction. */
  *numbersFrom(ordinal: number, step: 1 | -1): Generator<number> {
    for (let at = ordinal; at >= this.#firstOrdinal && at < this.#endOrdinal;) {
      // A run at a time: asking for each number anew would search for its run each time.
      const [run, before] = this.#runAt(at);
      if (!run) return;
      for (let hit = at - before; hit >= 0 && hit < run.hits.length; hit += step) {
        yield run.firstNumber + (run.hits[hit] ?? 0);
        at += step;
      }
    }
  }

  #runAt(ordinal: number): [FilterRun | undefined, number] {
    let before = this.#firstOrdinal;
    for (const run of this.#runs) {
      if (ordinal < before + run.hits.length) return [run, before];
      before += run.hits.length;
    }
    return [undefined, before];
  }

  /** Reads on from another source with the same numbers (a held moment). */
  retarget(source: LogSource): void {
    this.#source = source;
  }

  /** Tests on at both ends until everything is tested or `isTimeUp` says so. True when the list has changed. */
  work(isTimeUp: () => boolean): boolean {
    const [first, end] = [this.#firstOrdinal, this.#endOrdinal];
    this.#trim();
    while (!this.isSettled && !isTimeUp()) {
      if (!this.#isForwardDone) this.#stepForward();
      if (!this.#isBackwardDone) this.#stepBackward();
    }
    return this.#firstOrdinal !== first || this.#endOrdinal !== end;
  }

  #stepForward(): void {
    const last = this.#runs.at(-1);
    if (!last) return;
    const chunk = this.#source.chunkOf(last.firstNumber);
    if (!chunk || last.tested >= chunkLines) {
      const next = Math.max(last.firstNumber + chunkLines, this.#source.firstNumber);
      // What was found so far has fallen out, and perhaps chunks behind it.
      if (next > last.firstNumber + chunkLines || !chunk) this.#forget();
      this.#runs.push({ firstNumber: next, hits: [], tested: 0 });
      return;
    }
    const found: number[] = [];
    const end = Math.min(last.tested + testsPerLook, this.#source.nextNumber - last.firstNumber, chunk.length);
    this.#test(chunk, last.tested, end, found);
    this.#endOrdinal += found.length;
    last.tested = end;
    if (end === chunkLines) last.hits = Uint16Array.from([...last.hits, ...found]);
    else for (const hit of found) (last.hits as number[]).push(hit);
  }

  /** A whole chunk: its hits come before all others. */
  #stepBackward(): void {
    const firstNumber = this.#backward;
    this.#backward -= chunkLines;
    const chunk = this.#source.chunkOf(firstNumber);
    if (!chunk) return;
    const found: number[] = [];
    this.#test(chunk, Math.max(0, this.#from - firstNumber), chunk.length, found);
    this.#runs.unshift({ firstNumber, hits: Uint16Array.from(found), tested: chunkLines });
    this.#firstOrdinal -= found.length;
  }

  #test(chunk: LogChunk, from: number, end: number, found: number[]): void {
    const always = this.#always.size > 0;
    for (let at = from; at < end; at += 1) {
      if (this.#filter.passes(chunk, at) || (always && this.#always.has(chunk.firstNumber + at))) found.push(at);
    }
  }

  /** Leaves behind what the source no longer holds. */
  #trim(): void {
    const { firstNumber } = this.#source;
    while (this.#runs.length > 1 && (this.#runs[0]?.firstNumber ?? 0) < firstNumber) {
      this.#firstOrdinal += this.#runs.shift()?.hits.length ?? 0;
    }
    const only = this.#runs[0];
    if (only && only.firstNumber + chunkLines <= firstNumber) {
      this.#forget();
      this.#runs.push({ firstNumber, hits: [], tested: 0 });
    }
  }

  #forget(): void {
    this.#runs = [];
    this.#firstOrdinal = this.#endOrdinal;
  }
}
