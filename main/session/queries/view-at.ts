/** The state at a moment of the past. */
import type { QueryAnswerOf, QueryOf } from '../../../shared/query.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { viewBefore } from '../loaded-chunk.ts';
import { chunkAt, positionBehind, type StreamContent } from '../stream-content.ts';
import { boundsOf } from './bounds.ts';

/** Where events are missing, the state before them; the answer's position says so. */
export function viewAt(content: StreamContent, { at }: QueryOf<'view-at'>): Result<QueryAnswerOf<'view-at'>> {
  const { chunks } = content;
  const { firstPosition, startNs } = boundsOf(content);
  const asked = 'position' in at ? at.position : (positionBehind(chunks, at.timeNs) ?? firstPosition);
  if (asked < firstPosition) return compacted(firstPosition);
  // The state before the first event of a chunk is the one behind the last event of the chunk before it.
  const behind = chunkAt(chunks, Math.max(firstPosition, asked - 1));
  for (let i = Math.min(behind, chunks.length - 1); i >= 0; i -= 1) {
    const chunk = chunks[i];
    const placed = chunk && viewBefore(chunk.load(), asked);
    if (!placed) continue;
    const { view, position, timeNs = chunks[i - 1]?.summary.endNs ?? startNs } = placed;
    return succeed({ view, position, timeNs });
  }
  return fail('compacted', 'What this state was built on can no longer be read.');
}

function compacted(firstPosition: number): Result<never> {
  return fail('compacted', `The first ${firstPosition} events of the stream are no longer held.`);
}
