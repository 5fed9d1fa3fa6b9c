/** The next event of a kind, or the last one before. */
import type { PlacedEvent, QueryOf } from '../../../shared/query.ts';
import type { LabEvent } from '../../../shared/event.ts';
import type { Chunk } from '../chunk.ts';
import { passes } from '../event-kinds.ts';
import { chunkAt, type StreamContent } from '../stream-content.ts';

type Accept = (event: LabEvent, position: number) => boolean;

export function findEvent({ chunks }: StreamContent, query: QueryOf<'find-event'>): PlacedEvent | null {
  const { from, direction, filter } = query;
  const mayHold = ({ summary }: Chunk): boolean => summary.kinds.mayPass(filter);
  if (direction === 'forwards') {
    return firstFrom(chunks, from, mayHold, (event, position) => position >= from && passes(event, filter));
  }
  return lastBefore(chunks, from, mayHold, (event) => passes(event, filter));
}

function firstFrom(
  chunks: readonly Chunk[],
  from: number,
  mayHold: (chunk: Chunk) => boolean,
  accept: Accept,
): PlacedEvent | null {
  for (let i = chunkAt(chunks, from); i < chunks.length; i += 1) {
    const chunk = chunks[i];
    if (!chunk || !mayHold(chunk)) continue;
    const { events, positions } = chunk.load();
    const found = events.findIndex((event, at) => accept(event, positions[at] ?? 0));
    const event = events[found];
    if (event) return { position: positions[found] ?? 0, event };
  }
  return null;
}

/** The last event before `before` that is accepted, in chunks that may hold one; `goOn` ends the search at a chunk. */
export function lastBefore(
  chunks: readonly Chunk[],
  before: number,
  mayHold: (chunk: Chunk) => boolean,
  accept: Accept,
  goOn: (chunk: Chunk) => boolean = () => true,
): PlacedEvent | null {
  for (let i = Math.min(chunkAt(chunks, before - 1), chunks.length - 1); i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (!chunk || !goOn(chunk)) return null;
    if (!mayHold(chunk)) continue;
    const { events, positions } = chunk.load();
    const found = events.findLastIndex(
      (event, at) => (positions[at] ?? 0) < before && accept(event, positions[at] ?? 0),
    );
    const event = events[found];
    if (event) return { position: positions[found] ?? 0, event };
  }
  return null;
}
