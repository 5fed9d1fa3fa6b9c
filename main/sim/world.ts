/**
 * Simulated time: it stands still while something happens and jumps to whatever is next. One thread, no chance, no clock
 * of the machine.
 */
import { EventHeap, type Task } from './event-heap.ts';

/** What runs on a simulated machine, and can stand still. */
export interface Process {
  readonly isAlive: boolean;
  readonly isPaused: boolean;
  /** Runs `action` when the process goes on; never, if it dies before. */
  whenResumed(action: () => void): void;
}

/** Time 0 of a lab is its start; nothing of a run happens at 0, so that "never" and "at the start" differ. */
const startNs = 1_000_000_000;

export class World {
  #nowNs = startNs;
  readonly #tasks = new EventHeap();
  /** Pairs of a process and what it defers. */
  #deferred: (Process | (() => void))[] = [];
  #running: (Process | (() => void))[] = [];

  get nowNs(): number {
    return this.#nowNs;
  }

  /** Enters a task that does not wait already; one for the past runs now, in its turn. */
  at(task: Task, atNs: number): void {
    this.#tasks.push(task, atNs > this.#nowNs ? atNs : this.#nowNs);
  }

  /** For what is rare; a task of its own class costs less. */
  call(atNs: number, run: () => void): void {
    this.at({ atNs: 0, order: 0, run }, atNs);
  }

  /**
   * Runs `run` when everything of this instant that waits already has run: the end of the loop turn. A process that
   * stands still does it when it goes on.
   */
  defer(process: Process, run: () => void): void {
    this.#deferred.push(process, run);
  }

  /** Nothing waits any more: without someone who does something, nothing will happen. */
  get isIdle(): boolean {
    return this.#tasks.size === 0 && this.#deferred.length === 0;
  }

  /** Lets things happen up to `endNs`, which is then the time; earlier when `isOver` says so after a task. */
  runUntil(endNs: number, isOver?: () => boolean): void {
    do {
      if (isOver?.() === true) return;
    } while (this.step(endNs));
    if (isOver === undefined) this.#nowNs = Math.max(this.#nowNs, endNs);
  }

  /** Lets one thing happen, or the end of one turn. @returns false when nothing is left to happen up to `endNs` */
  step(endNs: number): boolean {
    const nextNs = this.#tasks.nextNs;
    if (nextNs > this.#nowNs) {
      if (this.#deferred.length > 0) {
        this.#runDeferred();
        return true;
      }
      if (nextNs > endNs || nextNs === Infinity) return false;
      this.#nowNs = nextNs;
    }
    this.#tasks.pop()?.run();
    return true;
  }

  /** What is deferred meanwhile belongs to the next turn. */
  #runDeferred(): void {
    const due = this.#deferred;
    this.#deferred = this.#running;
    this.#running = due;
    for (let position = 0; position < due.length; position += 2) {
      const process = due[position] as Process;
      const run = due[position + 1] as () => void;
      // What has arrived meanwhile is handed in before the turn that it belongs to.
      if (process.isPaused) process.whenResumed(() => this.defer(process, run));
      else if (process.isAlive) run();
    }
    due.length = 0;
  }
}
