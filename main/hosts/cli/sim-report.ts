/**
 * What a sweep of the simulator amounts to, for programs and for people.
 */
import type { RuleId } from '../../../shared/rules.ts';
import type { Totals } from '../../sim/run-result.ts';

/** The seed that showed what a rule prevents. */
export interface Catch {
  readonly seed: number;
  readonly rule: RuleId;
  readonly promise: string;
  /** Seeds up to it. */
  readonly tried: number;
}

const nanosecondsPerSecond = 1e9;

/** The last line of `--json`. Seconds are rounded to milliseconds. */
export function summaryOf(totals: Totals, wallSeconds: number, caught: Catch | undefined): Record<string, unknown> {
  const { seeds, violations, messages, operations, events, faults, corners, convergenceMax, promiseVoid } = totals;
  return {
    seeds,
    violations,
    simulated_s: round(totals.simulatedNs / nanosecondsPerSecond),
    messages,
    operations,
    events,
    faults: sorted(faults),
    corners: sorted(corners),
    convergence_max_election_timeouts: round(convergenceMax),
    lease_reads_void: promiseVoid,
    wall_s: round(wallSeconds),
    ...caught,
  };
}

export function describeTotals(totals: Totals, wallSeconds: number, caught: Catch | undefined): string {
  const { seeds, violations, messages, operations, simulatedNs, faults, corners } = totals;
  const simulated = simulatedNs / nanosecondsPerSecond;
  const missed = Object.keys(corners).filter((name) => corners[name] === 0);
  const lines = [
    `${counted(seeds, 'seed')}: ${violations === 0 ? 'no violation' : `${violations} with a violation`}`,
    `  simulated ${Math.round(simulated)} s in ${round(wallSeconds)} s, ${messages} messages, ${operations} operations`,
    `  faults: ${list(faults)}`,
    `  corners: ${list(corners)}`,
    `  not reached: ${missed.length === 0 ? 'none' : missed.join(', ')}`,
    ...(totals.convergenceMax > 0
      ? [`  after the faults all agreed within ${round(totals.convergenceMax)} election timeouts`]
      : []),
  ];
  if (caught) {
    const { rule, seed, promise, tried } = caught;
    lines.push(`Without ${rule}, seed ${seed} breaks ${promise}; it was number ${tried} of those tried.`);
  }
  return `${lines.join('\n')}\n`;
}

function list(counts: Readonly<Record<string, number>>): string {
  const reached = Object.entries(sorted(counts)).filter(([, count]) => count > 0);
  return reached.map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
