/**
 * InstallSnapshot RPC, the follower's side (Raft §7, Figure 13), in chunks that can be continued.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { InstallSnapshot } from '../../shared/raft-message.ts';
import { hearLeader, isDiskStuck } from './hear-leader.ts';
import { termAt } from './log-shape.ts';
import { moveCommitIndex } from './commit.ts';
import { isRuleOn, type RaftState } from './state.ts';
import { emit, installSnapshot, sendWhenDurable, waive, type StepContext } from './step-context.ts';

/** A leader sends a chunk. Higher terms were adopted before. */
export function onInstallSnapshot(step: StepContext, from: NodeId, call: InstallSnapshot): void {
  const { state } = step;
  // Figure 13, 1: "Reply immediately if term < currentTerm."
  if (call.term < state.term) {
    const reason = `the sender's term ${call.term} is behind mine, ${state.term}`;
    if (isRuleOn(state, 'stale-term')) {
      const { kind, term } = call;
      emit(step, { type: 'message-ignored', from, kind, term, reason, rule: 'stale-term' });
      return reply(step, from, call, 0, false);
    }
    waive(step, 'stale-term', reason);
  }
  hearLeader(step, from);
  if (isDiskStuck(step, from, call)) return;
  if (isCovered(step, call)) {
    // Figure 13, 6: "If existing log entry has same index and term as snapshot's last included entry, retain log entries
    // following it and reply": such a log needs no snapshot at all, only to know that all of that is committed.
    dropIncomingUpTo(state, call.lastIncludedIndex);
    moveCommitIndex(step, call.lastIncludedIndex, `the leader, node ${from}, has a snapshot up to there`);
    return reply(step, from, call, call.totalBytes, true);
  }
  const nextOffset = takeChunk(step, from, call);
  if (nextOffset < call.totalBytes) return reply(step, from, call, nextOffset, false);
  install(step, call);
  reply(step, from, call, nextOffset, true);
}

function isCovered({ state }: StepContext, { lastIncludedIndex, lastIncludedTerm }: InstallSnapshot): boolean {
  return lastIncludedIndex <= state.commitIndex || termAt(state.log, lastIncludedIndex) === lastIncludedTerm;
}

/** What was received of a snapshot that the log covers by now is of no use. */
function dropIncomingUpTo(state: RaftState, index: number): void {
  if (state.incoming && state.incoming.meta.lastIncludedIndex <= index) state.incoming = null;
}

/** Figure 13, 2 to 4. Returns the first byte that is lacking. */
function takeChunk(step: StepContext, from: NodeId, call: InstallSnapshot): number {
  const { state } = step;
  const { lastIncludedIndex, lastIncludedTerm, offset, data, totalBytes } = call;
  const { incoming } = state;
  const continues =
    incoming?.meta.lastIncludedIndex === lastIncludedIndex && incoming.meta.lastIncludedTerm === lastIncludedTerm;
  if (incoming && !continues) {
    emit(step, {
      type: 'snapshot-interrupted',
      lastIncludedIndex: incoming.meta.lastIncludedIndex,
      receivedBytes: incoming.nextOffset,
      totalBytes: incoming.meta.totalBytes,
      reason: `node ${from} sends one up to ${lastIncludedIndex} instead`,
    });
    state.incoming = null;
  }
  const expected = continues ? incoming.nextOffset : 0;
  const nextOffset = offset + data.length;
  if (offset !== expected || data.length === 0 || nextOffset > totalBytes) return expected;
  state.incoming = { meta: metaOf(call), nextOffset };
  step.effects.chunk = { lastIncludedIndex, lastIncludedTerm, offset, data };
  emit(step, { type: 'snapshot-chunk-taken', from, lastIncludedIndex, offset, nextOffset, totalBytes });
  return nextOffset;
}

function metaOf(call: InstallSnapshot): SnapshotMeta {
  const { lastIncludedIndex, lastIncludedTerm, configuration, configurationIndex, totalBytes } = call;
  return { lastIncludedIndex, lastIncludedTerm, configuration, configurationIndex, totalBytes };
}

/** Figure 13, 7 and 8: "Discard the entire log. Reset state machine using snapshot contents." */
function install(step: StepContext, call: InstallSnapshot): void {
  const { state, effects } = step;
  const meta = metaOf(call);
  const { lastIndex } = state.log;
  state.incoming = null;
  installSnapshot(step, meta);
  effects.restore = meta;
  const { lastIncludedIndex, lastIncludedTerm, configuration, configurationIndex: index } = meta;
  const reason = `my log ended at ${lastIndex}, without the snapshot's last entry`;
  emit(step, { type: 'snapshot-installed', lastIncludedIndex, lastIncludedTerm, reason });
  emit(step, { type: 'configuration-changed', index, configuration, reason: 'the snapshot brings it' });
}

function reply(step: StepContext, to: NodeId, call: InstallSnapshot, nextOffset: number, installed: boolean): void {
  const { term, storage } = step.state;
  const { round, lastIncludedIndex, lastIncludedTerm } = call;
  sendWhenDurable(step, to, {
    kind: 'install-snapshot-reply',
    term,
    round,
    storage,
    lastIncludedIndex,
    lastIncludedTerm,
    nextOffset,
    installed,
  });
}
