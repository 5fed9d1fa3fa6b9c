/**
 * Lets the time of a simulated lab pass with that of the wall: so many seconds a second, in slices that leave its thread free
 * for others. A machine that can't keep the speed falls behind and does not catch up.
 */
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { SimLab } from './sim-lab.ts';

/** The wall's clock, as an argument. */
export interface WallTime {
  /** Monotonic, ms. */
  nowMs(): number;
  /** Calls `run` once, so many milliseconds from now. @returns takes it back */
  after(delayMs: number, run: () => void): () => void;
}

export const machineTime: WallTime = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Twice within a picture of a screen. */
const tickMs = 8;
/** A slice takes no longer than about this. */
const sliceMs = 8;
/** The thread, or the machine, was away for longer than this: what was missed is not made up for. */
const jumpMaxMs = 100;
/** How many things happen between two looks at the clock. */
const stepsPerLook = 16;
/** A world in which so many things happen without an event has come to a standstill. */
const quietStepsMax = 100_000;

export class PaceDriver {
  readonly #lab: SimLab;
  readonly #wall: WallTime;
  #speed = 1;
  /** When the last slice began; undefined while no slice is due. */
  #sinceMs: number | undefined;
  #takeBack = (): void => {};

  /** At one second a second, from `start` on. */
  constructor(lab: SimLab, wall: WallTime = machineTime) {
    this.#lab = lab;
    this.#wall = wall;
  }

  /** Seconds of the lab a second; 0 while it is held. */
  get speed(): number {
    return this.#speed;
  }

  /** From now on time passes, unless it is held. */
  start(): void {
    this.#stopTicking();
    if (this.#speed > 0) this.#tickAfter(tickMs);
  }

  /** What changes nothing is not told. */
  setSpeed(speed: number): void {
    if (speed === this.#speed) return;
    this.#speed = speed;
    this.#lab.tell({ type: 'pace-changed', speed });
    this.start();
  }

  /** Holds the time, and lets things happen until one of them led to events. @returns how many; 0 when nothing is left */
  step(): number {
    this.setSpeed(0);
    const told = { events: 0 };
    const leave = this.#lab.subscribe(({ length }) => {
      told.events += length;
    });
    for (let steps = 0; told.events === 0 && steps < quietStepsMax; steps += 1) if (!this.#lab.step()) break;
    leave();
    return told.events;
  }

  /** Time passes no more. */
  close(): void {
    this.#stopTicking();
  }

  #stopTicking(): void {
    this.#takeBack();
    this.#takeBack = () => {};
    this.#sinceMs = undefined;
  }

  #tickAfter(delayMs: number): void {
    this.#sinceMs ??= this.#wall.nowMs();
    this.#takeBack = this.#wall.after(delayMs, () => this.#tick());
  }

  #tick(): void {
    const nowMs = this.#wall.nowMs();
    const passedMs = Math.min(nowMs - (this.#sinceMs ?? nowMs), jumpMaxMs);
    const untilNs = this.#lab.nowNs() + Math.round(passedMs * this.#speed * nanosecondsPerMillisecond);
    let steps = 0;
    let isLate = false;
    this.#lab.advance(untilNs, () => {
      steps += 1;
      if (steps % stepsPerLook === 0) isLate = this.#wall.nowMs() - nowMs > sliceMs;
      // What hears of events may hold the time.
      return isLate || this.#speed === 0;
    });
    if (this.#speed === 0) return;
    this.#sinceMs = isLate ? this.#wall.nowMs() : nowMs;
    this.#tickAfter(isLate ? 0 : tickMs);
  }
}
