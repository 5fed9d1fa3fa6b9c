/**
 * Many seeds over several threads. What comes out does not depend on how they were dealt: outcomes are handed on in the
 * order of the seeds.
 */
import { Worker } from 'node:worker_threads';
import type { JobOptions, SeedOutcome } from './seed-job.ts';
import type { SeedDone } from './sim-worker.ts';

export interface SweepOptions {
  readonly seeds: readonly number[];
  readonly job: JobOptions;
  readonly threads: number;
  /** Takes each outcome, in the order of the seeds. True: that is enough, later ones are not wanted. */
  readonly onOutcome: (seed: number, outcome: SeedOutcome) => boolean;
  /** No seed is begun any more when it says so. */
  readonly isTimeOver?: () => boolean;
}

/** Settles when all wanted seeds are done. Rejects when a thread breaks down. */
export async function sweep(options: SweepOptions): Promise<void> {
  const sweeper = new Sweeper(options);
  const threads = Math.max(1, Math.min(options.threads, options.seeds.length));
  await Promise.all(Array.from({ length: threads }, () => sweeper.runThread()));
}

class Sweeper {
  readonly #options: SweepOptions;
  /** Done, but an earlier seed is not. */
  readonly #early = new Map<number, SeedOutcome>();
  #begun = 0;
  #handedOn = 0;
  #isEnough = false;

  constructor(options: SweepOptions) {
    this.#options = options;
  }

  async runThread(): Promise<void> {
    const worker = new Worker(new URL('./sim-worker.mjs', import.meta.url), {
      workerData: this.#options.job,
      execArgv: [],
    });
    try {
      await new Promise<void>((resolve, reject) => {
        const next = (): void => {
          const seed = this.#take();
          if (seed === undefined) resolve();
          else worker.postMessage(seed);
        };
        worker.on('message', ({ seed, outcome }: SeedDone) => {
          this.#finish(seed, outcome);
          next();
        });
        worker.on('error', reject);
        worker.on('exit', (code) => reject(new Error(`A thread of the simulator has ended by itself (${code}).`)));
        next();
      });
    } finally {
      await worker.terminate();
    }
  }

  #take(): number | undefined {
    const { seeds, isTimeOver } = this.#options;
    if (this.#isEnough || this.#begun >= seeds.length || isTimeOver?.() === true) return undefined;
    this.#begun += 1;
    return seeds[this.#begun - 1];
  }

  #finish(seed: number, outcome: SeedOutcome): void {
    const { seeds, onOutcome } = this.#options;
    this.#early.set(seed, outcome);
    for (;;) {
      const due = seeds[this.#handedOn];
      const ready = due === undefined ? undefined : this.#early.get(due);
      if (due === undefined || !ready || this.#isEnough) return;
      this.#early.delete(due);
      this.#handedOn += 1;
      this.#isEnough = onOutcome(due, ready);
    }
  }
}
