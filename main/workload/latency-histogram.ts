/**
 * Counts latencies in buckets that grow by a constant factor: a quantile is at most 2.2 % beside the true one, whatever the number of
 * latencies, and the table never grows.
 */

const bucketsPerOctave = 16;
/** 2^40 ns are 18 minutes; what takes longer counts as that. */
const octaves = 40;

export class LatencyHistogram {
  readonly #counts = new Float64Array(octaves * bucketsPerOctave + 1);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  record(latencyNs: number): void {
    const bucket = Math.floor(Math.log2(Math.max(1, latencyNs)) * bucketsPerOctave);
    const kept = Math.min(bucket, this.#counts.length - 1);
    this.#counts[kept] = (this.#counts[kept] ?? 0) + 1;
    this.#count += 1;
  }

  /** Takes in all that `other` counted. */
  add(other: LatencyHistogram): void {
    for (const [bucket, count] of other.#counts.entries()) {
      if (count > 0) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
    }
    this.#count += other.#count;
  }

  /** So much or less was it in `percent` of all cases, whole ns; 0 when nothing was counted. */
  quantileNs(percent: number): number {
    let left = Math.ceil((this.#count * percent) / 100);
    if (this.#count === 0) return 0;
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0 && count > 0) return Math.round(2 ** ((bucket + 0.5) / bucketsPerOctave));
    }
    return 0;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#count = 0;
  }
}
