/**
 * The clock of one simulated process. A timer that is put off, as election timers are all the time, costs nothing: what
 * waits in the world wakes early and goes to sleep again.
 */
import type { Clock } from '../ports.ts';
import type { Task } from './event-heap.ts';
import type { Process, World } from './world.ts';

export class ProcessClock implements Clock {
  readonly #world: World;
  readonly #process: Process;
  #deadlineNs = Infinity;
  #handler: () => void = () => {};
  /** When the wake that counts is due; Infinity when none is. */
  #wakesNs = Infinity;

  constructor(world: World, process: Process) {
    this.#world = world;
    this.#process = process;
  }

  nowNs(): number {
    return this.#world.nowNs;
  }

  setTimer(deadlineNs: number, handler: () => void): void {
    this.#deadlineNs = deadlineNs;
    this.#handler = handler;
    this.#sleep();
  }

  clearTimer(): void {
    this.#deadlineNs = Infinity;
  }

  defer(handler: () => void): void {
    this.#world.defer(this.#process, handler);
  }

  /** A wake is due that was set for `atNs`; one that was replaced by an earlier one does not count. */
  wake(atNs: number): void {
    if (atNs !== this.#wakesNs || !this.#process.isAlive) return;
    this.#wakesNs = Infinity;
    if (this.#process.isPaused) this.#process.whenResumed(() => this.#fire());
    else this.#fire();
  }

  #fire(): void {
    if (this.#deadlineNs > this.#world.nowNs) return this.#sleep();
    this.#deadlineNs = Infinity;
    this.#handler();
  }

  #sleep(): void {
    const wakesNs = Math.max(this.#deadlineNs, this.#world.nowNs);
    if (wakesNs === Infinity || this.#wakesNs <= wakesNs) return;
    this.#wakesNs = wakesNs;
    this.#world.at(new Wake(this), wakesNs);
  }
}

class Wake implements Task {
  atNs = 0;
  order = 0;
  readonly #clock: ProcessClock;

  constructor(clock: ProcessClock) {
    this.#clock = clock;
  }

  run(): void {
    this.#clock.wake(this.atNs);
  }
}
