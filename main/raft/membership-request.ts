/**
 * What a change of membership asks for, and why a leader does not begin it (dissertation chapter 4).
 */
import { limits } from '../../shared/cluster-config.ts';
import { describeConfiguration, isJoint, type Configuration, type Server } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { MembershipChange } from './contract.ts';
import { unlessOff } from './refusal.ts';
import { configurationOf, placedConfigurationOf, type LeaderRole } from './state.ts';
import type { StepContext } from './step-context.ts';

/** A sentence for a person, and the rule where one refuses. */
interface Obstacle {
  readonly reason: string;
  readonly rule?: RuleId;
}

/** True when both name the same server with the same folder. */
export function isEqualServer(left: Server, right: Server): boolean {
  return left.id === right.id && left.storage === right.storage;
}

/** Those of `servers` that `others` do not have; a server with another folder is another one. */
export function without(servers: readonly Server[], others: readonly Server[]): readonly Server[] {
  return servers.filter((server) => !others.some((other) => isEqualServer(server, other)));
}

export function isSameSet(left: readonly Server[], right: readonly Server[]): boolean {
  return left.length === right.length && without(left, right).length === 0;
}

/** A server that is a member already keeps its folder, unless another one is named: then it is to be replaced. */
export function withKnownFolders(
  present: Configuration,
  { mode, voters, learners }: MembershipChange,
): MembershipChange {
  const members = [...present.voters, ...present.learners];
  const known = ({ id, storage }: Server): Server => ({
    id,
    storage: storage || (members.find((member) => member.id === id)?.storage ?? 0),
  });
  return { mode, voters: voters.map(known), learners: learners.map(known) };
}

/** Who learns while new voters catch up: who does so already, and they. One that learned with another folder learns anew. */
export function withNewLearners(present: Configuration, voters: readonly Server[]): readonly Server[] {
  const strangers = without(without(voters, present.voters), present.learners);
  const others = present.learners.filter(({ id }) => !strangers.some((stranger) => stranger.id === id));
  return [...others, ...strangers];
}

/** Why the change is not begun; undefined when it is. */
export function whyNotChange(step: StepContext, role: LeaderRole, change: MembershipChange): Obstacle | undefined {
  const reason = whyBusy(step, role) ?? whyImpossible(step, change) ?? whyNoSingleStep(step, change);
  return reason === undefined ? whyTooEarly(step, role) : { reason };
}

function whyBusy({ state }: StepContext, role: LeaderRole): string | undefined {
  if (role.transfer) return `the office is being handed over to node ${role.transfer.to}`;
  const { index, configuration } = placedConfigurationOf(state);
  if (!role.change && !isJoint(configuration) && index <= state.commitIndex) return undefined;
  return `another change of membership is under way: ${describeConfiguration(configuration)} at entry ${index}`;
}

function whyImpossible({ state }: StepContext, { voters, learners }: MembershipChange): string | undefined {
  const { nodesMax, learnersMax } = limits;
  if (voters.length === 0) return 'a cluster without a voter decides nothing; name at least one';
  if (voters.length > nodesMax) return `a cluster has up to ${nodesMax} voters, not ${voters.length}`;
  if (learners.length > learnersMax) return `a cluster has up to ${learnersMax} learners, not ${learners.length}`;
  const twice = firstRepeated([...voters, ...learners]);
  if (twice !== undefined) return `node ${twice} is named twice; a server either votes or learns`;
  const other = [...voters, ...learners].find(({ id, storage }) => {
    return id === state.id && storage !== 0 && storage !== state.storage;
  });
  if (other) return `I am node ${other.id} and have another folder than the one that is to be added`;
  const present = configurationOf(state);
  const meanwhile = withNewLearners(present, voters).length;
  if (meanwhile > learnersMax) {
    return `${meanwhile} servers would learn while the new voters catch up, and a cluster has up to ${learnersMax} learners`;
  }
  if (!isSameSet(voters, present.voters) || !isSameSet(learners, present.learners)) return undefined;
  return `nothing is to be changed: ${describeConfiguration(present)} is in force`;
}

function firstRepeated(servers: readonly Server[]): NodeId | undefined {
  return servers.find(({ id }, position) => servers.findIndex((server) => server.id === id) < position)?.id;
}

/** Dissertation §4.1: majorities of two configurations overlap as long as they differ by one voter. */
function whyNoSingleStep({ state }: StepContext, { mode, voters }: MembershipChange): string | undefined {
  if (mode === 'joint') return undefined;
  const { voters: present } = configurationOf(state);
  const added = without(voters, present).length;
  const removed = without(present, voters).length;
  if (added + removed <= 1) return undefined;
  return `a single-server change adds or removes one voter; this one adds ${added} and removes ${removed}`;
}

/** The flaw of 2015: a leader that has committed nothing may not know of the latest change, and begin another from the same start. */
function whyTooEarly(step: StepContext, { firstOwnIndex }: LeaderRole): Obstacle | undefined {
  const { commitIndex, term } = step.state;
  if (commitIndex >= firstOwnIndex) return undefined;
  const reason = `I have not committed an entry of my term ${term} yet; ask again in a moment`;
  return unlessOff(step, { rule: 'config-after-own-term-commit', reason });
}
