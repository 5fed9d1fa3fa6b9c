/** The steps of a run, one after the other. The next one counts what happens from the moment at which the present one is due. */
import type { LabEvent } from '../../shared/event.ts';
import type { Step } from './scenario.ts';
import { StepRun, type StepState, type StepSurroundings } from './step-run.ts';

export class StepSequence {
  readonly #steps: readonly Step[];
  readonly #around: StepSurroundings;
  #startNs = 0;
  #position = 0;
  #current: StepRun | undefined;
  #next: StepRun | undefined;

  /** @param around its `onDue` is told of each step before anything is done for it */
  constructor(steps: readonly Step[], around: StepSurroundings) {
    this.#steps = steps;
    this.#around = {
      ...around,
      onDue: (step, text) => {
        around.onDue(step, text);
        this.#next = this.#prepare(this.#position + 1);
      },
    };
  }

  /** What happens counts for the first step from now on. */
  open(): void {
    this.#current = this.#prepare(0);
  }

  /** It is the first step's turn. */
  begin(startNs: number): void {
    this.#startNs = startNs;
    this.#current?.begin(startNs, startNs);
  }

  /** Of the present step, from 1. */
  get number(): number {
    return this.#position + 1;
  }

  take(event: LabEvent): void {
    this.#current?.take(event);
    this.#next?.take(event);
  }

  /** Something may have changed. */
  look(nowNs: number): void {
    this.#current?.look(nowNs);
  }

  /** Goes as far as it can; `done`: the last step is over. */
  advance(nowNs: () => number): StepState {
    for (;;) {
      if (!this.#current) return { kind: 'done' };
      const state = this.#current.advance(nowNs());
      if (state.kind === 'wait') return state;
      if (state.kind === 'failed') {
        const { line } = this.#current.step;
        return { kind: 'failed', reason: `step ${this.number} (line ${line}) ${state.reason}` };
      }
      this.#position += 1;
      this.#current = this.#next ?? this.#prepare(this.#position);
      this.#next = undefined;
      this.#current?.begin(this.#startNs, nowNs());
    }
  }

  #prepare(position: number): StepRun | undefined {
    const step = this.#steps[position];
    return step && new StepRun(step, this.#around);
  }
}
