/** Tries seed after seed until one shows what is looked for, in slices that leave the thread free for others. */
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { WallTime } from '../lab/pace-driver.ts';
import { SimLab } from '../lab/sim-lab.ts';
import { Trial, type FoundEvent, type TrialOrder } from './trial.ts';

export interface SearchOrder extends TrialOrder {
  /** The first seed that is tried. */
  readonly from: number;
  readonly seedsMax: number;
}

export interface SearchState {
  /** The one that is tried, or was the last one. */
  readonly seed: number;
  /** How many were tried to their end. */
  readonly tried: number;
}

/** A slice takes no longer than about this, and others have their turn between two of them. */
const sliceMs = 8;
const stepsPerLook = 16;
const progressMs = 250;
const seedsInAll = 2 ** 32;

export class SeedSearch {
  readonly #order: SearchOrder;
  readonly #wall: WallTime;
  readonly #onProgress: (state: SearchState) => void;
  #state: SearchState;
  #isStopped = false;
  #sliceEndMs = 0;
  #toldMs: number;

  /** @param onProgress called now and then */
  constructor(order: SearchOrder, wall: WallTime, onProgress: (state: SearchState) => void) {
    this.#order = order;
    this.#wall = wall;
    this.#onProgress = onProgress;
    this.#state = { seed: order.from, tried: 0 };
    this.#toldMs = wall.nowMs();
  }

  get state(): SearchState {
    return this.#state;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Ends it at the end of its slice. */
  stop(): void {
    this.#isStopped = true;
  }

  /** `not-running` when it was stopped, `refused` when none showed it. Never rejects. */
  async run(): Promise<Result<number>> {
    const { from, seedsMax } = this.#order;
    for (let tried = 0; tried < seedsMax; tried += 1) {
      const seed = (from + tried) % seedsInAll;
      this.#state = { seed, tried };
      const found = await this.runTrial(new SimLab({ seed }), seed);
      if (!found.ok) return found;
      this.#state = { seed, tried: tried + 1 };
      if (found.value) return succeed(seed);
    }
    return fail('refused', `None of ${seedsMax} seeds shows it. Go on from another one, or ask for more nodes.`);
  }

  /** Runs the trial of one seed in `lab`. */
  async runTrial(lab: SimLab, seed: number): Promise<Result<FoundEvent | undefined>> {
    const trial = new Trial(lab, seed, this.#order);
    let steps = 0;
    const isLate = (): boolean => {
      steps += 1;
      return steps % stepsPerLook === 0 && this.#wall.nowMs() > this.#sliceEndMs;
    };
    while (!trial.run(isLate) && !this.#isStopped) await this.#rest();
    if (this.#wall.nowMs() > this.#sliceEndMs) await this.#rest();
    trial.end();
    if (this.#isStopped) return fail('not-running', 'The search was stopped.');
    return trial.failure ? { ok: false, failure: trial.failure } : succeed(trial.found);
  }

  /** Others have their turn. */
  async #rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wall.after(0, resolve);
    });
    const nowMs = this.#wall.nowMs();
    this.#sliceEndMs = nowMs + sliceMs;
    if (nowMs - this.#toldMs < progressMs || this.#isStopped) return;
    this.#toldMs = nowMs;
    this.#onProgress(this.#state);
  }
}
