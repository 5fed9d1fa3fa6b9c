/** What happened to an entry: proposed, stored, committed and applied where, answered. */
import { limits } from '../../../shared/cluster-config.ts';
import type { EventOf, LabEvent } from '../../../shared/event.ts';
import { emptyClusterView, projectClusterView } from '../../../shared/projection/cluster-view.ts';
import type { PlacedEvent, QueryOf } from '../../../shared/query.ts';
import type { Chunk } from '../chunk.ts';
import type { StreamContent } from '../stream-content.ts';
import { touchedEntries } from '../touched-entries.ts';
import { lastBefore } from './find-event.ts';

export function entryLife({ chunks }: StreamContent, query: QueryOf<'entry-life'>): readonly PlacedEvent[] {
  const { index, before = Infinity } = query;
  const life = new Map<number, LabEvent>();
  for (const chunk of chunks) {
    const { entries } = chunk.summary;
    if (!entries || index < entries.from || index > entries.to) continue;
    for (const { position, event } of touching(chunk, index)) {
      if (life.size >= limits.eventsPerQueryMax) break;
      life.set(position, event);
      // Only the answer says which entries a request was about.
      const asked = event.type === 'request-answered' ? findAsked(chunks, position, event) : null;
      if (asked) life.set(asked.position, asked.event);
    }
  }
  return Array.from(life, ([position, event]) => ({ position, event }))
    .filter(({ position }) => position < before)
    .toSorted((left, right) => left.position - right.position);
}

function* touching(chunk: Chunk, index: number): Generator<PlacedEvent> {
  const { keyframe, events, positions } = chunk.load();
  let view = keyframe?.view ?? emptyClusterView;
  for (const [at, event] of events.entries()) {
    const touched = touchedEntries(event, view);
    if (touched && touched.from <= index && index <= touched.to) yield { position: positions[at] ?? 0, event };
    view = projectClusterView(view, event);
  }
}

/** The request that was answered. */
function findAsked(
  chunks: readonly Chunk[],
  before: number,
  { requestId, timeNs, latencyNs }: EventOf<'request-answered'>,
): PlacedEvent | null {
  const filter = { types: ['request-sent' as const] };
  return lastBefore(
    chunks,
    before,
    ({ summary }) => summary.kinds.mayPass(filter),
    (event) => event.type === 'request-sent' && event.requestId === requestId,
    // The stream is not quite in the order of time: a whole second is allowed for it.
    ({ summary }) => summary.endNs >= timeNs - latencyNs - 1e9,
  );
}
