/**
 * What the log on disk says: the sum of its records. Opening folds all of them, each flush folds its own: the running
 * storage always equals what the next opening would find.
 */
import { assertNever } from '../../shared/assert.ts';
import type { HardState } from '../ports.ts';
import { EntryIndex } from './entry-index.ts';
import { recordBytes } from './record.ts';
import type { DiskRecord } from './record.ts';
import { TermRuns } from './term-runs.ts';

export class LogState {
  readonly index = new EntryIndex();
  readonly termRuns = new TermRuns();
  #hardState: HardState = { term: 0, votedFor: null };

  get hardState(): HardState {
    return this.#hardState;
  }

  /** Takes in a record that stands at `offset` of `segment`. @returns why it can't follow what came before, or undefined. */
  apply(record: DiskRecord, segment: number, offset: number): string | undefined {
    switch (record.type) {
      case 'entry': {
        const { index, term, payload } = record.entry;
        if (index !== this.index.lastIndex + 1)
          return `entry ${index} stands where entry ${this.index.lastIndex + 1} belongs`;
        this.index.append({ segment, offset, recordBytes: recordBytes(record), payloadBytes: payload.length });
        this.termRuns.append(index, term);
        return undefined;
      }
      case 'truncate':
        if (record.fromIndex < 1 || record.fromIndex > this.index.lastIndex) {
          return `the log is cut from entry ${record.fromIndex}, but it ends at ${this.index.lastIndex}`;
        }
        this.index.truncate(record.fromIndex);
        this.termRuns.truncate(record.fromIndex);
        return undefined;
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
}
