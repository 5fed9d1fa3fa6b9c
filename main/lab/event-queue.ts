/** The batches of one source that wait in the merger, with the time at which each arrived. First in, first out. */
import type { LabEvent } from '../../shared/event.ts';

interface Batch {
  readonly events: readonly LabEvent[];
  readonly arrivalNs: number;
}

export class EventQueue {
  #batches: Batch[] = [];
  /** Batches before this one, and events of this one before `#position`, are gone. */
  #first = 0;
  #position = 0;

  /** Takes a batch, at least one event. */
  push(events: readonly LabEvent[], arrivalNs: number): void {
    this.#batches.push({ events, arrivalNs });
  }

  isEmpty(): boolean {
    return this.#first === this.#batches.length;
  }

  head(): LabEvent | undefined {
    return this.#batches[this.#first]?.events[this.#position];
  }

  shift(): void {
    const batch = this.#batches[this.#first];
    if (!batch) return;
    this.#position += 1;
    if (this.#position < batch.events.length) return;
    this.#first += 1;
    this.#position = 0;
    // Giving up the drained part now and then keeps each shift cheap.
    if (this.#first === this.#batches.length || this.#first >= 64) {
      this.#batches = this.#batches.slice(this.#first);
      this.#first = 0;
    }
  }

  oldestArrivalNs(): number | undefined {
    return this.#batches[this.#first]?.arrivalNs;
  }

  /** The last event that arrived at or before `timeNs`. */
  lastArrivedUntil(timeNs: number): LabEvent | undefined {
    let last: LabEvent | undefined;
    for (let index = this.#first; index < this.#batches.length; index += 1) {
      const batch = this.#batches[index];
      if (!batch || batch.arrivalNs > timeNs) break;
      last = batch.events.at(-1);
    }
    return last;
  }
}
