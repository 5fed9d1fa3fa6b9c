/**
 * When clocks ran beyond what leases allow for: then lease reads promise nothing (dissertation §6.4.1).
 */
import { limits, type Timings } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Span } from '../check/contract.ts';

const boundPartsPerMillion = limits.clockDriftPercentMax * 10_000;

export class DriftLog {
  readonly spans: Span[] = [];
  readonly #marginNs: number;
  /** Since when a clock is out of bounds. */
  readonly #sinceNs = new Map<NodeId, number>();

  constructor({ electionTimeoutMaxMs }: Timings) {
    // A lease that was granted within the span ends at most one election timeout behind it, by a slow clock.
    this.#marginNs = 2 * electionTimeoutMaxMs * nanosecondsPerMillisecond;
  }

  setRate(node: NodeId, partsPerMillion: number, nowNs: number): void {
    const sinceNs = this.#sinceNs.get(node);
    if (sinceNs !== undefined) this.spans.push({ fromNs: sinceNs, toNs: nowNs + this.#marginNs });
    this.#sinceNs.delete(node);
    if (Math.abs(partsPerMillion) > boundPartsPerMillion) this.#sinceNs.set(node, nowNs);
  }

  /** A clock that jumps back stands still for as long. */
  jump(byNs: number, nowNs: number): void {
    this.spans.push({ fromNs: nowNs, toNs: nowNs + Math.max(0, -byNs) + this.#marginNs });
  }

  /** Those that are over, and those that go on as if they ended now. */
  spansUpTo(nowNs: number): readonly Span[] {
    const open = [...this.#sinceNs.values()].map((fromNs) => ({ fromNs, toNs: nowNs + this.#marginNs }));
    return [...this.spans, ...open];
  }

  end(nowNs: number): void {
    for (const node of this.#sinceNs.keys()) this.setRate(node, 0, nowNs);
  }
}
