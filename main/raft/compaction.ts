/**
 * This server's own snapshots (Raft §7). The host takes them; the core says what they cover and shortens its log.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import { assert, required } from '../../shared/assert.ts';
import { compactShape, termAt } from './log-shape.ts';
import { isAnswering } from './progress.ts';
import { configurationAt, type RaftState } from './state.ts';
import { checkPromise, emit, type StepContext } from './step-context.ts';

/**
 * What a snapshot of the state machine as of `index` has to say about the log.
 * @param index of a committed entry that the log holds
 * @param totalBytes of the state machine's part
 */
export function describeSnapshot(state: RaftState, index: number, totalBytes: number): SnapshotMeta {
  assert(index <= state.commitIndex, `only committed entries go into a snapshot, not ${index}`);
  const { configuration, index: configurationIndex } = configurationAt(state, index);
  const lastIncludedTerm = required(termAt(state.log, index), `the log holds entry ${index}`);
  return { lastIncludedIndex: index, lastIncludedTerm, configuration, configurationIndex, totalBytes };
}

/** True while a follower that answers is being sent the present snapshot: another one now would make it begin anew. */
export function isSendingSnapshot(state: RaftState, nowNs: number): boolean {
  const { role } = state;
  if (role.name !== 'leader') return false;
  return [...role.progress.values()].some(
    (progress) => progress.mode === 'snapshot' && isAnswering(state, progress, nowNs),
  );
}

/** A snapshot is on disk, and what it covers may go. */
export function onSnapshotPersisted(step: StepContext, snapshot: SnapshotMeta): void {
  const { state, effects } = step;
  const { lastIncludedIndex } = snapshot;
  // One that was installed meanwhile reaches further.
  if (lastIncludedIndex <= state.log.base.index) return;
  const isOfLog =
    lastIncludedIndex <= state.commitIndex && termAt(state.log, lastIncludedIndex) === snapshot.lastIncludedTerm;
  const broken = `a snapshot up to ${lastIncludedIndex} holds what is not committed`;
  if (!checkPromise(step, isOfLog, 'a snapshot holds what is committed', broken)) return;
  const firstIndex = state.log.base.index + 1;
  state.snapshot = snapshot;
  compactShape(state.log, lastIncludedIndex);
  const { index } = configurationAt(state, lastIncludedIndex);
  state.configurations = state.configurations.filter((placed) => placed.index >= index);
  effects.compactTo = lastIncludedIndex;
  const reason = `a snapshot holds what entries ${firstIndex} to ${lastIncludedIndex} led to`;
  emit(step, { type: 'log-compacted', firstIndex, lastIncludedIndex, reason });
}
