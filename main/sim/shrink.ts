/**
 * Makes a failing plan smaller as long as it breaks the same promise: a shorter run, fewer acts (delta debugging:
 * Zeller & Hildebrandt, 2002), fewer servers. Bounded in runs, so that the same failure shrinks to the same plan anywhere.
 */
import type { Act, Plan, TimedAct } from './plan.ts';
import { runPlan } from './run.ts';
import type { RunViolation } from './run-result.ts';

export interface ShrinkOptions {
  /** Runs that may be spent. */
  readonly runsMax: number;
  /** The first violation of a plan; by default, runs it. */
  readonly violationOf?: (plan: Plan) => RunViolation | undefined;
}

export interface Shrunk {
  readonly plan: Plan;
  readonly violation: RunViolation;
  readonly runs: number;
}

/** @param violation the one that the plan is known to show */
export function shrinkPlan(plan: Plan, violation: RunViolation, options: ShrinkOptions): Shrunk {
  const shrinker = new Shrinker(plan, violation, options);
  shrinker.cutTail();
  shrinker.dropActs();
  shrinker.dropServers();
  shrinker.dropActs();
  shrinker.thinActs();
  return shrinker.best;
}

class Shrinker {
  readonly #promise: string;
  readonly #violationOf: (plan: Plan) => RunViolation | undefined;
  #plan: Plan;
  #violation: RunViolation;
  #runsLeft: number;
  #runs = 0;

  constructor(plan: Plan, violation: RunViolation, { runsMax, violationOf }: ShrinkOptions) {
    this.#plan = plan;
    this.#violation = violation;
    this.#promise = violation.promise;
    this.#runsLeft = runsMax;
    this.#violationOf = violationOf ?? ((tried) => runPlan(tried).violations[0]);
  }

  get best(): Shrunk {
    return { plan: this.#plan, violation: this.#violation, runs: this.#runs };
  }

  /** What comes after the violation did not cause it. */
  cutTail(): void {
    const { atMs } = this.#violation;
    const { acts, durationMs } = this.#plan;
    if (atMs < durationMs) {
      const shorter = acts.filter((timed) => timed.atMs <= atMs);
      if (this.#accept({ ...this.#plan, acts: shorter, durationMs: atMs + 1 })) return;
    }
    // Found at the end: perhaps an earlier end shows it, too.
    for (const share of [8, 4, 2]) {
      const end = Math.ceil(durationMs / share);
      const before = acts.filter((timed) => timed.atMs <= end);
      if (this.#accept({ ...this.#plan, acts: before, durationMs: end })) return;
    }
  }

  dropActs(): void {
    let parts = 2;
    while (this.#runsLeft > 0 && this.#plan.acts.length > 0) {
      const { acts } = this.#plan;
      const length = Math.ceil(acts.length / parts);
      let isSmaller = false;
      for (let from = 0; from < acts.length && this.#runsLeft > 0; from += length) {
        const rest = [...acts.slice(0, from), ...acts.slice(from + length)];
        if (!this.#accept({ ...this.#plan, acts: rest })) continue;
        isSmaller = true;
        break;
      }
      if (isSmaller) parts = Math.max(2, parts - 1);
      else if (length === 1) return;
      else parts = Math.min(acts.length, parts * 2);
    }
  }

  dropServers(): void {
    while (this.#plan.spares > 0) {
      const spares = this.#plan.spares - 1;
      const count = this.#plan.servers + spares;
      if (!this.#accept({ ...this.#plan, spares, acts: withoutServersFrom(this.#plan.acts, count) })) break;
    }
    while (this.#plan.servers > 1 && this.#plan.spares === 0) {
      const servers = this.#plan.servers - 1;
      if (!this.#accept({ ...this.#plan, servers, acts: withoutServersFrom(this.#plan.acts, servers) })) return;
    }
  }

  /** Each act as simple as it can be. */
  thinActs(): void {
    for (let position = 0; position < this.#plan.acts.length && this.#runsLeft > 0; position++) {
      const timed = this.#plan.acts[position];
      if (!timed) return;
      for (const act of simpler(timed.act)) {
        const acts = this.#plan.acts.with(position, { ...timed, act });
        if (this.#accept({ ...this.#plan, acts })) break;
      }
    }
  }

  #accept(plan: Plan): boolean {
    if (this.#runsLeft <= 0) return false;
    this.#runsLeft -= 1;
    this.#runs += 1;
    const violation = this.#violationOf(plan);
    if (violation?.promise !== this.#promise) return false;
    this.#plan = plan;
    this.#violation = violation;
    return true;
  }
}

/** Acts that speak of none of the servers from `count` on. */
function withoutServersFrom(acts: readonly TimedAct[], count: number): TimedAct[] {
  return acts
    .filter(({ act }) => serversIn(act).every((id) => id < count))
    .map((timed): TimedAct => {
      const { atMs, act } = timed;
      if (act.kind !== 'partition') return timed;
      return { atMs, act: { ...act, groups: act.groups.map((group) => group.filter((id) => id < count)) } };
    });
}

function serversIn(act: Act): readonly number[] {
  if (act.kind === 'change-membership') return act.servers;
  if (act.kind === 'transfer') return [act.to];
  if (act.kind === 'link') return [act.from, act.to];
  return 'node' in act && act.node !== 'leader' ? [act.node] : [];
}

function simpler(act: Act): readonly Act[] {
  if (act.kind !== 'append') return [];
  const plain = { ...act, copyTo: null, asksAgain: 0, payloads: [8] };
  return [{ ...plain, expect: false, session: false }, plain];
}
