/**
 * What the parts of one step share: the state they change, the effects they collect, and the one change to stable
 * storage that grows while the step runs.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { CoreEvent } from '../../shared/event.ts';
import { entryBytes, type EntryDraft, type LogEntry } from '../../shared/log-entry.ts';
import { assert } from '../../shared/assert.ts';
import { noEffects, type Effects, type OutgoingMessage } from './contract.ts';
import { appendToShape, truncateShape } from './log-shape.ts';
import type { RaftState } from './state.ts';

export interface StepContext {
  readonly state: RaftState;
  readonly nowNs: number;
  readonly effects: Effects;
  readonly changes: { hardState: boolean; truncateFrom: number; entries: LogEntry[] };
}

export function beginStep(state: RaftState, nowNs: number): StepContext {
  return { state, nowNs, effects: noEffects(), changes: { hardState: false, truncateFrom: 0, entries: [] } };
}

/** Closes the step's change to stable storage, if it made one. */
export function finishStep(step: StepContext): Effects {
  const { state, effects, changes } = step;
  if (hasChanges(step)) {
    effects.persist = {
      write: state.lastWrite,
      ...(changes.hardState ? { hardState: { term: state.term, votedFor: state.votedFor } } : {}),
      ...(changes.truncateFrom > 0 ? { truncateFrom: changes.truncateFrom } : {}),
      ...(changes.entries.length > 0 ? { entries: changes.entries } : {}),
    };
    state.pendingWrites.push({ write: state.lastWrite, lastIndex: state.log.lastIndex });
  }
  return effects;
}

function hasChanges(step: StepContext): boolean {
  const { changes } = step;
  return changes.hardState || changes.truncateFrom > 0 || changes.entries.length > 0;
}

/** The step's one write gets its number with its first change, so that replies can name it. */
function claimWrite(step: StepContext): void {
  if (!hasChanges(step)) step.state.lastWrite += 1;
}

export function changeHardState(step: StepContext, term: number, votedFor: NodeId | null): void {
  assert(term >= step.state.term, `the term never falls: ${step.state.term} → ${term}`);
  claimWrite(step);
  step.changes.hardState = true;
  step.state.term = term;
  step.state.votedFor = votedFor;
}

/** Appends entries of `term`, at least one, behind the last and returns the index of the first. */
export function appendEntries(step: StepContext, term: number, drafts: readonly EntryDraft[]): number {
  assert(drafts.length > 0, 'no entries make no write, so replies must not wait for one');
  claimWrite(step);
  const firstIndex = step.state.log.lastIndex + 1;
  for (const draft of drafts) {
    appendToShape(step.state.log, term, entryBytes(draft));
    step.changes.entries.push({ ...draft, index: step.state.log.lastIndex, term });
  }
  return firstIndex;
}

/** Removes `fromIndex` and everything behind it. Committed entries are never removed (state-machine safety). */
export function truncateLog(step: StepContext, fromIndex: number): void {
  const { state, changes } = step;
  assert(
    fromIndex > state.commitIndex,
    `entry ${fromIndex} is committed (commitIndex ${state.commitIndex}) and can't be removed`,
  );
  assert(changes.entries.length === 0, 'a step truncates before it appends');
  claimWrite(step);
  changes.truncateFrom = fromIndex;
  truncateShape(state.log, fromIndex);
  state.persistedIndex = Math.min(state.persistedIndex, fromIndex - 1);
  // A write that is still under way must not count for entries that replaced the ones it carried (the ABA of late completions).
  for (const pending of state.pendingWrites) pending.lastIndex = Math.min(pending.lastIndex, fromIndex - 1);
}

export function emit(step: StepContext, event: CoreEvent): void {
  step.effects.events.push(event);
}

/** Sends at once: for messages that promise nothing about this server's disk. */
export function sendNow(step: StepContext, to: NodeId, message: OutgoingMessage): void {
  step.effects.sends.push({ to, message, after: 0 });
}

/**
 * Sends when everything that this server has decided so far is on disk (rule `persist-before-reply`, Raft §5.1).
 * A reply may depend on a write of an earlier step that is still under way, so the latest one counts.
 */
export function sendWhenDurable(step: StepContext, to: NodeId, message: OutgoingMessage): void {
  const { lastWrite, persistedWrite } = step.state;
  step.effects.sends.push({ to, message, after: lastWrite > persistedWrite ? lastWrite : 0 });
}
