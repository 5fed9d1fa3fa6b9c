/** What passes between whoever has a stream, or wants to look into a file, and the store's thread. */
import type { ClusterView } from '../../shared/projection/cluster-view.ts';
import type { Query } from '../../shared/query.ts';
import type { SessionHeader } from './session-header.ts';

/** `workerData` of the store's thread. */
export type StoreOptions =
  | {
      readonly mode: 'keep';
      readonly header: SessionHeader;
      /** Null: nothing is recorded. */
      readonly file: string | null;
      readonly bytesMax: number;
    }
  | { readonly mode: 'open'; readonly file: string };

export type ToStore =
  /** The stream goes on at `position` from `view`; `gap`: events before it are missing, for this reason. */
  | { readonly type: 'begin'; readonly position: number; readonly view: ClusterView; readonly gap?: string }
  /** The events that follow, packed. */
  | { readonly type: 'events'; readonly bytes: Uint8Array }
  | { readonly type: 'query'; readonly id: number; readonly query: Query }
  /** Nothing follows: end the recording and the thread. */
  | { readonly type: 'close' };

export type FromStore =
  /** First of all, with `open`: what is in the file, and what is wrong with it, in sentences; or why it can't be opened. */
  | { readonly type: 'opened'; readonly header: SessionHeader; readonly problems: readonly string[] }
  | { readonly type: 'unusable'; readonly reason: string }
  /** So many bytes of events were taken in. */
  | { readonly type: 'taken'; readonly bytes: number }
  /** `packed`: a `Result`. */
  | { readonly type: 'answer'; readonly id: number; readonly packed: Uint8Array }
  /** One line worth telling. */
  | { readonly type: 'notice'; readonly text: string }
  /** The last message. */
  | { readonly type: 'closed' };
