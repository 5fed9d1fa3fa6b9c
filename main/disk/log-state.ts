/**
 * What the log on disk says: the sum of its records. Opening folds all of them, each flush folds its own: the running
 * storage always equals what the next opening would find.
 */
import { assertNever } from '../../shared/assert.ts';
import type { PlacedConfiguration } from '../../shared/configuration.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { HardState } from '../ports.ts';
import { EntryIndex } from './entry-index.ts';
import { recordBytes } from './record.ts';
import type { DiskRecord } from './record.ts';
import { logStart, TermRuns } from './term-runs.ts';
import type { LogPosition } from './term-runs.ts';

/** Where a segment begins. */
interface SegmentBeginning {
  readonly segment: number;
  /** The last entry when it was begun. */
  readonly base: LogPosition;
  /**
   * The log was never cut back to before `base` since: so everything behind `base` lies in this segment and later
   * ones, and the earlier ones may go.
   */
  canBeFirst: boolean;
}

export class LogState {
  readonly index: EntryIndex;
  readonly termRuns: TermRuns;
  #hardState: HardState;
  /** Ascending, as are the two lists below. */
  #configurations: PlacedConfiguration[] = [];
  #segments: SegmentBeginning[] = [];

  /** An empty log behind `base`. */
  constructor(base: LogPosition = logStart, hardState: HardState = { term: 0, votedFor: null }) {
    this.index = new EntryIndex(base.index);
    this.termRuns = new TermRuns(base);
    this.#hardState = hardState;
  }

  get hardState(): HardState {
    return this.#hardState;
  }

  /** The entry before the first one that is held. */
  get base(): LogPosition {
    return this.termRuns.base;
  }

  /** The last entry; the base of an empty log. */
  get last(): LogPosition {
    return { index: this.index.lastIndex, term: this.termRuns.lastTerm };
  }

  /** Of the configuration entries that are held. */
  get configurations(): readonly PlacedConfiguration[] {
    return [...this.#configurations];
  }

  /** True when the entry at `position` is held, or is the base. */
  covers({ index, term }: LogPosition): boolean {
    return index >= this.base.index && index <= this.index.lastIndex && this.termRuns.termAt(index) === term;
  }

  /** Takes in a record that stands at `offset` of `segment`. @returns why it can't follow what came before, or undefined. */
  apply(record: DiskRecord, segment: number, offset: number): string | undefined {
    switch (record.type) {
      case 'entry':
        return this.append(record.entry, segment, offset, recordBytes(record));
      case 'truncate':
        return this.#truncate(record.fromIndex);
      case 'hard-state':
        this.#hardState = record.hardState;
        return undefined;
      case 'segment-header':
      case 'meta':
        return `a ${record.type} record stands among the log's records`;
      default:
        return assertNever(record, 'LogState.apply');
    }
  }

  /** The records that follow stand in `segment`. */
  beginSegment(segment: number): void {
    this.#segments.push({ segment, base: this.last, canBeFirst: true });
  }

  /** The latest segment that the log could begin with and still hold every entry behind `index`. */
  firstSegmentBehind(index: number): number | undefined {
    return this.#segments.findLast(({ base, canBeFirst }) => canBeFirst && base.index <= index)?.segment;
  }

  /** Forgets what stands before `segment`, one that `firstSegmentBehind` named. @returns the segments that may go, ascending. */
  dropBefore(segment: number): number[] {
    const position = this.#segments.findIndex((beginning) => beginning.segment === segment);
    const first = this.#segments[position];
    if (!first || position === 0) return [];
    const dropped = this.#segments.splice(0, position);
    const { index } = first.base;
    this.termRuns.dropUpTo(index, this.index.lastIndex);
    this.index.dropUpTo(index);
    this.#configurations = this.#configurations.filter((placed) => placed.index > index);
    return dropped.map((beginning) => beginning.segment);
  }

  /** The log goes on behind `base`, in `segment`, without anything before. @returns the segments that may go, ascending. */
  restart(base: LogPosition, segment: number): number[] {
    this.index.restart(base.index);
    this.termRuns.restart(base);
    this.#configurations = [];
    const dropped = this.#segments.splice(0).map((beginning) => beginning.segment);
    this.beginSegment(segment);
    return dropped;
  }

  /** As `apply` does with the record of an entry, which takes `bytes` on disk. */
  append(entry: LogEntry, segment: number, offset: number, bytes: number): string | undefined {
    const { index, term, configuration } = entry;
    if (index !== this.index.lastIndex + 1)
      return `entry ${index} stands where entry ${this.index.lastIndex + 1} belongs`;
    this.index.append(segment, offset, bytes, entryBytes(entry));
    this.termRuns.append(index, term);
    if (configuration) this.#configurations.push({ index, configuration });
    return undefined;
  }

  #truncate(fromIndex: number): string | undefined {
    const { lastIndex } = this.index;
    if (fromIndex <= this.base.index || fromIndex > lastIndex) {
      return `the log is cut from entry ${fromIndex}, but it begins at ${this.base.index + 1} and it ends at ${lastIndex}`;
    }
    this.index.truncate(fromIndex);
    this.termRuns.truncate(fromIndex);
    while ((this.#configurations.at(-1)?.index ?? 0) >= fromIndex) this.#configurations.pop();
    for (const beginning of this.#segments) if (beginning.base.index >= fromIndex) beginning.canBeFirst = false;
    return undefined;
  }
}
