/** A lab's store of the past, for tests of what asks it: it holds a story, and answers at once or when the test lets it. */
import type { LabEvent } from '../../shared/event.ts';
import { emptyClusterView, projectClusterView } from '../../shared/projection/cluster-view.ts';
import type { PlacedEvent, Query, QueryOf } from '../../shared/query.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';

export class StoryStore {
  readonly events: LabEvent[];
  /** Asked and not answered yet, while `isSlow`. */
  readonly waiting: { readonly query: Query; readonly answer: () => void }[] = [];
  isSlow = false;
  /** Answers to each query with a failure. */
  isBroken = false;

  constructor(events: readonly LabEvent[]) {
    this.events = [...events];
  }

  readonly answer = async (query: Query): Promise<Result<unknown>> => {
    if (this.isSlow) {
      await new Promise<void>((answer) => this.waiting.push({ query, answer }));
    }
    return this.isBroken ? fail('not-running', 'The store has ended.') : this.#answer(query);
  };

  #answer(query: Query): Result<unknown> {
    switch (query.type) {
      case 'view-at':
        return succeed(this.#viewAt(query));
      case 'events': {
        const end = Math.min(query.to ?? this.events.length, this.events.length, query.from + query.limit);
        const events = this.events.slice(query.from, end);
        return succeed({ positions: events.map((_, place) => query.from + place), events, next: end });
      }
      case 'find-event':
        return succeed(this.#find(query));
      default:
        return fail('invalid', query.type);
    }
  }

  #viewAt({ at }: QueryOf<'view-at'>): unknown {
    const position =
      'position' in at
        ? Math.min(at.position, this.events.length)
        : this.events.findLastIndex(({ timeNs }) => timeNs <= at.timeNs) + 1;
    const view = this.events.slice(0, position).reduce(projectClusterView, emptyClusterView);
    return { view, position, timeNs: this.events[position - 1]?.timeNs ?? 0 };
  }

  #find({ from, direction, filter }: QueryOf<'find-event'>): PlacedEvent | null {
    const fits = ({ type, node }: LabEvent): boolean =>
      (filter.types?.includes(type) ?? true) && (filter.nodes?.includes(node) ?? true);
    const position =
      direction === 'forwards'
        ? this.events.findIndex((event, place) => place >= from && fits(event))
        : this.events.findLastIndex((event, place) => place < from && fits(event));
    const event = this.events[position];
    return event ? { position, event } : null;
  }
}
