/**
 * Merges the nodes' event batches into the one order of the stream (`compareEvents`). Pure bookkeeping: events and the
 * time come in as arguments, ordered events go out.
 *
 * Each node's batches arrive in order, but those of different nodes race each other. An event is let through when no
 * node that is still at work can report one that belongs before it (the watermark), or when it has waited `holdNs`:
 * a node that has nothing to say must not hold up the stream. What arrives behind its place after all is let through
 * at once and counted in `lateEvents`. Nothing is ever lost or doubled.
 */
import { required } from '../../shared/assert.ts';
import { compareEvents, type EventStamp, type LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { EventQueue } from './event-queue.ts';

/** Names one life of one node (a restart is a new source), or the lab itself. */
export type SourceKey = number;

interface Source {
  readonly queue: EventQueue;
  /** Everything that it reports from now on stands behind this stamp. Undefined: nobody waits for this source. */
  floor: EventStamp | undefined;
}

export class EventMerger {
  /** Events that were let through behind an event that they belong before. */
  lateEvents = 0;
  readonly #holdNs: number;
  readonly #sources = new Map<SourceKey, Source>();
  #lastOut: EventStamp | undefined;

  constructor(options: { readonly holdNs: number }) {
    this.#holdNs = options.holdNs;
  }

  /** A source that the others wait for, from now on or again. Its events will have Lamport numbers above `lamport`. */
  openSource(key: SourceKey, node: NodeId, lamport: number): void {
    const floor = { node, boot: 0, sequence: 0, timeNs: 0, lamport };
    this.#sources.set(key, { queue: this.#sources.get(key)?.queue ?? new EventQueue(), floor });
  }

  /** No longer waited for; what it has delivered still comes out in its place. */
  closeSource(key: SourceKey): void {
    const source = this.#sources.get(key);
    if (!source) return;
    source.floor = undefined;
    if (source.queue.isEmpty()) this.#sources.delete(key);
  }

  /**
   * Takes a batch in. A source that was not opened, or is closed, is taken from as well; only nobody waits for it. So
   * is the lab itself: its events are fed in the moment that they are stamped.
   */
  feed(key: SourceKey, events: readonly LabEvent[], nowNs: number): void {
    const latest = events.at(-1);
    if (!latest) return;
    let source = this.#sources.get(key);
    if (!source) {
      source = { queue: new EventQueue(), floor: undefined };
      this.#sources.set(key, source);
    }
    source.queue.push(events, nowNs);
    if (source.floor && compareEvents(latest, source.floor) > 0) source.floor = latest;
  }

  /** The events, in order, that nothing can come before any more. */
  takeReady(): LabEvent[] {
    return this.#takeUpTo(this.#watermark());
  }

  /** Like `takeReady`, and also everything that has waited for `holdNs`, with all that belongs before it. */
  takeOverdue(nowNs: number): LabEvent[] {
    let limit = this.#watermark();
    for (const { queue } of this.#sources.values()) {
      const overdue = queue.lastArrivedUntil(nowNs - this.#holdNs);
      if (overdue && limit !== 'all' && (!limit || compareEvents(overdue, limit) > 0)) limit = overdue;
    }
    return this.#takeUpTo(limit);
  }

  /** True when something waits that belongs before `stamp` or is it. */
  holdsUpTo(stamp: EventStamp): boolean {
    const lowest = this.#lowestHead();
    return lowest !== undefined && compareEvents(lowest.event, stamp) <= 0;
  }

  /** When `takeOverdue` will next have something to give; undefined when nothing waits. */
  nextDueNs(): number | undefined {
    let oldestNs: number | undefined;
    for (const { queue } of this.#sources.values()) {
      const arrivalNs = queue.oldestArrivalNs();
      if (arrivalNs !== undefined && (oldestNs === undefined || arrivalNs < oldestNs)) oldestNs = arrivalNs;
    }
    return oldestNs === undefined ? undefined : oldestNs + this.#holdNs;
  }

  /** The lowest floor of those that are waited for; `all` when there are none. */
  #watermark(): EventStamp | 'all' {
    let lowest: EventStamp | 'all' = 'all';
    for (const { floor } of this.#sources.values()) {
      if (floor && (lowest === 'all' || compareEvents(floor, lowest) < 0)) lowest = floor;
    }
    return lowest;
  }

  #takeUpTo(limit: EventStamp | 'all'): LabEvent[] {
    const taken: LabEvent[] = [];
    for (;;) {
      const next = this.#lowestHead();
      if (!next || (limit !== 'all' && compareEvents(next.event, limit) > 0)) break;
      next.source.queue.shift();
      this.#note(next.event);
      taken.push(next.event);
    }
    this.#forgetDrained();
    return taken;
  }

  #lowestHead(): { readonly source: Source; readonly event: LabEvent } | undefined {
    let lowest: Source | undefined;
    let event: LabEvent | undefined;
    for (const source of this.#sources.values()) {
      const head = source.queue.head();
      if (head && (!event || compareEvents(head, event) < 0)) {
        lowest = source;
        event = head;
      }
    }
    return event && { source: required(lowest, 'the event is the head of a source'), event };
  }

  #note(event: LabEvent): void {
    if (this.#lastOut && compareEvents(event, this.#lastOut) < 0) this.lateEvents += 1;
    else this.#lastOut = event;
  }

  /** Sources that nobody waits for go when their last event has gone; another event makes them anew. */
  #forgetDrained(): void {
    for (const [key, source] of this.#sources) {
      if (!source.floor && source.queue.isEmpty()) this.#sources.delete(key);
    }
  }
}
