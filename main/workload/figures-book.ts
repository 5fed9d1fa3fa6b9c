/** What became of requests: in the present stretch of time, and altogether. */
import type { WorkloadFigures } from '../../shared/workload.ts';
import { LatencyHistogram } from './latency-histogram.ts';

/** `failed`: certainly without effect. `unknown`: it may have had one, or may still have it. */
export type Fate = 'answered' | 'failed' | 'unknown';

class Stretch {
  answered = 0;
  failed = 0;
  unknown = 0;
  readonly latencies = new LatencyHistogram();
  fromNs: number;

  constructor(fromNs: number) {
    this.fromNs = fromNs;
  }

  add(other: Stretch): void {
    this.answered += other.answered;
    this.failed += other.failed;
    this.unknown += other.unknown;
    this.latencies.add(other.latencies);
  }

  begin(nowNs: number): void {
    this.answered = 0;
    this.failed = 0;
    this.unknown = 0;
    this.latencies.clear();
    this.fromNs = nowNs;
  }

  figures(nowNs: number): WorkloadFigures {
    const { answered, failed, unknown, latencies } = this;
    const spanNs = nowNs - this.fromNs;
    return { spanNs, answered, failed, unknown, p50Ns: latencies.quantileNs(50), p99Ns: latencies.quantileNs(99) };
  }
}

export class FiguresBook {
  readonly #present: Stretch;
  readonly #all: Stretch;

  constructor(nowNs: number) {
    this.#present = new Stretch(nowNs);
    this.#all = new Stretch(nowNs);
  }

  /** @param latencyNs from the first send to the last answer; counted of what was answered well */
  note(fate: Fate, latencyNs: number): void {
    this.#present[fate] += 1;
    if (fate === 'answered') this.#present.latencies.record(latencyNs);
  }

  /** Of the present stretch, which ends here; another one begins. */
  endStretch(nowNs: number): WorkloadFigures {
    const figures = this.#present.figures(nowNs);
    this.#all.add(this.#present);
    this.#present.begin(nowNs);
    return figures;
  }

  /** Of all stretches that have ended. */
  total(nowNs: number): WorkloadFigures {
    return this.#all.figures(nowNs);
  }
}
