/**
 * What came of the runs of scenarios, for programs and for people.
 */
import { describeEvent, formatTime, levelRank, oneLine, plainLine } from '../../../shared/projection/log-line.ts';
import type { LabEvent } from '../../../shared/event.ts';
import type { ScenarioOutcome } from '../../../shared/scenario-event.ts';
import type { FinishedRun } from './scenario-doors.ts';

/** Which run it was. */
export interface RunName {
  readonly file: string;
  /** '' for a scenario without variants. */
  readonly variant: string;
  readonly lab: 'real' | 'sim';
  readonly seed: number;
}

const nanosecondsPerSecond = 1e9;
const outcomeWords: Readonly<Record<ScenarioOutcome, string>> = {
  met: 'as expected',
  failed: 'NOT AS EXPECTED',
  'not-judged': 'NOT JUDGED',
};

/** A line of `--json`. */
export function runSummary(name: RunName, { result, spanNs, folder }: FinishedRun): Record<string, unknown> {
  const { title, outcome, reason, expectations } = result;
  return {
    ...name,
    title,
    outcome,
    reason,
    seconds: round(spanNs / nanosecondsPerSecond),
    expectations: expectations.map(({ text, outcome: one, reason: why }) => ({
      expectation: text,
      outcome: one,
      reason: why,
    })),
    ...(folder !== undefined && { folder }),
  };
}

export function runLines({ file, seed }: RunName, run: FinishedRun, verbose: boolean): readonly string[] {
  const { result, spanNs, folder } = run;
  const { title, outcome, reason, expectations } = result;
  const seconds = round(spanNs / nanosecondsPerSecond);
  const shown = expectations.filter((one) => verbose || one.outcome !== 'met');
  const isTold = (why: string): boolean => why !== '' && reason.endsWith(why);
  return [
    `${outcomeWords[outcome]}: ${title} · ${file} · seed ${seed} · ${seconds} s`,
    ...(reason === '' ? [] : [`  ${reason}`]),
    ...shown
      .filter((one) => verbose || !isTold(one.reason))
      .map(({ text, outcome: one, reason: why }) => `  ${one}: ${text}${why === '' ? '' : `: ${why}`}`),
    ...(folder === undefined ? [] : [`  its folders are in ${folder}`]),
  ].map(oneLine);
}

/** The last line of `--json`. */
export function totalsOf(outcomes: readonly ScenarioOutcome[], wallSeconds: number): Record<string, number> {
  const count = (wanted: ScenarioOutcome): number => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    runs: outcomes.length,
    met: count('met'),
    failed: count('failed'),
    not_judged: count('not-judged'),
    wall_s: round(wallSeconds),
  };
}

export function totalsLine({ runs, met, wall_s: seconds }: Record<string, number>): string {
  return `${met} of ${runs} runs as expected, in ${seconds} s`;
}

/** What a scenario tells while it runs: its steps, and what is worth a line of level `info`. */
export function eventLines(events: readonly LabEvent[]): readonly string[] {
  return events
    .filter((event) => levelRank(describeEvent(event).level) <= levelRank('info'))
    .map((event) =>
      event.type === 'scenario-step'
        ? `${formatTime(event.timeNs).padStart(14)}  step ${event.step}: ${oneLine(event.text)}`
        : plainLine(event),
    );
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
