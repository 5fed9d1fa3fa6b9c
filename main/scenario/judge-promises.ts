/** What the checks say of the promises that a scenario expects to hold, or to be broken. */
import type { EventOf } from '../../shared/event.ts';
import type { PromiseId } from '../../shared/promises.ts';
import type { Result } from '../../shared/result.ts';
import type { ScenarioOutcome } from '../../shared/scenario-event.ts';
import type { CheckReport } from '../../shared/verdict.ts';
import { compare } from './comparison.ts';
import type { ConditionOf } from './condition-schema.ts';
import type { Expectation, WatchedExpectation } from './scenario.ts';

type Violation = Pick<EventOf<'violation-found'>, 'promise' | 'sentence'>;

export interface Judgement {
  readonly outcome: ScenarioOutcome;
  readonly reason: string;
  /** What is missing to judge it does not make the scenario fail: nothing broke in what was seen, and no more was asked. */
  readonly isEnough?: true;
}

/** Decided by the checks alone. */
export type PromiseExpectation =
  | Exclude<Expectation, WatchedExpectation>
  | { readonly kind: 'never'; readonly condition: ConditionOf<'violation'> };

/** The expectation as one that the checks decide; undefined for the others. */
export function asPromiseExpectation(expectation: Expectation): PromiseExpectation | undefined {
  if (expectation.kind === 'eventually') return undefined;
  if (expectation.kind !== 'never') return expectation;
  const { condition } = expectation;
  return condition.kind === 'violation' ? { kind: 'never', condition } : undefined;
}

/** What a server says of itself follows from any other promise that is broken. */
const follows: PromiseId = 'own-word';

/** What there is to judge from. */
export interface Evidence {
  /** Undefined when the checks were not asked. */
  readonly report: Result<CheckReport> | undefined;
  /** Those that the stream told. */
  readonly violations: readonly Violation[];
  /** Why the run ended before its last step. */
  readonly ended: string | undefined;
}

export function judgePromises(expectation: PromiseExpectation, evidence: Evidence): Judgement {
  switch (expectation.kind) {
    case 'broken':
      return judgeBroken(expectation.promises, evidence);
    case 'held':
      return judgeHeld(expectation.promises, evidence);
    case 'promise-void': {
      const { report } = evidence;
      if (!report?.ok) return unseen(evidence) ?? { outcome: 'not-judged', reason: '' };
      const { promiseVoid } = report.value;
      const outcome = compare(promiseVoid, expectation.count) ? 'met' : 'failed';
      return { outcome, reason: `${promiseVoid} lease reads were stale while clocks drifted too far` };
    }
    default: {
      const { violation } = expectation.condition;
      const judgement = judgeHeld(violation === 'any' ? undefined : [violation], evidence);
      const isOnlyLost = judgement.outcome === 'not-judged' && evidence.report?.ok && evidence.ended === undefined;
      return isOnlyLost ? { ...judgement, isEnough: true } : judgement;
    }
  }
}

function judgeBroken(promises: readonly PromiseId[], evidence: Evidence): Judgement {
  const broken = brokenPromises(evidence);
  const wrong = broken.find((promise) => promise !== follows && !promises.includes(promise));
  if (wrong !== undefined) return { outcome: 'failed', reason: brokenText(wrong, evidence) };
  const right = broken.find((promise) => promises.includes(promise));
  if (right !== undefined) return { outcome: 'met', reason: brokenText(right, evidence) };
  return unseen(evidence, promises) ?? { outcome: 'failed', reason: 'every promise was kept' };
}

/** @param promises undefined: all of them */
function judgeHeld(promises: readonly PromiseId[] | undefined, evidence: Evidence): Judgement {
  const found = brokenPromises(evidence).find((promise) => promises?.includes(promise) ?? true);
  if (found !== undefined) return { outcome: 'failed', reason: brokenText(found, evidence) };
  return unseen(evidence, promises) ?? { outcome: 'met', reason: '' };
}

function brokenPromises({ report, violations }: Evidence): PromiseId[] {
  const judged = report?.ok ? report.value.verdicts.filter(({ verdict }) => verdict === 'broken') : [];
  return [...new Set([...violations, ...judged].map(({ promise }) => promise))];
}

function brokenText(promise: PromiseId, { violations }: Evidence): string {
  const found = violations.find((violation) => violation.promise === promise);
  return `${promise} is broken: ${found?.sentence ?? 'the checks found a violation'}`;
}

/** That nothing was found says something only when everything was seen. @returns undefined when it was */
function unseen({ report, ended }: Evidence, promises?: readonly PromiseId[]): Judgement | undefined {
  if (!report) return { outcome: 'not-judged', reason: ended ?? 'the checks were not asked' };
  if (!report.ok) return { outcome: 'not-judged', reason: report.failure.message };
  if (ended !== undefined) return { outcome: 'not-judged', reason: ended };
  const lost = report.value.verdicts.filter(
    ({ promise, verdict }) => verdict === 'evidence-lost' && (promises?.includes(promise) ?? true),
  );
  const [first] = lost;
  if (!first) return undefined;
  const names = lost.map(({ promise }) => promise).join(', ');
  return {
    outcome: 'not-judged',
    reason: `nothing broke in what was seen; evidence is lost for ${names}: ${first.reason ?? 'events are missing'}`,
  };
}
