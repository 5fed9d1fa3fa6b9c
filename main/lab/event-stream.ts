/**
 * The one stream of a lab: the nodes' batches and the lab's own acts go in, the merged order comes out to subscribers,
 * into the fold `ClusterView`, and into the latest events that a page gets when it connects in the middle.
 */
import { v4 as uuid } from 'uuid';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { Snapshot } from '../../shared/bridge.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { BenchEvent, EventStamp, LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { emptyClusterView, projectClusterView, type ClusterView } from '../../shared/projection/cluster-view.ts';
import { EventMerger, type SourceKey } from './event-merger.ts';
import { LabClock } from './lab-clock.ts';
import { RecentEvents } from './recent-events.ts';

/** Takes merged events, in order, at least one. It must neither change them nor report events itself. */
export type EventSubscriber = (events: readonly LabEvent[]) => void;

const labSource: SourceKey = 0;

export class EventStream {
  readonly clock: LabClock;
  readonly #merger: EventMerger;
  readonly #recent = new RecentEvents({
    recentMax: limits.recentEventsMax,
    earlierMax: limits.earlierEventsMax,
  });
  readonly #subscribers = new Set<EventSubscriber>();
  readonly #settlers = new Set<{ readonly stamp: EventStamp; readonly settle: () => void }>();
  /** Names this stream. */
  readonly session = uuid();
  #view: ClusterView = emptyClusterView;
  #position = 0;
  #nextSource: SourceKey = labSource + 1;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param holdMs how long an event waits for a node that has nothing to say. */
  constructor(clock: LabClock = new LabClock(), holdMs: number = limits.mergeHoldMs) {
    this.clock = clock;
    this.#merger = new EventMerger({ holdNs: holdMs * nanosecondsPerMillisecond });
  }

  /** Reports an act of the lab. It stands behind everything that was seen so far and before what it causes. */
  emit(body: BenchEvent): LabEvent {
    const event = this.clock.stamp(body);
    this.#merger.feed(labSource, [event], this.clock.nowNs());
    this.#drain();
    return event;
  }

  /** A node is about to report: its events get numbers above the lab's present one. */
  openSource(node: NodeId): SourceKey {
    const key = this.#nextSource;
    this.#nextSource += 1;
    this.#merger.openSource(key, node, this.clock.lamport);
    return key;
  }

  /** A source that was closed for a while, because it stood still, reports again: above the lab's present number. */
  reopenSource(source: SourceKey, node: NodeId): void {
    this.#merger.openSource(source, node, this.clock.lamport);
  }

  feed(source: SourceKey, events: readonly LabEvent[]): void {
    const latest = events.at(-1);
    if (!latest) return;
    this.clock.observe(latest.lamport);
    this.#merger.feed(source, events, this.clock.nowNs());
    this.#drain();
  }

  /** The node has ended and reported its last; it is no longer waited for. */
  closeSource(source: SourceKey): void {
    this.#merger.closeSource(source);
    this.#drain();
  }

  /** @returns the function that ends the subscription. */
  subscribe(subscriber: EventSubscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** The fold over everything that has come out. */
  get view(): ClusterView {
    return this.#view;
  }

  /** How many events have come out: the position of the next one. */
  get position(): number {
    return this.#position;
  }

  /** Events that came out behind their place in the order: see event-merger.ts. */
  get lateEvents(): number {
    return this.#merger.lateEvents;
  }

  snapshot(): Snapshot {
    const { session, position, view } = this;
    return { session, position, view, ...this.#recent.held(), nowNs: this.clock.nowNs() };
  }

  /** Settles when everything that was reported so far has come out: at once, or after `limits.mergeHoldMs` at most. */
  settled(): Promise<void> {
    const stamp = { node: Infinity, boot: 0, sequence: 0, timeNs: 0, lamport: this.clock.lamport };
    return new Promise((resolve) => {
      this.#settlers.add({ stamp, settle: resolve });
      this.#settle();
    });
  }

  /** Lets out what still waits, and takes nothing more up on its own. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#publish(this.#merger.takeOverdue(Infinity));
    this.#subscribers.clear();
  }

  #drain(): void {
    this.#publish(this.#merger.takeReady());
    this.#setTimer();
  }

  #publish(events: readonly LabEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) this.#view = projectClusterView(this.#view, event);
    this.#position += events.length;
    this.#recent.push(events);
    for (const subscriber of this.#subscribers) subscriber(events);
    this.#settle();
  }

  #settle(): void {
    for (const settler of this.#settlers) {
      if (this.#merger.holdsUpTo(settler.stamp)) continue;
      this.#settlers.delete(settler);
      settler.settle();
    }
  }

  #setTimer(): void {
    if (this.#closed || this.#timer) return;
    const dueNs = this.#merger.nextDueNs();
    if (dueNs === undefined) return;
    const delayMs = Math.max(1, Math.ceil((dueNs - this.clock.nowNs()) / nanosecondsPerMillisecond));
    // After a stall of this thread the timers run before the messages that have arrived meanwhile, which may hold just
    // the events that everybody waits for: those are taken in first.
    this.#timer = setTimeout(() => setImmediate(() => this.#releaseOverdue()), delayMs);
  }

  #releaseOverdue(): void {
    if (this.#closed) return;
    this.#timer = undefined;
    this.#publish(this.#merger.takeOverdue(this.clock.nowNs()));
    this.#setTimer();
  }
}
