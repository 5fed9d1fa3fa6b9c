/**
 * The lab's time and its Lamport number. Every node of the lab gets `originNs`, so that all `timeNs` are on one scale.
 */
import type { EventBody, LabEvent } from '../../shared/event.ts';
import { labSourceId } from '../../shared/ids.ts';
import { createLamportClock } from '../lamport-clock.ts';

export class LabClock {
  /** `process.hrtime.bigint()` that counts as 0. */
  readonly originNs: bigint;
  readonly #lamport = createLamportClock();
  #sequence = 0;

  constructor(originNs: bigint = process.hrtime.bigint()) {
    this.originNs = originNs;
  }

  /** Nanoseconds since the origin, an integer. */
  nowNs(): number {
    return Number(process.hrtime.bigint() - this.originNs);
  }

  /**
   * The highest Lamport number that the lab has seen or given. It goes along with whatever the lab asks of a node: the
   * node's numbers then rise above it, and so the lab's act stands before its effects.
   */
  get lamport(): number {
    return this.#lamport.current;
  }

  /** A node reported an event with this Lamport number. */
  observe(lamport: number): void {
    this.#lamport.follow(lamport);
  }

  /** Makes an event of the lab: behind everything that the lab has seen so far. */
  stamp(body: EventBody): LabEvent {
    this.#sequence += 1;
    return {
      node: labSourceId,
      boot: 1,
      sequence: this.#sequence,
      timeNs: this.nowNs(),
      lamport: this.#lamport.tick(),
      ...body,
    };
  }
}
