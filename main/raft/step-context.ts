/**
 * What the parts of one step share: the state they change, the effects they collect, and the one change to stable
 * storage that grows while the step runs.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { CoreEvent } from '../../shared/event.ts';
import { entryBytes, simpleEntry, type EntryDraft, type LogEntry } from '../../shared/log-entry.ts';
import type { RuleId } from '../../shared/rules.ts';
import { assert, AssertionError } from '../../shared/assert.ts';
import { noEffects, type Effects, type OutgoingMessage } from './contract.ts';
import { appendToShape, lastTerm, restartShape, truncateShape } from './log-shape.ts';
import { isRuleOn, type RaftState } from './state.ts';

interface StorageChanges {
  hardState: boolean;
  installSnapshot: SnapshotMeta | undefined;
  truncateFrom: number;
  entries: LogEntry[];
}

export interface StepContext {
  readonly state: RaftState;
  readonly nowNs: number;
  readonly effects: Effects;
  readonly changes: StorageChanges;
}

export function beginStep(state: RaftState, nowNs: number): StepContext {
  const changes = { hardState: false, installSnapshot: undefined, truncateFrom: 0, entries: [] };
  return { state, nowNs, effects: noEffects(), changes };
}

/** Closes the step's change to stable storage, if it made one. */
export function finishStep(step: StepContext): Effects {
  const { state, effects, changes } = step;
  if (hasChanges(step)) {
    const { installSnapshot } = changes;
    effects.persist = {
      write: state.lastWrite,
      ...(changes.hardState ? { hardState: { term: state.term, votedFor: state.votedFor } } : {}),
      ...(installSnapshot ? { installSnapshot } : {}),
      ...(changes.truncateFrom > 0 ? { truncateFrom: changes.truncateFrom } : {}),
      ...(changes.entries.length > 0 ? { entries: changes.entries } : {}),
    };
    state.pendingWrites.push({ write: state.lastWrite, lastIndex: state.log.lastIndex, sinceNs: step.nowNs });
  }
  return effects;
}

function hasChanges({ changes }: StepContext): boolean {
  const { hardState, installSnapshot, truncateFrom, entries } = changes;
  return hardState || installSnapshot !== undefined || truncateFrom > 0 || entries.length > 0;
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

/**
 * Appends entries of `term`, at least one, behind the last and returns the index of the first. A configuration is in
 * force as soon as it stands in the log (Raft §6).
 */
export function appendEntries(step: StepContext, term: number, drafts: readonly EntryDraft[]): number {
  const firstIndex = step.state.log.lastIndex + 1;
  adoptEntries(
    step,
    drafts.map((draft, position) => placeEntry(draft, firstIndex + position, term)),
  );
  return firstIndex;
}

function placeEntry(draft: EntryDraft, index: number, term: number): LogEntry {
  const { kind, payload, expect, session, continues, more } = draft;
  const isSimple = kind === 'client' && !expect && !continues && !more;
  return isSimple ? simpleEntry(index, term, payload, session) : { ...draft, index, term };
}

/** Appends entries that have their places already, at least one, behind the last. */
export function adoptEntries(step: StepContext, entries: readonly LogEntry[]): void {
  assert(entries.length > 0, 'no entries make no write, so replies must not wait for one');
  claimWrite(step);
  const { state, changes } = step;
  for (const entry of entries) {
    checkTerm(step, entry);
    appendToShape(state.log, entry.term, entryBytes(entry));
    changes.entries.push(entry);
    const { index, configuration } = entry;
    if (!configuration) continue;
    state.configurations.push({ index, configuration });
    emit(step, { type: 'configuration-changed', index, configuration, reason: `entry ${index} brings it` });
  }
}

function checkTerm(step: StepContext, { index, term }: LogEntry): void {
  const before = lastTerm(step.state.log);
  if (term >= before) return;
  const reason = `entry ${index} is of term ${term}, and the one before it of term ${before}`;
  checkPromise(step, false, 'terms never fall along a log', reason);
}

/** Removes `fromIndex` and everything behind it. Committed entries are never removed (state-machine safety). */
export function truncateLog(step: StepContext, fromIndex: number): void {
  const { state, changes } = step;
  const { commitIndex } = state;
  const reason = `entry ${fromIndex} is committed (commitIndex ${commitIndex}) and is to be removed`;
  if (!checkPromise(step, fromIndex > commitIndex, 'committed entries stay', reason)) state.commitIndex = fromIndex - 1;
  assert(changes.entries.length === 0, 'a step truncates before it appends');
  claimWrite(step);
  changes.truncateFrom = fromIndex;
  truncateShape(state.log, fromIndex);
  lowerPersisted(state, fromIndex - 1);
  rollBackConfiguration(step, fromIndex);
}

/** Raft §6: a configuration that is removed from the log is not in force any more; the one before it is. */
function rollBackConfiguration(step: StepContext, fromIndex: number): void {
  const { state } = step;
  const kept = state.configurations.filter(({ index }) => index < fromIndex);
  const inForce = kept.at(-1);
  if (!inForce || kept.length === state.configurations.length) return;
  const rule = 'rollback-config-on-truncate';
  const reason = `the configuration at ${state.configurations.at(-1)?.index} was removed from the log`;
  if (!isRuleOn(state, rule)) return waive(step, rule, reason);
  state.configurations = kept;
  emit(step, { type: 'configuration-rolled-back', fromIndex, ...inForce, reason, rule });
}

/** The staged snapshot takes the place of the whole log. */
export function installSnapshot(step: StepContext, meta: SnapshotMeta): void {
  const { state, changes } = step;
  claimWrite(step);
  changes.installSnapshot = meta;
  const { lastIncludedIndex: index, lastIncludedTerm: term, configuration, configurationIndex } = meta;
  restartShape(state.log, { index, term });
  // Nothing of it is on disk until this very write is.
  lowerPersisted(state, 0);
  state.snapshot = meta;
  state.configurations = [{ index: configurationIndex, configuration }];
  state.commitIndex = index;
}

function lowerPersisted(state: RaftState, lastIndex: number): void {
  state.persistedIndex = Math.min(state.persistedIndex, lastIndex);
  // A write that is still under way must not count for entries that replaced the ones it carried (the ABA of late completions).
  for (const pending of state.pendingWrites) pending.lastIndex = Math.min(pending.lastIndex, lastIndex);
}

export function emit(step: StepContext, event: CoreEvent): void {
  step.effects.events.push(event);
}

/** A rule that is switched off would have refused what this server does now. */
export function waive(step: StepContext, rule: RuleId, reason: string): void {
  emit(step, { type: 'rule-waived', rule, reason });
}

/**
 * A promise of Raft. With all rules on a server that finds one broken must stop; with a rule off it says so and goes on,
 * so that one can watch what comes of it.
 * @returns whether it holds
 * @throws AssertionError when it does not, and no rule is off
 */
export function checkPromise(step: StepContext, holds: boolean, promise: string, reason: string): boolean {
  if (holds) return true;
  if (step.state.rulesOff.length === 0) throw new AssertionError(reason);
  emit(step, { type: 'promise-broken', promise, reason });
  return false;
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
  const { state, effects } = step;
  const isDurable = state.lastWrite <= state.persistedWrite;
  if (isDurable || isRuleOn(state, 'persist-before-reply')) {
    effects.sends.push({ to, message, after: isDurable ? 0 : state.lastWrite });
  } else {
    waive(step, 'persist-before-reply', `write ${state.lastWrite} is not on disk, and the ${message.kind} leaves`);
    effects.sends.push({ to, message, after: 0 });
  }
}
