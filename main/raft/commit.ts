/**
 * The commit rule (Raft §5.3, §5.4.2): what a majority has on disk is decided.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import { emit, waive, type StepContext } from './step-context.ts';
import { termAt } from './log-shape.ts';
import { afterCommit } from './membership.ts';
import { leaderOf } from './progress.ts';
import { decidingGroups, describeShare, quorumValue, waiveQuorumRules, type ReachedBy } from './quorum.ts';
import { configurationOf, isRuleOn } from './state.ts';

/** How far this server's own copy counts (rule `durable-quorum-commit`). */
function ownValue({ state }: StepContext): number {
  return isRuleOn(state, 'durable-quorum-commit') ? state.persistedIndex : state.log.lastIndex;
}

/**
 * Raft §5.3, §5.4.2: commits the last entry that a majority has on disk, if it is of this term; everything before it
 * commits with it. The leader counts itself only up to what its own disk has.
 */
export function advanceCommit(step: StepContext): void {
  const { state } = step;
  const { progress } = leaderOf(step);
  const ownIndex = ownValue(step);
  const reached: ReachedBy = (id) => {
    if (id === state.id) return { value: ownIndex, storage: state.storage };
    const follower = progress.get(id);
    return { value: follower?.matchIndex ?? 0, storage: follower?.storage ?? 0 };
  };
  const index = quorumValue(state, reached);
  if (index <= state.commitIndex) return holdForOldServers(step, reached);
  // Raft §5.4.2: "only log entries from the leader's current term are committed by counting replicas".
  if (termAt(state.log, index) !== state.term) {
    const reason = `entry ${index} is of term ${termAt(state.log, index)}, not of mine, ${state.term}`;
    if (isRuleOn(state, 'own-term-commit')) return hold(step, index, 'own-term-commit', reason);
    waive(step, 'own-term-commit', reason);
  }
  const has = (id: NodeId): boolean => (id === state.id ? ownIndex : (progress.get(id)?.matchIndex ?? 0)) >= index;
  waiveCommitRules(step, index, has);
  moveCommitIndex(step, index, `${describeShare(state, ({ id }) => has(id))} have it on disk, a majority`);
  afterCommit(step);
}

/** The new servers of a joint configuration would have decided, and the old ones have not (Raft §6). */
function holdForOldServers(step: StepContext, reached: ReachedBy): void {
  const { state } = step;
  if (configurationOf(state).outgoing.length === 0) return;
  const newAlone = quorumValue(state, reached, decidingGroups(state, false));
  if (newAlone <= state.commitIndex) return;
  hold(
    step,
    newAlone,
    'joint-majorities',
    `the new servers have entry ${newAlone} on disk, and of the old ones no majority`,
  );
}

/** A majority has it, and it has to wait. Said once. */
function hold(step: StepContext, index: number, rule: RuleId, reason: string): void {
  const role = leaderOf(step);
  if (role.held?.rule === rule && role.held.index >= index) return;
  role.held = { index, rule };
  emit(step, { type: 'commit-held', index, term: step.state.term, reason, rule });
}

function waiveCommitRules(step: StepContext, index: number, has: (id: NodeId) => boolean): void {
  const { state } = step;
  if (state.rulesOff.length === 0) return;
  if (!isRuleOn(state, 'durable-quorum-commit') && state.persistedIndex < index) {
    waive(
      step,
      'durable-quorum-commit',
      `my own disk ends at ${state.persistedIndex}, and I count myself for ${index}`,
    );
  }
  const agreeing = [...leaderOf(step).progress].map(([id, { storage }]) => ({ id, storage }));
  agreeing.push({ id: state.id, storage: state.storage });
  waiveQuorumRules(
    step,
    agreeing.filter(({ id }) => has(id)),
  );
}

/** Moves commitIndex on and hands the entries to the state machine. Never moves back. */
export function moveCommitIndex(step: StepContext, index: number, reason: string): void {
  const { state, effects } = step;
  if (index <= state.commitIndex) return;
  const from = state.commitIndex;
  state.commitIndex = index;
  effects.apply = { from: effects.apply?.from ?? from + 1, to: index };
  const rule = state.role.name === 'leader' ? ({ rule: 'durable-quorum-commit' } as const) : {};
  emit(step, { type: 'commit-advanced', from, to: index, term: state.term, reason, ...rule });
}
