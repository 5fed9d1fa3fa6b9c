/** The store of the past, as far as a page asks it, over events that a test has told. */
import { emptyClusterView, projectClusterView } from '../../shared/projection/cluster-view.ts';
import type { EventFilter, Query } from '../../shared/query.ts';
import type { LabEvent } from '../../shared/event.ts';
import { landmarkOf } from '../../shared/projection/landmarks.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';

function fits(filter: EventFilter | undefined, { node, type }: LabEvent): boolean {
  return (filter?.nodes?.includes(node) ?? true) && (filter?.types?.includes(type) ?? true);
}

/** Answers as the lab's store would that holds `events`, the first of which has position 0. */
export function storeOf(events: readonly LabEvent[]): (query: Query) => Result<unknown> {
  const placed = events.map((event, position) => ({ event, position }));
  const endNs = Math.max(0, ...events.map(({ timeNs }) => timeNs));
  return (query) => {
    switch (query.type) {
      case 'bounds': {
        const startNs = events[0]?.timeNs ?? 0;
        return succeed({ session: 's', firstPosition: 0, endPosition: events.length, startNs, endNs, recording: null });
      }
      case 'view-at': {
        const { at } = query;
        const position = 'position' in at ? at.position : events.findLastIndex(({ timeNs }) => timeNs <= at.timeNs) + 1;
        const view = events.slice(0, position).reduce(projectClusterView, emptyClusterView);
        return succeed({ view, position, timeNs: events[position - 1]?.timeNs ?? 0 });
      }
      case 'events': {
        const within = placed.slice(query.from, query.to).filter(({ event }) => fits(query.filter, event));
        const found = within.slice(0, query.limit);
        const next = found.length < within.length ? (found.at(-1)?.position ?? 0) + 1 : (query.to ?? events.length);
        return succeed({
          positions: found.map(({ position }) => position),
          events: found.map(({ event }) => event),
          next,
        });
      }
      case 'find-event': {
        const wanted = placed.filter(({ event }) => fits(query.filter, event));
        const found =
          query.direction === 'forwards'
            ? wanted.find(({ position }) => position >= query.from)
            : wanted.findLast(({ position }) => position < query.from);
        return succeed(found ?? null);
      }
      case 'landmarks':
        return succeed({
          landmarks: placed.flatMap(({ event, position }) => landmarkOf(event, position) ?? []),
          leftOut: 0,
        });
      default:
        return fail('invalid', `not told: ${query.type}`);
    }
  };
}
