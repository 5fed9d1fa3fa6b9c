/** What the checks say of the promises that a scenario expects to hold, or to be broken. */
import type { EventOf } from '../../shared/event.ts';
import type { PromiseId } from '../../shared/promises.ts';
import type { Result } from '../../shared/result.ts';
import type { ScenarioOutcome } from '../../shared/scenario-event.ts';
import type { CheckReport } from '../../shared/verdict.ts';
import type { ConditionOf } from './condition-schema.ts';

type Violation = Pick<EventOf<'violation-found'>, 'promise' | 'sentence'>;

type Judgement = { readonly outcome: ScenarioOutcome; readonly reason: string };

/** What a server says of itself follows from any other promise that is broken. */
const follows: PromiseId = 'own-word';

/**
 * @param report undefined when the checks were not asked
 * @param ended why the run ended before its last step
 */
export function judgePromises(
  expectation:
    | { readonly kind: 'broken'; readonly promises: readonly PromiseId[] }
    | { readonly kind: 'never'; readonly condition: ConditionOf<'violation'> },
  report: Result<CheckReport> | undefined,
  violations: readonly Violation[],
  ended: string | undefined,
): Judgement {
  const broken = brokenPromises(report, violations);
  const sentenceOf = (promise: PromiseId): string =>
    violations.find((violation) => violation.promise === promise)?.sentence ?? 'the checks found a violation';
  if (expectation.kind === 'broken') {
    const wrong = broken.find((promise) => promise !== follows && !expectation.promises.includes(promise));
    if (wrong !== undefined) return { outcome: 'failed', reason: `${wrong} is broken: ${sentenceOf(wrong)}` };
    const right = broken.find((promise) => expectation.promises.includes(promise));
    if (right !== undefined) return { outcome: 'met', reason: `${right}: ${sentenceOf(right)}` };
    return withoutViolation(report, expectation.promises, ended, {
      outcome: 'failed',
      reason: 'every promise was kept',
    });
  }
  const { violation } = expectation.condition;
  const found = broken.find((promise) => violation === 'any' || promise === violation);
  if (found !== undefined) return { outcome: 'failed', reason: `${found} is broken: ${sentenceOf(found)}` };
  const asked = violation === 'any' ? undefined : [violation];
  return withoutViolation(report, asked, ended, { outcome: 'met', reason: '' });
}

function brokenPromises(report: Result<CheckReport> | undefined, violations: readonly Violation[]): PromiseId[] {
  const judged = report?.ok ? report.value.verdicts.filter(({ verdict }) => verdict === 'broken') : [];
  return [...new Set([...violations, ...judged].map(({ promise }) => promise))];
}

/** Nothing was found. That says something only when everything was seen. */
function withoutViolation(
  report: Result<CheckReport> | undefined,
  asked: readonly PromiseId[] | undefined,
  ended: string | undefined,
  judgement: Judgement,
): Judgement {
  if (!report) return { outcome: 'not-judged', reason: ended ?? 'the checks were not asked' };
  if (!report.ok) return { outcome: 'not-judged', reason: report.failure.message };
  const lost = report.value.verdicts.find(
    ({ promise, verdict }) => verdict === 'evidence-lost' && (asked?.includes(promise) ?? true),
  );
  if (lost) return { outcome: 'not-judged', reason: `evidence is lost for ${lost.promise}: ${lost.reason ?? ''}` };
  return ended === undefined ? judgement : { outcome: 'not-judged', reason: ended };
}
