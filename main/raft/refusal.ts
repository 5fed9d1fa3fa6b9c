/**
 * Why a server does not vote for another: the part that votes and pre-votes have in common.
 */
import type { PreVote, RequestVote } from '../../shared/raft-message.ts';
import type { RuleId } from '../../shared/rules.ts';
import { isUpToDate, lastTerm } from './log-shape.ts';
import type { RaftState } from './state.ts';

/** Why a server does not vote for another. */
export interface Refusal {
  readonly rule: RuleId;
  readonly reason: string;
}

/** Raft §5.4.1: a log that is less up-to-date than mine might lack committed entries. */
export function logRefusal(state: RaftState, call: RequestVote | PreVote): Refusal | undefined {
  const theirs = { index: call.lastLogIndex, term: call.lastLogTerm };
  const mine = { index: state.log.lastIndex, term: lastTerm(state.log) };
  if (isUpToDate(theirs, mine)) return undefined;
  return {
    rule: 'up-to-date-vote',
    reason: `the candidate's log ends at ${theirs.index} (term ${theirs.term}), mine at ${mine.index} (term ${mine.term})`,
  };
}
