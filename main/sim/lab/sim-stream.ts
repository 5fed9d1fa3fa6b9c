/**
 * The one stream of a simulated lab, and the end of its turns. Within a turn (one thing that happens in the world, or one
 * command) servers are at work: what they tell and whom they answer waits until the turn is over. So whoever hears of it may
 * give the next command at once.
 */
import { createLamportClock } from '../../lamport-clock.ts';
import { labSourceId } from '../../../shared/ids.ts';
import type { BenchEvent, LabEvent } from '../../../shared/event.ts';
import { emptyClusterView, projectClusterView, type ClusterView } from '../../../shared/projection/cluster-view.ts';
import { LiveChecks } from '../../check/live-checks.ts';
import { Stamper } from '../stamper.ts';
import type { World } from '../world.ts';

export type EventSubscriber = (events: readonly LabEvent[]) => void;

export class SimStream {
  /** Of what the lab itself reports. */
  readonly lab: Stamper;
  /** They see all of it, and nothing of it is lost; what they find is reported right behind it. */
  readonly checks = new LiveChecks({ crashMayLoseEvents: false });
  readonly #world: World;
  readonly #subscribers = new Set<EventSubscriber>();
  #view: ClusterView = emptyClusterView;
  #told: LabEvent[] = [];
  #later: (() => void)[] = [];
  #inTurn = false;

  constructor(world: World) {
    this.#world = world;
    this.lab = new Stamper(labSourceId, 1, createLamportClock(), world, this.onEvent);
  }

  /** The fold over everything that has happened. */
  get view(): ClusterView {
    return this.#view;
  }

  get nowNs(): number {
    return this.#world.nowNs;
  }

  /** Takes what a server, or the lab, reports. */
  readonly onEvent = (event: LabEvent): void => {
    this.#view = projectClusterView(this.#view, event);
    // An act of the lab stands above everything that it has seen.
    this.lab.lamport.follow(event.lamport);
    this.#told.push(event);
  };

  emit(event: BenchEvent): void {
    this.lab.emit(event);
  }

  /** @returns ends the subscription */
  subscribe(subscriber: EventSubscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** Runs `action` when the turn is over and its events are told. */
  later(action: () => void): void {
    this.#later.push(action);
  }

  /** Runs `action` as a turn, or as a part of the one that is under way. */
  turn<T>(action: () => T): T {
    if (this.#inTurn) return action();
    this.#inTurn = true;
    try {
      const result = action();
      this.#settle();
      return result;
    } finally {
      this.#inTurn = false;
    }
  }

  /** What is told and answered may lead to more of it. */
  #settle(): void {
    for (;;) {
      this.#tellAll();
      const due = this.#later;
      if (due.length === 0) return;
      this.#later = [];
      for (const action of due) {
        this.#tellAll();
        action();
      }
    }
  }

  #tellAll(): void {
    while (this.#told.length > 0) {
      const told = this.#told;
      this.#told = [];
      for (const subscriber of this.#subscribers) subscriber(told);
      for (const found of this.checks.observe(told)) this.emit(found);
    }
  }
}
