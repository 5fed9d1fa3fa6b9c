/** A world that can be opened and closed again: one of those that the page is shown. */
import type { BenchEvent, LabEvent } from '../../shared/event.ts';
import type { QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import type { Result } from '../../shared/result.ts';
import type { World } from './world.ts';

export interface OpenWorld extends Omit<World, 'onReplaced'> {
  readonly kind: 'real' | 'simulated';
  /** Reports something into its stream. */
  tell(event: BenchEvent): void;
  /** It is the one that pages look at from now on. */
  begin(): void;
  /** Stops what runs in it; its last events are told before. Never rejects. */
  close(): Promise<void>;
}

/** A stream from its beginning, for whoever keeps it. */
export interface WholeStream {
  /** Names it. */
  readonly session: string;
  readonly subscribe: (handler: (events: readonly LabEvent[]) => void) => () => void;
  readonly nowNs: () => number;
}

/** Who keeps a stream and answers for it. */
export interface KeptStream {
  /** Never rejects. `entry-bytes` is not asked of it. */
  query<Type extends QueryType>(query: QueryOf<Type>): Promise<Result<QueryAnswerOf<Type>>>;
  /** Never rejects. */
  close(): Promise<void>;
}

export type KeepStream = (stream: WholeStream) => KeptStream;
