/**
 * One life of a simulated server's process: it runs, stands still, and dies.
 */
import type { Process } from './world.ts';

export class SimProcess implements Process {
  #isAlive = true;
  #isPaused = false;
  #waiting: (() => void)[] = [];

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  whenResumed(action: () => void): void {
    this.#waiting.push(action);
  }

  pause(): void {
    this.#isPaused = this.#isAlive;
  }

  /** What came meanwhile comes now, in its order. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const action of waiting) if (this.#isAlive) action();
  }

  kill(): void {
    this.#isAlive = false;
    this.#isPaused = false;
    this.#waiting = [];
  }
}
