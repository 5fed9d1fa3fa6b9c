/**
 * Stamps what a node reports with who, when and in which order, and hands it on in batches.
 */
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { EventBody, LabEvent } from '../../shared/event.ts';
import type { LamportClock } from '../lamport-clock.ts';
import type { Clock } from '../ports.ts';

export interface EventStamperOptions {
  readonly node: NodeId;
  readonly boot: BootId;
  readonly clock: Clock;
  readonly lamport: LamportClock;
  /** False for what nobody asks for: it is numbered, and goes no further. By default all are wanted. */
  readonly wants?: (body: EventBody) => boolean;
  /** Takes the events of one loop turn, in order. */
  readonly deliver: (events: readonly LabEvent[]) => void;
}

export class EventStamper {
  readonly #options: EventStamperOptions;
  #sequence = 0;
  #batch: LabEvent[] = [];

  constructor(options: EventStamperOptions) {
    this.#options = options;
  }

  /** Reports one event. An own property, so that it can be handed on as a plain function. */
  readonly emit = (body: EventBody): void => {
    const { node, boot, clock, lamport, wants } = this.#options;
    this.#sequence += 1;
    if (wants?.(body) === false) {
      lamport.tick();
      return;
    }
    if (this.#batch.length === 0) clock.defer(() => this.flush());
    this.#batch.push({ node, boot, sequence: this.#sequence, timeNs: clock.nowNs(), lamport: lamport.tick(), ...body });
  };

  /** Delivers what is there now; before a thread ends, nothing may stay behind. */
  flush(): void {
    if (this.#batch.length === 0) return;
    const events = this.#batch;
    this.#batch = [];
    this.#options.deliver(events);
  }
}
