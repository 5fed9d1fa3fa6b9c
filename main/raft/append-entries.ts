/**
 * AppendEntries RPC, the follower's side (Raft §5.3; Figure 2).
 */
import type { NodeId } from '../../shared/ids.ts';
import type { AppendEntries, AppendEntriesReply } from '../../shared/raft-message.ts';
import { assert } from '../../shared/assert.ts';
import { appendEntries, emit, sendWhenDurable, truncateLog, type StepContext } from './step-context.ts';
import { firstIndexOfTermAt, termAt } from './log-shape.ts';
import { abandonForwardedReads, becomeFollower } from './roles.ts';
import { moveCommitIndex } from './replicate.ts';
import { resetElectionTimer } from './state.ts';

/** A leader sends entries, or a heartbeat. Higher terms were adopted before. */
export function onAppendEntries(step: StepContext, from: NodeId, call: AppendEntries): void {
  const { state } = step;
  // Figure 2, receiver 1: "Reply false if term < currentTerm."
  if (call.term < state.term) {
    const reason = `the sender's term ${call.term} is behind mine, ${state.term}`;
    emit(step, {
      type: 'append-refused',
      leaderId: from,
      term: state.term,
      prevLogIndex: call.prevLogIndex,
      prevLogTerm: call.prevLogTerm,
      reason,
      rule: 'stale-term',
    });
    sendWhenDurable(step, from, refusal(step, call, 0, 0));
    return;
  }
  hearLeader(step, from);

  // Figure 2, receiver 2: "Reply false if log doesn't contain an entry at prevLogIndex whose term matches prevLogTerm."
  const prevTermHere = termAt(state.log, call.prevLogIndex);
  if (prevTermHere !== call.prevLogTerm) {
    refuseForPreviousEntry(step, from, call, prevTermHere);
    return;
  }
  takeEntries(step, call);
  const matchIndex = call.prevLogIndex + call.entries.length;
  // Figure 2, receiver 5: "set commitIndex = min(leaderCommit, index of last new entry)".
  moveCommitIndex(step, Math.min(call.leaderCommit, matchIndex), `the leader, node ${from}, says so`);
  sendWhenDurable(step, from, {
    kind: 'append-entries-reply',
    term: state.term,
    round: call.round,
    success: true,
    matchIndex,
    conflictTerm: 0,
    conflictIndex: 0,
  });
}

/** "While waiting for votes …": whoever sends AppendEntries of this term leads it (Raft §5.2). */
function hearLeader(step: StepContext, from: NodeId): void {
  const { state } = step;
  const { role } = state;
  assert(role.name !== 'leader', `two leaders in term ${state.term}: this server and node ${from}`);
  if (role.name === 'candidate') {
    becomeFollower(step, from, `node ${from} leads term ${state.term}`);
  } else if (role.leaderId !== from) {
    abandonForwardedReads(step, role);
    role.leaderId = from;
    emit(step, { type: 'leader-known', leaderId: from, term: state.term });
  }
  // Whatever it asked the others, the answer is here: there is a leader.
  if (state.role.name === 'follower') state.role.preVote = null;
  resetElectionTimer(state, step.nowNs);
  state.lastHeardNs = step.nowNs;
}

/** Tells the leader where to go on (Raft §5.3): the first index of the conflicting term, or the end of a short log. */
function refuseForPreviousEntry(
  step: StepContext,
  from: NodeId,
  call: AppendEntries,
  prevTermHere: number | undefined,
): void {
  const { log, term } = step.state;
  const { prevLogIndex, prevLogTerm } = call;
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
    success: false,
    matchIndex: 0,
    conflictTerm,
    conflictIndex,
  };
}

/** Figure 2, receiver 3 and 4: removes from the first conflict on, appends what is new, keeps what is there. */
function takeEntries(step: StepContext, call: AppendEntries): void {
  const { log } = step.state;
  // Rule `truncate-only-on-conflict`: a late or repeated message must not shorten the log.
  const firstNew = call.entries.findIndex((entry) => termAt(log, entry.index) !== entry.term);
  const news = firstNew === -1 ? [] : call.entries.slice(firstNew);
  const [first] = news;
  const last = news.at(-1);
  if (!first || !last) return;
  const termHere = termAt(log, first.index);
  if (termHere !== undefined) {
    const { lastIndex } = log;
    truncateLog(step, first.index);
    const reason = `my entry ${first.index} is of term ${termHere}, the leader's of term ${first.term}`;
    emit(step, {
      type: 'entries-truncated',
      fromIndex: first.index,
      lastIndex,
      reason,
      rule: 'truncate-only-on-conflict',
    });
  }
  for (const entry of news) appendEntries(step, entry.term, [entry]);
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
