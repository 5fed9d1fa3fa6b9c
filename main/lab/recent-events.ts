/**
 * What the lab still holds of the stream: the latest events, and of those before them the latest of level `info` and
 * rarer, which hundreds of datagrams and timers a second would push out.
 */
import type { LabEvent } from '../../shared/event.ts';
import { levelRank, logLevelOf } from '../../shared/projection/log-line.ts';

export interface HeldEvents {
  /** Without a gap, oldest first. */
  readonly recentEvents: readonly LabEvent[];
  /** What came before them, oldest first: level `info` and rarer. */
  readonly earlierEvents: readonly LabEvent[];
  /** How many of level `debug` and `trace` came before them. */
  readonly forgottenEvents: number;
}

export class RecentEvents {
  readonly #recent: Ring;
  readonly #earlier: Ring;
  #forgotten = 0;

  constructor({ recentMax, earlierMax }: { readonly recentMax: number; readonly earlierMax: number }) {
    this.#recent = new Ring(recentMax);
    this.#earlier = new Ring(earlierMax);
  }

  push(events: readonly LabEvent[]): void {
    for (const event of events) {
      const dropped = this.#recent.push(event);
      if (!dropped) continue;
      if (levelRank(logLevelOf(dropped)) <= levelRank('info')) this.#earlier.push(dropped);
      else this.#forgotten += 1;
    }
  }

  /** Copies. */
  held(): HeldEvents {
    return {
      recentEvents: this.#recent.list(),
      earlierEvents: this.#earlier.list(),
      forgottenEvents: this.#forgotten,
    };
  }
}

/** At most `max`: the oldest makes room. */
class Ring {
  readonly #max: number;
  readonly #events: LabEvent[] = [];
  /** Where the oldest event stands once the ring is full. */
  #oldest = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** @returns what made room */
  push(event: LabEvent): LabEvent | undefined {
    if (this.#events.length < this.#max) {
      this.#events.push(event);
      return undefined;
    }
    const dropped = this.#events[this.#oldest];
    this.#events[this.#oldest] = event;
    this.#oldest = (this.#oldest + 1) % this.#max;
    return dropped;
  }

  list(): LabEvent[] {
    return [...this.#events.slice(this.#oldest), ...this.#events.slice(0, this.#oldest)];
  }
}
