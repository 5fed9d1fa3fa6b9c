/** Answers what a page asks of the lab's store from the events of a story. */
import type { LabEvent } from '../../shared/event.ts';
import type { EventFilter, PlacedEvent, Query } from '../../shared/query.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';

export interface AskedStory {
  readonly events: readonly LabEvent[];
  /** What `entry-life` answers, by index: positions. */
  readonly life?: Readonly<Record<number, readonly number[]>>;
  /** What `entry-bytes` answers, as text of term 1, by index. */
  readonly bytes?: Readonly<Record<number, string>>;
}

export function answerFrom(story: AskedStory): (query: Query) => Result<unknown> {
  return (query) => {
    const placed = story.events.map((event, position): PlacedEvent => ({ position, event }));
    switch (query.type) {
      case 'bounds':
        return succeed({
          session: 's',
          firstPosition: 0,
          endPosition: placed.length,
          startNs: 0,
          endNs: 0,
          recording: null,
        });
      case 'events': {
        const found = placed
          .filter(({ position, event }) => position >= query.from && fits(event, query.filter))
          .slice(0, query.limit);
        const next = (found.at(-1)?.position ?? placed.length) + 1;
        return succeed({ positions: found.map((one) => one.position), events: found.map((one) => one.event), next });
      }
      case 'find-event': {
        const isBefore = ({ position, event }: PlacedEvent): boolean =>
          position < query.from && fits(event, query.filter);
        return succeed(placed.findLast(isBefore) ?? null);
      }
      case 'entry-life':
        return succeed((story.life?.[query.index] ?? []).flatMap((position) => placed[position] ?? []));
      case 'entry-bytes': {
        const words = story.bytes?.[query.index];
        if (words === undefined) return fail('compacted', 'It is not held any more.');
        return succeed({ term: 1, kind: 'client', payload: new TextEncoder().encode(words) });
      }
      default:
        return fail('invalid', query.type);
    }
  };
}

function fits({ type, node }: LabEvent, filter: EventFilter = {}): boolean {
  return (filter.types?.includes(type) ?? true) && (filter.nodes?.includes(node) ?? true);
}
