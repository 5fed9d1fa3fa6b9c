/**
 * A change of membership across leaders: what one that takes office finds, and what one that goes leaves behind.
 */
import { isJoint, serversOf, type Configuration } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { configurationAt, configurationOf, placedConfigurationOf } from './state.ts';
import type { LeaderRole, PendingChange, RaftState } from './state.ts';
import type { StepContext } from './step-context.ts';

/** The other servers of a configuration, whatever their part. */
export function othersIn({ id: self }: RaftState, configuration: Configuration): readonly NodeId[] {
  return serversOf(configuration).filter((id) => id !== self);
}

/** Whom a new leader replicates to: all members, and those that it may find removed but not told so. */
export function followersOf(state: RaftState): readonly NodeId[] {
  const members = othersIn(state, configurationOf(state));
  const before = othersIn(state, configurationAt(state, state.commitIndex).configuration);
  return [...new Set([...members, ...before])];
}

/** What an earlier leader began and this one has in its log: it is carried on, and nobody waits for it here. */
export function inheritedChange(state: RaftState): PendingChange | null {
  const { index, configuration } = placedConfigurationOf(state);
  const joint = isJoint(configuration);
  if (!joint && index <= state.commitIndex) return null;
  const { voters, learners } = configuration;
  const change = { mode: 'joint', voters, learners } as const;
  return { ticket: null, change, phase: joint ? 'joint' : 'final', index, catchUp: null };
}

/** The office is lost: who waits for a change is told. What is in the log stands or falls with the log. */
export function abandonChange(step: StepContext, role: LeaderRole): void {
  const { change } = role;
  role.change = null;
  if (change && change.ticket !== null) {
    const reason = 'I lost my office; my successor carries the change on, or it is undone';
    step.effects.outcomes.push({ ticket: change.ticket, kind: 'unknown', reason });
  }
}
