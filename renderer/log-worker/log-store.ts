/**
 * The latest lines, in chunks. A line is known by its number (0, 1, 2 … in order of arrival), which it keeps when older ones fall
 * out; so a reader can go on where it was.
 */
import { chunkLines, gapLevel, LogChunk, levelCodeOf, type KeptLine } from './log-chunk.ts';
import type { LogGap, LogRowData } from './log-row-data.ts';

/** What lists read: the live store, or a held moment of it. */
export interface LogSource {
  /** Number of the oldest line held; equals `nextNumber` when nothing is held. */
  readonly firstNumber: number;
  /** Number that the next line will have. */
  readonly nextNumber: number;
  /** The chunk that holds the line, undefined when it is not held. */
  chunkOf(number: number): LogChunk | undefined;
}

/** Lines from before a pause that stay readable, however many come after. */
export const heldLines = 64 * chunkLines;

const errorLevel = levelCodeOf('error');

export class LogStore implements LogSource {
  readonly #linesMax: number;
  #chunks: LogChunk[] = [];
  #nextNumber = 0;
  errorCount = 0;

  /** @param linesMax The oldest go a chunk at a time: up to one chunk more is held. */
  constructor(linesMax: number) {
    this.#linesMax = linesMax;
  }

  get firstNumber(): number {
    return this.#chunks[0]?.firstNumber ?? this.#nextNumber;
  }

  get nextNumber(): number {
    return this.#nextNumber;
  }

  get count(): number {
    return this.#nextNumber - this.firstNumber;
  }

  chunkOf(number: number): LogChunk | undefined {
    const first = this.#chunks[0];
    return first && this.#chunks[Math.floor((number - first.firstNumber) / chunkLines)];
  }

  push(line: KeptLine): void {
    this.#chunkToFill().push(line);
    if (line.line.level === 'error') this.errorCount += 1;
    this.#nextNumber += 1;
  }

  pushGap(gap: LogGap): void {
    this.#chunkToFill().pushGap(gap);
    this.#nextNumber += 1;
  }

  #chunkToFill(): LogChunk {
    const last = this.#chunks.at(-1);
    if (last && !last.isFull) return last;
    const chunk = new LogChunk(this.#nextNumber);
    this.#chunks.push(chunk);
    while (this.count - chunkLines >= this.#linesMax) this.#dropOldest();
    return chunk;
  }

  #dropOldest(): void {
    const dropped = this.#chunks.shift();
    if (dropped && this.errorCount > 0)
      this.errorCount -= dropped.levels.reduce((sum, level) => sum + Number(level === errorLevel), 0);
  }

  /** Forgets all lines. Numbers go on at the next chunk, so that no number is ever given twice. */
  clear(): void {
    this.#chunks = [];
    this.errorCount = 0;
    this.#nextNumber = Math.ceil(this.#nextNumber / chunkLines) * chunkLines;
  }

  /** What is held now, for a reader who must not lose it while lines go on coming: the last `heldLines` before this moment. */
  hold(): LogSource {
    return new HeldLog(this, this.#chunks.slice(-heldLines / chunkLines));
  }
}

class HeldLog implements LogSource {
  readonly #live: LogSource;
  readonly #held: readonly LogChunk[];
  readonly nextNumber: number;

  constructor(live: LogSource, held: readonly LogChunk[]) {
    this.#live = live;
    this.#held = held;
    this.nextNumber = live.nextNumber;
  }

  get firstNumber(): number {
    const held = this.#held[0]?.firstNumber ?? this.nextNumber;
    // A log that was cleared since has numbers behind ours.
    return Math.min(this.#live.firstNumber, held);
  }

  chunkOf(number: number): LogChunk | undefined {
    const first = this.#held[0];
    const held = first && this.#held[Math.floor((number - first.firstNumber) / chunkLines)];
    return held ?? this.#live.chunkOf(number);
  }
}

/** The line, or undefined when it is not held. */
export function rowOf(source: LogSource, number: number): LogRowData | undefined {
  if (number < source.firstNumber || number >= source.nextNumber) return undefined;
  const chunk = source.chunkOf(number);
  return chunk?.rowAt(number - chunk.firstNumber);
}

export function isGapAt(chunk: LogChunk, at: number): boolean {
  return chunk.levels[at] === gapLevel;
}
