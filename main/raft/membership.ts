/**
 * Changes of membership, as the leader carries them through (Raft §6, dissertation chapter 4).
 *
 * New voters are learners first and catch up (catch-up.ts). Then the joint configuration C_old,new enters the log; from
 * there on both majorities decide (quorum.ts). When it is committed C_new follows, and with its commit the change is
 * done: a leader that is not in C_new gives up its office then (§4.2.2). A change of one server needs no joint phase
 * (§4.1), and one of learners alone decides nothing. A change that a leader leaves behind, its successor finds in its log
 * and carries on.
 */
import { describeConfiguration, type Configuration } from '../../shared/configuration.ts';
import { beginCatchUp, followCatchUp } from './catch-up.ts';
import type { MembershipChange, Ticket } from './contract.ts';
import { isSameSet, whyNotChange, withKnownFolders, withNewLearners, without } from './membership-request.ts';
import { isVoter } from './quorum.ts';
import { newProgress } from './progress.ts';
import { broadcastHeartbeat, replicateTo } from './replicate.ts';
import { becomeFollower } from './roles.ts';
import { othersIn } from './pending-change.ts';
import { configurationOf, knownLeader, placedConfigurationOf } from './state.ts';
import type { LeaderRole, PendingChange } from './state.ts';
import { appendEntries, emit, type StepContext } from './step-context.ts';

export function onChangeMembership(step: StepContext, ticket: Ticket, asked: MembershipChange): void {
  const { state, effects } = step;
  const { role } = state;
  if (role.name !== 'leader') {
    effects.outcomes.push({ ticket, kind: 'not-leader', leaderId: knownLeader(state) });
    return;
  }
  const { index, configuration } = placedConfigurationOf(state);
  const change = withKnownFolders(configuration, asked);
  const obstacle = whyNotChange(step, role, change);
  if (obstacle) {
    effects.outcomes.push({ ticket, kind: 'refused', ...obstacle });
    return emit(step, { type: 'request-held', what: 'membership-change', count: 1, ...obstacle });
  }
  const begun: PendingChange = { ticket, change, phase: 'catch-up', index, catchUp: null };
  role.change = begun;
  const { mode, voters, learners } = change;
  const aim = describeConfiguration({ voters, outgoing: configuration.voters, learners });
  announce(step, 'begun', `${aim}, ${mode}`);
  addLearners(step, role, begun);
}

/** §4.2.1: new voters get the log first, as members that decide nothing. */
function addLearners(step: StepContext, role: LeaderRole, begun: PendingChange): void {
  const present = configurationOf(step.state);
  const newcomers = without(begun.change.voters, present.voters);
  if (newcomers.length === 0) return decide(step, role, begun);
  const learners = withNewLearners(present, begun.change.voters);
  if (!isSameSet(learners, present.learners)) {
    begun.index = appendConfiguration(step, role, { ...present, learners });
  }
  begun.catchUp = beginCatchUp(step, role, newcomers);
  continueCatchUp(step, role);
}

/** A follower has answered, or time has passed. */
export function continueCatchUp(step: StepContext, role: LeaderRole): void {
  const { change } = role;
  if (!change?.catchUp) return;
  const { kind, ...why } = followCatchUp(step, role, change.catchUp);
  if (kind === 'caught-up') {
    change.catchUp = null;
    if (change.index <= step.state.commitIndex) decide(step, role, change);
  } else if ('reason' in why) {
    giveUp(step, role, change, why.reason);
  }
}

/** A follower has answered. */
export function onProgress(step: StepContext, role: LeaderRole): void {
  continueCatchUp(step, role);
}

function giveUp(step: StepContext, role: LeaderRole, { ticket }: PendingChange, reason: string): void {
  role.change = null;
  announce(step, 'given-up', reason);
  if (ticket !== null) step.effects.outcomes.push({ ticket, kind: 'refused', reason });
}

/** The new servers are ready: C_old,new, or C_new at once where no two majorities could decide apart. */
function decide(step: StepContext, role: LeaderRole, pending: PendingChange): void {
  const { voters: outgoing } = configurationOf(step.state);
  const { mode, voters, learners } = pending.change;
  if (mode === 'single-server' || isSameSet(voters, outgoing)) return conclude(step, role, pending);
  pending.phase = 'joint';
  pending.index = appendConfiguration(step, role, { voters, outgoing, learners });
  announce(step, 'joint', `the old and the new servers decide together from entry ${pending.index} on`);
}

/** C_new enters the log. */
function conclude(step: StepContext, role: LeaderRole, pending: PendingChange): void {
  const { voters, learners } = pending.change;
  pending.phase = 'final';
  pending.index = appendConfiguration(step, role, { voters, outgoing: [], learners });
  announce(
    step,
    'final',
    `${describeConfiguration(configurationOf(step.state))} decides from entry ${pending.index} on`,
  );
}

function appendConfiguration(step: StepContext, role: LeaderRole, configuration: Configuration): number {
  const { state, nowNs } = step;
  const { term } = state;
  const index = appendEntries(step, term, [{ kind: 'configuration', payload: new Uint8Array(0), configuration }]);
  const reason = `configuration ${describeConfiguration(configuration)}`;
  emit(step, { type: 'entries-appended', firstIndex: index, lastIndex: index, term, reason });
  for (const id of othersIn(state, configuration)) {
    if (!role.progress.has(id)) role.progress.set(id, newProgress(index, nowNs));
  }
  for (const follower of role.progress.keys()) replicateTo(step, follower);
  return index;
}

/** The leader's commitIndex has moved. The office may be given up here. */
export function afterCommit(step: StepContext): void {
  const { state } = step;
  const { role, commitIndex } = state;
  const change = role.name === 'leader' ? role.change : null;
  if (role.name !== 'leader' || !change || change.index > commitIndex) return;
  if (change.phase === 'joint') conclude(step, role, change);
  else if (change.phase === 'final') finish(step, role, change);
  else if (!change.catchUp) decide(step, role, change);
}

function finish(step: StepContext, role: LeaderRole, { ticket, index }: PendingChange): void {
  role.change = null;
  announce(step, 'done', `${describeConfiguration(configurationOf(step.state))} is committed at entry ${index}`);
  if (ticket !== null) step.effects.outcomes.push({ ticket, kind: 'done', index });
  releaseRemoved(step, role);
}

/** Who is not in the committed configuration hears so once more, and then nothing; that may be this leader itself. */
function releaseRemoved(step: StepContext, role: LeaderRole): void {
  const { state } = step;
  const configuration = configurationOf(state);
  const members = othersIn(state, configuration);
  const removed = [...role.progress.keys()].filter((id) => !members.includes(id));
  const stays = isVoter(state);
  if (removed.length === 0 && stays) return;
  broadcastHeartbeat(step);
  for (const id of removed) role.progress.delete(id);
  if (stays) return;
  // §4.2.2: "a leader that is removed from the configuration steps down once the C_new entry is committed."
  becomeFollower(step, null, `I have no vote in ${describeConfiguration(configuration)}, which is committed`);
}

function announce(step: StepContext, what: 'begun' | 'joint' | 'final' | 'done' | 'given-up', reason: string): void {
  emit(step, { type: 'membership-step', step: what, term: step.state.term, reason });
}
