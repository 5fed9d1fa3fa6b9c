/** Answers a query from what a store holds. */
import { assertNever } from '../../../shared/assert.ts';
import type { Query, QueryAnswerOf, QueryType } from '../../../shared/query.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { StreamContent } from '../stream-content.ts';
import { boundsOf } from './bounds.ts';
import { entryLife } from './entry-life.ts';
import { findEvent } from './find-event.ts';
import { listEvents } from './list-events.ts';
import { secondsBetween } from './seconds-between.ts';
import { viewAt } from './view-at.ts';

/** Never throws for what a file holds, or does not hold. */
export function answerQuery(content: StreamContent, query: Query): Result<QueryAnswerOf<QueryType>> {
  if (content.chunks.length === 0) return fail('not-running', 'Nothing is held of this stream.');
  try {
    return answer(content, query);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('unusable', `What is held of this stream could not be read: ${why}`);
  }
}

function answer(content: StreamContent, query: Query): Result<QueryAnswerOf<QueryType>> {
  switch (query.type) {
    case 'bounds':
      return succeed(boundsOf(content));
    case 'view-at':
      return viewAt(content, query);
    case 'events':
      return listEvents(content, query);
    case 'find-event':
      return succeed(findEvent(content, query));
    case 'landmarks':
      return succeed(content.landmarks.between(query, content.latestLandmarks));
    case 'seconds':
      return succeed(secondsBetween(content, query));
    case 'entry-life':
      return succeed(entryLife(content, query));
    case 'entry-bytes':
      return fail('refused', 'The stream tells of entries, it does not hold their bytes; a server that runs does.');
    case 'sessions':
    case 'exports':
      return fail('refused', 'A store knows only the stream that it keeps.');
    default:
      return assertNever(query, 'a query');
  }
}
