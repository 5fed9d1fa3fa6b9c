/** What somebody is choosing, and what is wrong with it. */
import { limits } from '../../../shared/cluster-config.ts';
import type { RuleId } from '../../../shared/rules.ts';
import type { StartChoice } from '../../stores/start-choice.ts';
import { text } from '../../text/start.ts';

/** A number that is no number is `NaN` here: what stands in its field cannot be read. */
export interface StartDraft extends Omit<StartChoice, 'timings' | 'delay' | 'rulesOff'> {
  nodes: number;
  voters: number;
  world: StartChoice['world'];
  seed: number;
  preset: StartChoice['preset'];
  timings: { electionTimeoutMinMs: number; electionTimeoutMaxMs: number; heartbeatIntervalMs: number };
  delay: { minMs: number; maxMs: number };
  rulesOff: RuleId[];
  snapshotEveryEntries: number;
  retainEntries: number;
}

export const seedMax = 0xffff_ffff;
export const timingMaxMs = 60_000;
export const delayMaxMs = 1_000;

export function draftOf(choice: StartChoice): StartDraft {
  return {
    ...choice,
    timings: { ...choice.timings },
    delay: { ...choice.delay },
    rulesOff: [...choice.rulesOff],
  };
}

/** The first thing that has to be mended; empty when it can be started. */
export function problemOf({
  world,
  seed,
  preset,
  timings,
  delay,
  snapshotEveryEntries,
  retainEntries,
}: StartDraft): string {
  if (world === 'simulated' && !isWhole(seed, 0, seedMax)) return `${text.seed}: ${text.notWhole(0, seedMax)}`;
  if (preset === 'custom') {
    const problem = problemOfTimes(timings, delay);
    if (problem) return problem;
  }
  if (!isWhole(snapshotEveryEntries, 0, limits.indexMax))
    return `${text.snapshotEvery}: ${text.notWhole(1, limits.indexMax)}`;
  if (!isWhole(retainEntries, 0, limits.indexMax)) return `${text.retain}: ${text.notWhole(1, limits.indexMax)}`;
  return '';
}

function problemOfTimes(
  { electionTimeoutMinMs, electionTimeoutMaxMs, heartbeatIntervalMs }: StartDraft['timings'],
  delay: StartDraft['delay'],
): string {
  const times = [electionTimeoutMinMs, electionTimeoutMaxMs, heartbeatIntervalMs];
  if (!times.every((ms) => isWhole(ms, 1, timingMaxMs))) return `${text.timing}: ${text.notWhole(1, timingMaxMs)}`;
  if (electionTimeoutMinMs > electionTimeoutMaxMs) return text.electionOrder;
  if (heartbeatIntervalMs >= electionTimeoutMinMs) return text.heartbeatOrder;
  if (![delay.minMs, delay.maxMs].every((ms) => isWhole(ms, 0, delayMaxMs)))
    return `${text.delay}: ${text.notWhole(0, delayMaxMs)}`;
  return delay.minMs > delay.maxMs ? text.delayOrder : '';
}

const isWhole = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;
