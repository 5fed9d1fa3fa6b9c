/**
 * Why a server does not vote for another: the part that votes and pre-votes have in common, and what a rule that is off
 * makes of a refusal.
 */
import type { PreVote, RequestVote } from '../../shared/raft-message.ts';
import type { RuleId } from '../../shared/rules.ts';
import { isUpToDate, lastTerm } from './log-shape.ts';
import { isRuleOn } from './state.ts';
import { waive, type StepContext } from './step-context.ts';

/** Why a server does not vote for another. */
export interface Refusal {
  readonly rule: RuleId;
  readonly reason: string;
}

/** The refusal, unless its rule is off: then it is said that the rule would have refused, and nothing stands in the way. */
export function unlessOff(step: StepContext, refusal: Refusal | undefined): Refusal | undefined {
  if (!refusal || isRuleOn(step.state, refusal.rule)) return refusal;
  waive(step, refusal.rule, refusal.reason);
  return undefined;
}

/** Raft §5.4.1: a log that is less up-to-date than mine might lack committed entries. */
export function logRefusal(step: StepContext, call: RequestVote | PreVote): Refusal | undefined {
  const { log } = step.state;
  const theirs = { index: call.lastLogIndex, term: call.lastLogTerm };
  const mine = { index: log.lastIndex, term: lastTerm(log) };
  if (isUpToDate(theirs, mine)) return undefined;
  return unlessOff(step, {
    rule: 'up-to-date-vote',
    reason: `the candidate's log ends at ${theirs.index} (term ${theirs.term}), mine at ${mine.index} (term ${mine.term})`,
  });
}
