/** Who answers which query: a server for the entry that it holds now, who keeps the stream for everything else. */
import type { NodeId } from '../../shared/ids.ts';
import type { HeldEntry, Query, QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { KeptStream } from '../session/keep-stream.ts';
import type { KeepStream } from './open-world.ts';
import type { World } from './world.ts';

type AskNode = (node: NodeId, index: number) => Promise<Result<HeldEntry>> | Result<HeldEntry>;

export function queryOf(kept: Pick<KeptStream, 'query'>, askNode: AskNode): World['query'] {
  return async <Type extends QueryType>(query: QueryOf<Type>): Promise<Result<QueryAnswerOf<Type>>> => {
    const asked: Query = query;
    if (asked.type !== 'entry-bytes') return kept.query(query);
    const { node, index } = asked;
    // The type of the answer follows from that of the query.
    return (await askNode(node, index)) as Result<QueryAnswerOf<Type>>;
  };
}

/** Keeps nothing. */
export const keepNothing: KeepStream = () => ({
  query: () => Promise.resolve(fail('not-running', 'Nothing is kept of this stream.')),
  close: () => Promise.resolve(),
});
