/**
 * What a run, or many of them, amounts to.
 */
import type { RuleId } from '../../shared/rules.ts';
import { noCorners, type CornerCounts } from './corners.ts';

export interface RunViolation {
  /** A promise of main/check, or one of the simulator's own: see `ownPromises`. */
  readonly promise: string;
  readonly rule?: RuleId;
  readonly sentence: string;
  /** Simulated time since the start, ms. */
  readonly atMs: number;
}

/** What the simulator itself asks of a run. */
export const ownPromises = {
  'keeps-running': 'With all rules on no server ends by itself, except for its disk.',
  converges:
    'When faults stop, the cluster has one leader and equal logs within a bounded number of election timeouts.',
  'keeps-office': 'A leader that a majority hears stays in office.',
  'gives-up': 'A leader that cannot lead gives up its office within a bounded time.',
  serves: 'Then every member answers appends and reads.',
} as const;

export interface RunResult {
  readonly seed: number;
  readonly violations: readonly RunViolation[];
  readonly simulatedNs: number;
  readonly messages: number;
  readonly operations: number;
  readonly events: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly corners: Readonly<CornerCounts>;
  /** How long it took to converge after the faults, in longest election timeouts; 0 for a run that did not get there. */
  readonly convergence: number;
  /** Stale lease reads while clocks ran out of bounds. */
  readonly promiseVoid: number;
  /** Of the rules that were off: how often one was passed over. */
  readonly waived: number;
}

export interface Totals {
  seeds: number;
  violations: number;
  simulatedNs: number;
  messages: number;
  operations: number;
  events: number;
  readonly faults: Record<string, number>;
  readonly corners: CornerCounts;
  convergenceMax: number;
  promiseVoid: number;
}

export function noTotals(): Totals {
  return {
    seeds: 0,
    violations: 0,
    simulatedNs: 0,
    messages: 0,
    operations: 0,
    events: 0,
    faults: {},
    corners: noCorners(),
    convergenceMax: 0,
    promiseVoid: 0,
  };
}

/** Sums and maxima only, so that the order of the runs does not matter. */
export function addRun(totals: Totals, run: RunResult): void {
  totals.seeds += 1;
  totals.violations += run.violations.length > 0 ? 1 : 0;
  totals.simulatedNs += run.simulatedNs;
  totals.messages += run.messages;
  totals.operations += run.operations;
  totals.events += run.events;
  totals.promiseVoid += run.promiseVoid;
  totals.convergenceMax = Math.max(totals.convergenceMax, run.convergence);
  addCounts(totals.faults, run.faults);
  addCounts(totals.corners, run.corners);
}

function addCounts(sums: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
}
