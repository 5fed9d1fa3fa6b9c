/** Events of the past. */
import type { LabEvent } from '../../../shared/event.ts';
import type { QueryAnswerOf, QueryOf } from '../../../shared/query.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { passes } from '../event-kinds.ts';
import { chunkAt, type StreamContent } from '../stream-content.ts';

/** So many bytes of frames are looked through for one answer; then it says where to go on. */
const bytesPerAnswer = 16 * 1024 * 1024;

export function listEvents({ chunks }: StreamContent, query: QueryOf<'events'>): Result<QueryAnswerOf<'events'>> {
  const { from, filter, limit } = query;
  const first = chunks[0]?.summary.firstPosition ?? 0;
  const end = chunks.at(-1)?.summary.endPosition ?? 0;
  const to = Math.min(query.to ?? end, end);
  if (from < to && to <= first) return fail('compacted', `The first ${first} events of the stream are no longer held.`);
  const positions: number[] = [];
  const events: LabEvent[] = [];
  let bytes = 0;
  for (let i = chunkAt(chunks, from); i < chunks.length; i += 1) {
    const chunk = chunks[i];
    if (!chunk || chunk.summary.firstPosition >= to) break;
    if (filter && !chunk.summary.kinds.mayPass(filter)) continue;
    if (bytes > bytesPerAnswer) return succeed({ positions, events, next: chunk.summary.firstPosition });
    bytes += chunk.bytes;
    const loaded = chunk.load();
    for (const [at, event] of loaded.events.entries()) {
      const position = loaded.positions[at] ?? 0;
      if (position < from || position >= to) continue;
      if (filter && !passes(event, filter)) continue;
      if (events.length === limit) return succeed({ positions, events, next: position });
      positions.push(position);
      events.push(event);
    }
  }
  return succeed({ positions, events, next: to });
}
