/**
 * Majorities (Raft §5.2: "votes from a majority of the servers in the full cluster"), and the two that a joint
 * configuration needs (§6). Who counts is a server with its folder: see `Server`.
 */
import type { Configuration, Server } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { configurationAt, configurationOf, isRuleOn, type RaftState } from './state.ts';
import { waive, type StepContext } from './step-context.ts';

/** How many of `voters` servers make a majority. */
export function majorityOf(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/**
 * The groups of servers that each must agree: one, or the new and the old one while the configuration is joint.
 * @param jointMajorities whether the rule of this name is on
 */
export function decidingGroups(
  state: RaftState,
  jointMajorities = isRuleOn(state, 'joint-majorities'),
): readonly (readonly Server[])[] {
  return groupsOf(configurationOf(state), jointMajorities);
}

function groupsOf({ voters, outgoing }: Configuration, jointMajorities: boolean): readonly (readonly Server[])[] {
  return outgoing.length === 0 || !jointMajorities ? [voters] : [voters, outgoing];
}

/** True when the server that answers from this folder is the one that was added. */
function hasItsFolder(server: Server, { id, storage }: Server): boolean {
  return server.id === id && (server.storage === 0 || server.storage === storage);
}

/** True when an answer is `server`'s: of its id and its folder (rule `no-amnesia`). */
export function isSameServer(state: RaftState, server: Server, answering: Server): boolean {
  return hasItsFolder(server, answering) || (server.id === answering.id && !isRuleOn(state, 'no-amnesia'));
}

/** True when it has a vote in the configuration in force; this server itself, when no other is named. */
export function isVoter(state: RaftState, voter: Server = { id: state.id, storage: state.storage }): boolean {
  return isIn(state, decidingGroups(state), voter);
}

function isIn(state: RaftState, groups: readonly (readonly Server[])[], voter: Server): boolean {
  return groups.some((group) => group.some((server) => isSameServer(state, server, voter)));
}

/**
 * True when this server's vote may be needed: it has one in the configuration in force, or had one in the last that it
 * knows to be committed. Dissertation §4.2.2: "a server that is not part of its own latest configuration should still
 * start new elections, as it might still be needed until the C_new entry is committed" (Figure 4.6).
 */
export function mayBeNeeded(state: RaftState): boolean {
  const self = { id: state.id, storage: state.storage };
  const committed = configurationAt(state, state.commitIndex).index;
  const jointMajorities = isRuleOn(state, 'joint-majorities');
  return state.configurations.some(
    ({ index, configuration }) => index >= committed && isIn(state, groupsOf(configuration, jointMajorities), self),
  );
}

/** True when `votes` are a majority of each deciding group. Copies count unless they were kept out before. */
export function hasQuorum(state: RaftState, votes: readonly Server[]): boolean {
  return decidingGroups(state).every((group) => {
    const counted = votes.filter((vote) => group.some((server) => isSameServer(state, server, vote)));
    return counted.length >= majorityOf(group.length);
  });
}

/** True when those that `agrees` is true of are a majority of each deciding group. */
export function isMajority(state: RaftState, agrees: (server: Server) => boolean): boolean {
  return decidingGroups(state).every((group) => group.filter(agrees).length >= majorityOf(group.length));
}

/** What a server has reached, and the folder that it says so from. */
export type ReachedBy = (id: NodeId) => { readonly value: number; readonly storage: number };

/** The largest value that a majority of each group has reached; the deciding groups, if no others are given. */
export function quorumValue(state: RaftState, valueOf: ReachedBy, groups = decidingGroups(state)): number {
  let least = Infinity;
  for (const group of groups) {
    const values = group.map((server) => {
      const { value, storage } = valueOf(server.id);
      return isSameServer(state, server, { id: server.id, storage }) ? value : 0;
    });
    values.sort((left, right) => right - left);
    least = Math.min(least, values[majorityOf(group.length) - 1] ?? 0);
  }
  return least;
}

/** `2 of 3`, or `2 of 3 new and 1 of 3 old` while joint: how many of each group `isIn`. */
export function describeShare(state: RaftState, isIn: (server: Server) => boolean): string {
  const [voters = [], outgoing] = decidingGroups(state);
  const share = (group: readonly Server[]): string => `${group.filter(isIn).length} of ${group.length}`;
  return outgoing ? `${share(voters)} new and ${share(outgoing)} old` : share(voters);
}

/** How many votes are enough; of the larger group while joint. */
export function votesNeeded(state: RaftState): number {
  return Math.max(...decidingGroups(state).map((group) => majorityOf(group.length)));
}

/**
 * `agreeing` decide something: says which rules about majorities would have refused it, if they were on.
 */
export function waiveQuorumRules(step: StepContext, agreeing: readonly Server[]): void {
  const { state } = step;
  if (state.rulesOff.length === 0) return;
  const agrees = (server: Server): boolean => agreeing.some((other) => isSameServer(state, server, other));
  const whole = (groups: readonly (readonly Server[])[], counts: (server: Server) => boolean): boolean =>
    groups.every((group) => group.filter(counts).length >= majorityOf(group.length));
  if (!isRuleOn(state, 'joint-majorities') && !whole(decidingGroups(state, true), agrees)) {
    waive(step, 'joint-majorities', 'the old servers have no majority among those that agree');
  }
  const agreesWithFolder = (server: Server): boolean => agreeing.some((other) => hasItsFolder(server, other));
  if (!isRuleOn(state, 'no-amnesia') && !whole(decidingGroups(state), agreesWithFolder)) {
    waive(step, 'no-amnesia', 'servers that have lost their folders are needed for the majority');
  }
}
