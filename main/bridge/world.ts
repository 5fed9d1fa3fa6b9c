/**
 * What pages look at and act on: a lab with its stream and the store that keeps it. The bridge knows nothing else of what
 * is behind it: a real cluster, a simulated one or a recorded session.
 */
import type { AnswerOf, Snapshot } from '../../shared/bridge.ts';
import type { CommandOf, CommandType } from '../../shared/command.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import type { Result } from '../../shared/result.ts';

export interface World {
  /** Never rejects. */
  execute<Type extends CommandType>(command: CommandOf<Type>): Promise<Result<AnswerOf<Type>>>;
  /** Never rejects. */
  query<Type extends QueryType>(query: QueryOf<Type>): Promise<Result<QueryAnswerOf<Type>>>;
  /** Merged events, in order. @returns ends it */
  subscribe(handler: (events: readonly LabEvent[]) => void): () => void;
  /** What subscribers get next follows right behind. */
  snapshot(): Snapshot;
  /** `snapshot().position`, without the work of a snapshot. */
  readonly position: number;
  nowNs(): number;
  /** Calls back when another world stands in the place of the former one: `snapshot` is of it, its positions begin at 0. */
  onReplaced(handler: () => void): () => void;
}
