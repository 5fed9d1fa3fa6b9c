/**
 * Quantiles of latencies in little room: how many fell between which bounds. Each bound is 2^(1/16) times the one before, so a
 * quantile is right to 2.2 per cent, and sketches add up. (Masson, Rim, Lee: "DDSketch", VLDB 2019.)
 */

/** Bounds from one doubling to the next. */
const boundsPerDoubling = 16;

/** Nanoseconds; the quantiles to 2.2 per cent, `max` exactly. */
export interface LatencyFigures {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** Bucket, count, bucket, count …, buckets ascending: with it figures add up to those of longer spans. */
  readonly counts: readonly number[];
}

export class LatencySketch {
  readonly #counts = new Map<number, number>();
  #total = 0;
  #max = 0;

  take(latencyNs: number): void {
    this.#add(bucketOf(latencyNs), 1);
    this.#max = Math.max(this.#max, latencyNs);
  }

  /** Takes in what another sketch has taken. */
  merge({ counts, max }: Pick<LatencyFigures, 'counts' | 'max'>): void {
    for (let place = 0; place + 1 < counts.length; place += 2) this.#add(counts[place] ?? 0, counts[place + 1] ?? 0);
    this.#max = Math.max(this.#max, max);
  }

  /** Null of none. */
  figures(): LatencyFigures | null {
    if (this.#total === 0) return null;
    return {
      p50: this.quantile(0.5),
      p95: this.quantile(0.95),
      p99: this.quantile(0.99),
      max: this.#max,
      counts: this.#ascending().flat(),
    };
  }

  /** The least latency that the part `quantile` (0 … 1) of all does not exceed, to 2.2 per cent; 0 of none. */
  quantile(quantile: number): number {
    const rank = Math.max(1, Math.ceil(quantile * this.#total));
    let seen = 0;
    for (const [bucket, count] of this.#ascending()) {
      seen += count;
      if (seen >= rank) return Math.min(this.#max, middleOf(bucket));
    }
    return this.#max;
  }

  #add(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#total += count;
  }

  #ascending(): [number, number][] {
    return [...this.#counts].toSorted(([left], [right]) => left - right);
  }
}

/** What is below a nanosecond counts as one. */
function bucketOf(latencyNs: number): number {
  return Math.floor(Math.log2(Math.max(1, latencyNs)) * boundsPerDoubling);
}

function middleOf(bucket: number): number {
  return 2 ** ((bucket + 0.5) / boundsPerDoubling);
}
