/** The latest events of the stream, at most `max`: the oldest make room. */
import type { LabEvent } from '../../shared/event.ts';

export class RecentEvents {
  readonly #max: number;
  readonly #ring: LabEvent[] = [];
  /** Where the oldest event stands once the ring is full. */
  #oldest = 0;

  constructor(max: number) {
    this.#max = max;
  }

  push(events: readonly LabEvent[]): void {
    for (const event of events) {
      if (this.#ring.length < this.#max) {
        this.#ring.push(event);
      } else {
        this.#ring[this.#oldest] = event;
        this.#oldest = (this.#oldest + 1) % this.#max;
      }
    }
  }

  /** Oldest first; a copy. */
  list(): LabEvent[] {
    return [...this.#ring.slice(this.#oldest), ...this.#ring.slice(0, this.#oldest)];
  }
}
