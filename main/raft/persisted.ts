/**
 * A write has reached the disk: what depended on it may count now.
 */
import type { StepContext } from './step-context.ts';
import { advanceCommit } from './commit.ts';
import { confirmReads } from './read-index.ts';
import { countVote } from './request-vote.ts';

/** Every write up to `write` is durable. */
export function onPersisted(step: StepContext, write: number): void {
  const { state } = step;
  state.persistedWrite = Math.max(state.persistedWrite, write);
  while ((state.pendingWrites[0]?.write ?? Infinity) <= write) {
    const done = state.pendingWrites.shift();
    // `lastIndex` was lowered when entries of this write were truncated meanwhile, so a late completion counts for nothing.
    if (done) state.persistedIndex = Math.max(state.persistedIndex, Math.min(done.lastIndex, state.log.lastIndex));
  }
  const { role } = state;
  // A candidate is a voter too: its vote for itself counts when it is on disk, like any other (rule `persist-before-reply`).
  if (role.name === 'candidate' && role.ownVoteWrite <= write && !role.votes.some(({ id }) => id === state.id)) {
    countVote(step, role, { id: state.id, storage: state.storage }, true);
  }
  if (state.role.name === 'leader') {
    advanceCommit(step);
    confirmReads(step);
  }
}
