/**
 * When clocks ran beyond what leases allow for: then lease reads promise nothing (dissertation §6.4.1).
 */
import { limits, type Timings } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { EventOf } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Span } from './contract.ts';

const boundPartsPerMillion = limits.clockDriftPercentMax * 10_000;

export class DriftLog {
  /** Those that are over, in the order of their ends. */
  readonly spans: Span[] = [];
  #marginNs: number;
  /** Since when a clock is out of bounds. */
  readonly #sinceNs = new Map<NodeId, number>();

  constructor(timings?: Timings) {
    this.#marginNs = timings ? marginOf(timings) : 0;
  }

  setTimings(timings: Timings): void {
    this.#marginNs = Math.max(this.#marginNs, marginOf(timings));
  }

  /** What the lab says it does to a clock. What it does not say may be beyond the bound. */
  observe({ fault, faultRule, target, timeNs, partsPerMillion, byMs }: EventOf<'node-fault'>): void {
    if (fault === 'clock-rate') this.setRate(target, partsPerMillion ?? Infinity, timeNs);
    else if (fault === 'clock-jump') this.jump((byMs ?? -limits.faultDelayMsMax) * nanosecondsPerMillisecond, timeNs);
    // A disk that is healed says nothing of the clock.
    else if (fault === 'healed' && /^(?:clock|healed)/.test(faultRule)) this.setRate(target, 0, timeNs);
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

  end(nowNs: number): void {
    for (const node of this.#sinceNs.keys()) this.setRate(node, 0, nowNs);
  }

  /** Whether a clock was out of bounds at some time of the span, so far. */
  isDrifting(fromNs: number, toNs: number): boolean {
    for (const sinceNs of this.#sinceNs.values()) if (sinceNs <= toNs) return true;
    return this.spans.some((span) => span.fromNs <= toNs && span.toNs >= fromNs);
  }

  /** Forgets spans that ended before. */
  forgetBefore(timeNs: number): void {
    const kept = this.spans.filter(({ toNs }) => toNs >= timeNs);
    if (kept.length < this.spans.length) this.spans.splice(0, this.spans.length, ...kept);
  }
}

/** A lease that was granted within a span ends at most one election timeout behind it, by a slow clock. */
function marginOf({ electionTimeoutMaxMs }: Timings): number {
  return 2 * electionTimeoutMaxMs * nanosecondsPerMillisecond;
}
