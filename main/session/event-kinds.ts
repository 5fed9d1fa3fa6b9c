/** Which events a stretch of the stream has, by type and reporting server: what a search may pass over without a look. */
import type { EventType, LabEvent } from '../../shared/event.ts';
import type { EventFilter } from '../../shared/query.ts';

/** How many events of a type, and of which servers: bit `(node + 1) mod 64`, in two halves. */
export type KindCount = readonly [type: EventType, count: number, nodesLow: number, nodesHigh: number];

type Halves = readonly [low: number, high: number];

export class EventKinds {
  readonly #kinds = new Map<EventType, { count: number; low: number; high: number }>();

  constructor(counts: readonly KindCount[] = []) {
    for (const [type, count, low, high] of counts) this.#kinds.set(type, { count, low, high });
  }

  add({ type, node }: LabEvent): void {
    let kind = this.#kinds.get(type);
    if (!kind) this.#kinds.set(type, (kind = { count: 0, low: 0, high: 0 }));
    const [low, high] = bitOf(node);
    kind.count += 1;
    kind.low |= low;
    kind.high |= high;
  }

  /** False when no event of it can pass `filter`. */
  mayPass({ types, nodes }: EventFilter): boolean {
    const wanted = nodes && bitsOf(nodes);
    if (!types) return wanted === undefined || [...this.#kinds.values()].some((kind) => meets(kind, wanted));
    return types.some((type) => {
      const kind = this.#kinds.get(type);
      return kind !== undefined && (wanted === undefined || meets(kind, wanted));
    });
  }

  list(): KindCount[] {
    return Array.from(this.#kinds, ([type, { count, low, high }]) => [type, count, low, high]);
  }
}

/** True when the event is of a wanted type and server. */
export function passes(event: LabEvent, { types, nodes }: EventFilter): boolean {
  return (!types || types.includes(event.type)) && (!nodes || nodes.includes(event.node));
}

function meets(kind: { readonly low: number; readonly high: number }, [low, high]: Halves): boolean {
  return (kind.low & low) !== 0 || (kind.high & high) !== 0;
}

function bitsOf(nodes: readonly number[]): Halves {
  let low = 0;
  let high = 0;
  for (const node of nodes) {
    const [nodeLow, nodeHigh] = bitOf(node);
    low |= nodeLow;
    high |= nodeHigh;
  }
  return [low, high];
}

/** Servers far apart may share a bit: then a search looks once too often. */
function bitOf(node: number): Halves {
  const bit = (node + 1) & 63;
  return bit < 32 ? [1 << bit, 0] : [0, 1 << (bit - 32)];
}
