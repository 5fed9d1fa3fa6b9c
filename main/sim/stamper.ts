/**
 * Stamps what one life of a server, or the lab, reports, and hands each event on at once: in a simulation the order in
 * which things happen is the order of the stream.
 */
import type { EventBody, LabEvent } from '../../shared/event.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { LamportClock } from '../lamport-clock.ts';
import type { World } from './world.ts';

export type OnEvent = (event: LabEvent) => void;

export class Stamper {
  readonly node: NodeId;
  readonly boot: BootId;
  readonly lamport: LamportClock;
  readonly #world: World;
  readonly #onEvent: OnEvent;
  #sequence = 0;

  constructor(node: NodeId, boot: BootId, lamport: LamportClock, world: World, onEvent: OnEvent) {
    this.node = node;
    this.boot = boot;
    this.lamport = lamport;
    this.#world = world;
    this.#onEvent = onEvent;
  }

  /** For what is reported so often that even a second object for it counts: a stamp to write out in full. */
  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  get nowNs(): number {
    return this.#world.nowNs;
  }

  /** Hands on an event that carries its stamp: `node`, `boot`, `nextSequence()`, `nowNs` and a tick of `lamport`. */
  handOn(event: LabEvent): void {
    this.#onEvent(event);
  }

  /** An own property, so that it can be handed on as a plain function. */
  readonly emit = (body: EventBody): void => {
    this.#sequence += 1;
    this.#onEvent({
      node: this.node,
      boot: this.boot,
      sequence: this.#sequence,
      timeNs: this.#world.nowNs,
      lamport: this.lamport.tick(),
      ...body,
    });
  };
}
