/**
 * A stretch of the stream without a hole, with the state at each place of it: what the playhead moves over. It grows at both ends and
 * forgets at the far one. States are folded when they are asked for, and share whatever did not change.
 */
import { AssertionError } from '../../shared/assert.ts';
import type { LabEvent } from '../../shared/event.ts';
import { emptyClusterView, projectClusterView, type ClusterView } from '../../shared/projection/cluster-view.ts';
import { TrueFlights } from '../../shared/projection/true-flights.ts';

/** Events held at most. */
export const windowEventsMax = 16_384;

export class StreamWindow {
  readonly flights = new TrueFlights();
  #start = 0;
  #events: LabEvent[] = [];
  /** `#views[i]` is the state behind the first `i` events of the window; as far as it was asked for. */
  #views: ClusterView[] = [emptyClusterView];

  /** The position of the first event held. */
  get start(): number {
    return this.#start;
  }

  /** The position behind the last event held. */
  get end(): number {
    return this.#start + this.#events.length;
  }

  get isFull(): boolean {
    return this.#events.length >= windowEventsMax;
  }

  /** Begins anew, without events, at a place whose state is known. */
  begin(position: number, view: ClusterView): void {
    for (const event of this.#events) this.flights.forget(event);
    this.flights.jump();
    this.#start = position;
    this.#events = [];
    this.#views = [view];
  }

  /** Takes what follows its end, of events from `position` on; nothing when that leaves a hole or there is no room. */
  append(events: readonly LabEvent[], position: number): void {
    if (position > this.end || this.isFull) return;
    for (const event of events.slice(this.end - position)) {
      this.#events.push(event);
      this.flights.take(event);
    }
  }

  /** Puts `events` before its start; `view` is the state before the first of them. */
  prepend(events: readonly LabEvent[], view: ClusterView): void {
    const before: ClusterView[] = [];
    let state = view;
    for (const event of events) {
      before.push(state);
      state = projectClusterView(state, event);
      this.flights.take(event);
    }
    this.#views = before.concat(this.#views);
    this.#events = [...events, ...this.#events];
    this.#start -= events.length;
  }

  /** Forgets what is farthest from `position` until half of its room is free again; nothing while there is room. */
  trim(position: number): void {
    const tooMany = this.#events.length - windowEventsMax / 2;
    if (!this.isFull) return;
    const isNearEnd = position - this.#start > this.end - position;
    if (isNearEnd) this.#trimStart(Math.min(tooMany, position - this.#start));
    else this.#trimEnd(Math.min(tooMany, this.end - position));
  }

  /** Undefined outside. */
  eventAt(position: number): LabEvent | undefined {
    return this.#events[position - this.#start];
  }

  /** True from the start on up to and with the end: a state lies behind the last event, too. */
  holds(position: number): boolean {
    return position >= this.#start && position <= this.end;
  }

  /** The state behind the first `position` events of the stream. */
  viewAt(position: number): ClusterView {
    const place = position - this.#start;
    for (let next = this.#views.length; next <= place; next += 1) {
      const before = this.#views[next - 1];
      const event = this.#events[next - 1];
      if (before && event) this.#views.push(projectClusterView(before, event));
    }
    const view = this.#views[place];
    if (!view) throw new AssertionError(`stream window: position ${position} is not held`);
    return view;
  }

  #trimStart(count: number): void {
    this.viewAt(this.#start + count);
    for (const event of this.#events.slice(0, count)) this.flights.forget(event);
    this.#events = this.#events.slice(count);
    this.#views = this.#views.slice(count);
    this.#start += count;
  }

  #trimEnd(count: number): void {
    const kept = this.#events.length - count;
    for (const event of this.#events.slice(kept)) this.flights.forget(event);
    this.#events = this.#events.slice(0, kept);
    this.#views = this.#views.slice(0, kept + 1);
  }
}
