/** What the page and the keeper of the log say to each other. Whoever keeps it, in a worker or beside the page, speaks this. */
import type { LineCriteria } from './line-filter.ts';
import type { LogRowData } from './log-row-data.ts';

/** Names a list: one for all servers, or one column each. */
export type ListKey = number | 'merged';

/** What a list shows; `expression` is shared by all. */
export interface ListSpec extends Omit<LineCriteria, 'expression'> {
  readonly key: ListKey;
}

/** Where a list is to be looked at: at a line or behind the last one before it. */
export type LinePlace =
  | { readonly number: number }
  /** The last line that is not after this time, or this place in the stream. */
  | { readonly timeNs: number }
  | { readonly position: number };

export type Wanted = 'error' | 'warn' | 'match' | 'bookmark';

/** Questions carry an `id`, which comes back with the answer. */
export type ToLog =
  /** A frame of the bridge with its own bytes: `welcome`, `events` or `gap`. `events` and `gap` are answered by `taken`. */
  | { readonly type: 'frame'; readonly bytes: Uint8Array }
  /**
   * The lists. One that shows what it showed stays as it is. `hide`: lines whose text does not match are left out; otherwise they
   * stay, and matches are counted. `near`: the line around which each list is looked at; by default the newest.
   */
  | {
      readonly type: 'show';
      readonly lists: readonly ListSpec[];
      readonly expression: RegExp | null;
      readonly hide: boolean;
      readonly near: readonly (readonly [ListKey, number])[];
    }
  /** The last `count` rows of a list come with each `state`; 0 ends it. */
  | { readonly type: 'follow'; readonly key: ListKey; readonly count: number }
  /** Answered by `rows`, as far as they are there. */
  | {
      readonly type: 'rows';
      readonly key: ListKey;
      readonly version: number;
      readonly from: number;
      readonly end: number;
    }
  | { readonly type: 'locate'; readonly id: number; readonly key: ListKey; readonly place: LinePlace }
  /** The next line of a kind, in one direction from the line `from`; from the end when it is null. */
  | {
      readonly type: 'find';
      readonly id: number;
      readonly key: ListKey;
      readonly from: number | null;
      readonly step: 1 | -1;
      readonly wanted: Wanted;
    }
  /** Lines as plain text: of all lists, or between two numbers of one. */
  | {
      readonly type: 'copy';
      readonly id: number;
      readonly range: { readonly key: ListKey; readonly first: number; readonly last: number } | null;
    }
  | { readonly type: 'bookmarks'; readonly numbers: readonly number[] }
  | { readonly type: 'pause' | 'resume' | 'clear' };

/** How a list stands. */
export interface ListState {
  readonly key: ListKey;
  /** Another one has other ordinals. */
  readonly version: number;
  /** Ordinals of the first line and behind the last one. */
  readonly first: number;
  readonly end: number;
  /** False while lines are still being tested. */
  readonly isSettled: boolean;
  /** While paused: lines that came since. */
  readonly newCount: number;
  /** Lines that match the text, where those that do not are shown as well. */
  readonly matchCount: number;
  /** The last rows, as far as they are new, and the ordinal of the first of them. */
  readonly tail?: { readonly from: number; readonly rows: readonly LogRowData[] };
}

/** A line in a list. */
export interface PlacedRow {
  readonly ordinal: number;
  readonly row: LogRowData;
}

export type FromLog =
  | { readonly type: 'taken'; readonly frame: number }
  | {
      readonly type: 'state';
      /** Another one: what was held is gone. */
      readonly epoch: number;
      /** Lines held, and those of level `error` among them. */
      readonly total: number;
      readonly errors: number;
      readonly lists: readonly ListState[];
    }
  | {
      readonly type: 'rows';
      readonly key: ListKey;
      readonly version: number;
      readonly from: number;
      readonly rows: readonly LogRowData[];
    }
  /** `at`: null when there is none. */
  | { readonly type: 'placed'; readonly id: number; readonly version: number; readonly at: PlacedRow | null }
  /** `leftOut`: lines beyond the most that are copied at once. */
  | {
      readonly type: 'copied';
      readonly id: number;
      readonly text: string;
      readonly count: number;
      readonly leftOut: number;
    };

/** The page's end of the line to who keeps the log. */
export interface LogPort {
  post(message: ToLog, transfer?: ArrayBuffer): void;
  onMessage(handler: (message: FromLog) => void): void;
  /** The log is lost, with why. */
  onFailure(handler: (reason: string) => void): void;
}
