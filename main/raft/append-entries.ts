/**
 * AppendEntries RPC, the follower's side (Raft §5.3; Figure 2).
 */
import type { NodeId } from '../../shared/ids.ts';
import type { AppendEntries, AppendEntriesReply } from '../../shared/raft-message.ts';
import { adoptEntries, emit, sendWhenDurable, truncateLog, waive, type StepContext } from './step-context.ts';
import { hearLeader, isDiskStuck } from './hear-leader.ts';
import { firstIndexOfTermAt, termAt } from './log-shape.ts';
import { moveCommitIndex } from './commit.ts';
import { isRuleOn } from './state.ts';

/** A leader sends entries, or a heartbeat. Higher terms were adopted before. */
export function onAppendEntries(step: StepContext, from: NodeId, call: AppendEntries): void {
  const { state } = step;
  // Figure 2, receiver 1: "Reply false if term < currentTerm."
  if (call.term < state.term) {
    const reason = `the sender's term ${call.term} is behind mine, ${state.term}`;
    if (isRuleOn(state, 'stale-term')) return refuseStale(step, from, call, reason);
    waive(step, 'stale-term', reason);
  }
  hearLeader(step, from);
  if (isDiskStuck(step, from, call)) return;

  // Figure 2, receiver 2: "Reply false if log doesn't contain an entry at prevLogIndex whose term matches prevLogTerm."
  if (!isPreviousEntryHere(step, call)) return refuseForPreviousEntry(step, from, call);
  takeEntries(step, call);
  // What is compacted was committed, so this leader has the same (leader completeness).
  const matchIndex = Math.max(call.prevLogIndex + call.entries.length, state.log.base.index);
  // Figure 2, receiver 5: "set commitIndex = min(leaderCommit, index of last new entry)".
  moveCommitIndex(step, Math.min(call.leaderCommit, matchIndex), `the leader, node ${from}, says so`);
  const { term, storage } = state;
  sendWhenDurable(step, from, {
    kind: 'append-entries-reply',
    term,
    round: call.round,
    storage,
    success: true,
    matchIndex,
    conflictTerm: 0,
    conflictIndex: 0,
  });
}

function isPreviousEntryHere(step: StepContext, { prevLogIndex, prevLogTerm }: AppendEntries): boolean {
  const { log } = step.state;
  const prevTermHere = termAt(log, prevLogIndex);
  if (prevLogIndex < log.base.index || prevTermHere === prevLogTerm) return true;
  if (prevTermHere === undefined || isRuleOn(step.state, 'previous-entry-check')) return false;
  const reason = `my entry ${prevLogIndex} is of term ${prevTermHere}, the leader's of term ${prevLogTerm}`;
  waive(step, 'previous-entry-check', reason);
  return true;
}

function refuseStale(step: StepContext, from: NodeId, call: AppendEntries, reason: string): void {
  const { prevLogIndex, prevLogTerm } = call;
  const { term } = step.state;
  emit(step, { type: 'append-refused', leaderId: from, term, prevLogIndex, prevLogTerm, reason, rule: 'stale-term' });
  sendWhenDurable(step, from, refusal(step, call, 0, 0));
}

/** Tells the leader where to go on (Raft §5.3): the first index of the conflicting term, or the end of a short log. */
function refuseForPreviousEntry(step: StepContext, from: NodeId, call: AppendEntries): void {
  const { log, term } = step.state;
  const { prevLogIndex, prevLogTerm } = call;
  const prevTermHere = termAt(log, prevLogIndex);
  const tooShort = prevTermHere === undefined;
  const reason = tooShort
    ? `my log ends at ${log.lastIndex}, before entry ${prevLogIndex}`
    : `my entry ${prevLogIndex} is of term ${prevTermHere}, the leader's of term ${prevLogTerm}`;
  emit(step, {
    type: 'append-refused',
    leaderId: from,
    term,
    prevLogIndex,
    prevLogTerm,
    reason,
    rule: 'previous-entry-check',
  });
  const hint = tooShort
    ? ([0, log.lastIndex + 1] as const)
    : ([prevTermHere, firstIndexOfTermAt(log, prevLogIndex)] as const);
  sendWhenDurable(step, from, refusal(step, call, ...hint));
}

function refusal(
  step: StepContext,
  call: AppendEntries,
  conflictTerm: number,
  conflictIndex: number,
): AppendEntriesReply {
  return {
    kind: 'append-entries-reply',
    term: step.state.term,
    round: call.round,
    storage: step.state.storage,
    success: false,
    matchIndex: 0,
    conflictTerm,
    conflictIndex,
  };
}

/** Figure 2, receiver 3 and 4: removes from the first conflict on, appends what is new, keeps what is there. */
function takeEntries(step: StepContext, call: AppendEntries): void {
  const { log } = step.state;
  const firstNew = call.entries.findIndex(({ index, term }) => index > log.base.index && termAt(log, index) !== term);
  const news = firstNew === -1 ? [] : call.entries.slice(firstNew);
  const [first] = news;
  const cutAt = whereToCut(step, call, first?.index ?? Infinity);
  if (cutAt < (first?.index ?? Infinity)) return replaceBehind(step, call, cutAt);
  if (!first) return;
  const termHere = termAt(log, first.index);
  if (termHere !== undefined) {
    cut(step, first.index, `my entry ${first.index} is of term ${termHere}, the leader's of term ${first.term}`);
  }
  append(step, news);
}

/** Rule `truncate-only-on-conflict`: a late or repeated message must not shorten the log. Off: it does. */
function whereToCut(step: StepContext, { prevLogIndex, entries }: AppendEntries, conflictAt: number): number {
  const { log } = step.state;
  const rule = 'truncate-only-on-conflict';
  const cutAt = Math.max(prevLogIndex, log.base.index) + 1;
  if (isRuleOn(step.state, rule) || cutAt >= Math.min(conflictAt, log.lastIndex + 1)) return Infinity;
  // A heartbeat brings nothing to put in the place of what is removed, and one that is not late ends with the log.
  if (entries.length === 0) return Infinity;
  waive(step, rule, `entries from ${cutAt} on do not conflict with the leader's, and are removed`);
  return cutAt;
}

function replaceBehind(step: StepContext, { entries }: AppendEntries, cutAt: number): void {
  cut(step, cutAt, 'whatever stands behind the previous entry is removed');
  append(
    step,
    entries.filter(({ index }) => index >= cutAt),
  );
}

function cut(step: StepContext, fromIndex: number, reason: string): void {
  const { lastIndex } = step.state.log;
  truncateLog(step, fromIndex);
  emit(step, { type: 'entries-truncated', fromIndex, lastIndex, reason, rule: 'truncate-only-on-conflict' });
}

function append(step: StepContext, news: AppendEntries['entries']): void {
  adoptEntries(step, news);
  announceRuns(step, news);
}

/** One event per run of one term, never one per entry. */
function announceRuns(step: StepContext, news: AppendEntries['entries']): void {
  let firstIndex = news[0]?.index ?? 0;
  for (const [position, entry] of news.entries()) {
    if (news[position + 1]?.term === entry.term) continue;
    emit(step, {
      type: 'entries-appended',
      firstIndex,
      lastIndex: entry.index,
      term: entry.term,
      reason: 'from the leader',
    });
    firstIndex = entry.index + 1;
  }
}
