/** What came of a whole run, and of one command of it. */
import type { Result } from '../../shared/result.ts';
import type { ScenarioOutcome } from '../../shared/scenario-event.ts';
import type { ExpectationResult } from './expectation-book.ts';
import type { Step } from './scenario.ts';

interface RunVerdict {
  readonly outcome: ScenarioOutcome;
  readonly reason: string;
}

/** @param ended why it ended before its time: a step that failed, or somebody who stopped it */
export function runVerdict(
  expectations: readonly ExpectationResult[],
  ended: { readonly failure: string | undefined; readonly stopped: string | undefined },
): RunVerdict {
  const because = ({ text, reason }: ExpectationResult): string => `${text}: ${reason}`;
  if (ended.failure !== undefined) return { outcome: 'failed', reason: ended.failure };
  const failed = expectations.find((one) => one.outcome === 'failed');
  if (failed) return { outcome: 'failed', reason: because(failed) };
  if (ended.stopped !== undefined) return { outcome: 'not-judged', reason: ended.stopped };
  const open = expectations.filter((one) => one.outcome === 'not-judged');
  const decisive = open.find((one) => one.isEnough !== true);
  if (decisive) return { outcome: 'not-judged', reason: because(decisive) };
  return { outcome: 'met', reason: open.map(because).join('; ') };
}

/**
 * What is wrong with how a step's command ended; undefined when it may end so. What has a name is asked about by conditions: there
 * only what makes no sense is wrong.
 */
export function wrongAnswer({ as, action, line }: Step, text: string, result: Result<unknown>): string | undefined {
  const wanted = action.kind === 'command' ? action.refused : undefined;
  const code = result.ok ? undefined : result.failure.code;
  if (wanted === undefined ? code === undefined || (as !== undefined && code !== 'invalid') : code === wanted) {
    return undefined;
  }
  const actual = result.ok ? 'it was done' : `${result.failure.code}: ${result.failure.message}`;
  return `line ${line}: ${text}: ${wanted === undefined ? actual : `expected to be refused as ${wanted}: ${actual}`}`;
}
