/**
 * Messages, logs and states for tests of the core: each builder fills in what the test does not speak of.
 */
import type { RuleId } from '../../shared/rules.ts';
import type { NodeId } from '../../shared/ids.ts';
import { paperTimings } from '../../shared/cluster-config.ts';
import { votersOnly } from '../../shared/configuration.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import type {
  AppendEntries,
  AppendEntriesReply,
  ConsensusMessage,
  InstallSnapshot,
  InstallSnapshotReply,
  PreVoteReply,
  RequestVote,
  RequestVoteReply,
} from '../../shared/raft-message.ts';
import type { CoreEvent } from '../../shared/event.ts';
import type { Effects, OutgoingMessage } from '../../main/raft/contract.ts';
import {
  configurationOf,
  createState,
  type CandidateRole,
  type FollowerRole,
  type InitialState,
  type LeaderRole,
  type RaftState,
} from '../../main/raft/state.ts';
import { step } from '../../main/raft/step.ts';
import { termRunsOf } from './core-disk.ts';
import { logOf } from './core-entries.ts';

export { entryAt, logOf } from './core-entries.ts';

export interface StateOptions extends Partial<Omit<InitialState, 'lastIndex' | 'termRuns' | 'entrySizes'>> {
  /** With whatever folders they have; or say `bootstrap`. */
  readonly voters?: readonly NodeId[];
  /** The terms of the log, behind what is compacted. */
  readonly log?: readonly number[];
}

/** What the dissertation adds to elections; off, a server elects as the paper's Figure 2 says. */
export const electionExtras: readonly RuleId[] = ['pre-vote', 'leader-stickiness', 'check-quorum'];

/** The folder that every server has in these tests, unless a test speaks of folders. */
export const someStorage = 1;

/** Server 0 of three, electing as Figure 2 says, by default with an empty log in term 1, started at time 0. */
export function stateOf(options: StateOptions = {}): RaftState {
  const { voters = [0, 1, 2], log = [], compacted = { index: 0, term: 0 }, ...others } = options;
  const entries = logOf(log, compacted.index + 1);
  const onDisk = {
    lastIndex: compacted.index + entries.length,
    entrySizes: entries.map(entryBytes),
    termRuns: termRunsOf(entries, compacted.index),
  };
  const defaults = {
    id: 0,
    storage: someStorage,
    bootstrap: votersOnly(voters),
    term: Math.max(1, compacted.term, ...log),
    votedFor: null,
    seed: 1,
    boot: 1,
    rulesOff: electionExtras,
    timings: paperTimings,
  };
  return createState({ ...defaults, ...onDisk, compacted, ...others }, 0);
}

/** Follows node 1. */
export function followerOf(options: StateOptions = {}): RaftState {
  const state = stateOf(options);
  receive(state, 1, appendEntries({ term: state.term }));
  return state;
}

/** Has voted for itself, durably, and asked for votes: one term above `options.term`. */
export function candidateOf(options: StateOptions = {}): RaftState {
  const state = stateOf(options);
  step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
  persistAll(state);
  return state;
}

/** Elected one term above `options.term`; its no-op is durable, and nobody has answered yet. */
export function leaderOf(options: StateOptions = {}): RaftState {
  const state = candidateOf(options);
  const { voters, outgoing } = configurationOf(state);
  for (const { id, storage } of [...voters, ...outgoing]) {
    if (state.role.name !== 'candidate') break;
    const { round } = state.role;
    const answer = vote({ term: state.term, round, storage: storage || someStorage });
    if (id !== state.id) receive(state, id, answer);
  }
  persistAll(state);
  return state;
}

/** A message arrives, at the time of the state's last reset unless the test says when. */
export function receive(state: RaftState, from: NodeId, message: ConsensusMessage, nowNs = state.lastHeardNs): Effects {
  return step(state, { type: 'message', from, message }, nowNs);
}

/** Everything that was written becomes durable. */
export function persistAll(state: RaftState, nowNs = state.lastHeardNs): Effects {
  return step(state, { type: 'persisted', write: state.lastWrite }, nowNs);
}

export function asFollower(state: RaftState): FollowerRole {
  if (state.role.name !== 'follower') throw new Error(`a ${state.role.name}, not a follower`);
  return state.role;
}

export function asCandidate(state: RaftState): CandidateRole {
  if (state.role.name !== 'candidate') throw new Error(`a ${state.role.name}, not a candidate`);
  return state.role;
}

export function asLeader(state: RaftState): LeaderRole {
  if (state.role.name !== 'leader') throw new Error(`a ${state.role.name}, not a leader`);
  return state.role;
}

/** The messages of one kind that a step sends, with whom they go to and what they wait for. */
export function sent<Kind extends OutgoingMessage['kind']>(effects: Effects, kind: Kind) {
  return effects.sends.flatMap(({ to, after, message }) =>
    message.kind === kind ? [{ to, after, message: message as Extract<OutgoingMessage, { kind: Kind }> }] : [],
  );
}

/** The events of one type that a step reports. */
export function eventsOf<Type extends CoreEvent['type']>(
  effects: { readonly events: readonly CoreEvent[] },
  type: Type,
) {
  return effects.events.filter((event): event is Extract<CoreEvent, { type: Type }> => event.type === type);
}

export function requestVote(fields: Partial<RequestVote> = {}): RequestVote {
  const log = { lastLogIndex: 0, lastLogTerm: 0 };
  return { kind: 'request-vote', term: 2, round: 1, candidateId: 1, ...log, transfer: false, ...fields };
}

export function vote(fields: Partial<RequestVoteReply> = {}): RequestVoteReply {
  return { kind: 'request-vote-reply', term: 2, round: 1, storage: someStorage, voteGranted: true, ...fields };
}

/** Yes to a pre-vote, from a voter that is in term 1. */
export function preVoteYes(fields: Partial<PreVoteReply> = {}): PreVoteReply {
  return { kind: 'pre-vote-reply', term: 1, round: 1, storage: someStorage, voteGranted: true, ...fields };
}

/** A heartbeat of node 1 in term 1, or entries. */
export function appendEntries(fields: Partial<AppendEntries> = {}): AppendEntries {
  const empty = { prevLogIndex: 0, prevLogTerm: 0, leaderCommit: 0, entries: [] };
  return { kind: 'append-entries', term: 1, round: 1, leaderId: 1, ...empty, ...fields };
}

export function accepted(fields: Partial<AppendEntriesReply> = {}): AppendEntriesReply {
  const success = { success: true, matchIndex: 0, conflictTerm: 0, conflictIndex: 0 };
  return { kind: 'append-entries-reply', term: 2, round: 1, storage: someStorage, ...success, ...fields };
}

export function refused(fields: Partial<AppendEntriesReply> = {}): AppendEntriesReply {
  return { ...accepted(fields), success: false };
}

/** The only chunk of a snapshot of node 1 in term 1: four bytes in the place of entries 1 to 10, of term 1. */
export function installSnapshot(fields: Partial<InstallSnapshot> = {}): InstallSnapshot {
  const last = { lastIncludedIndex: 10, lastIncludedTerm: 1 };
  const configuration = { configuration: votersOnly([0, 1, 2]), configurationIndex: 0 };
  const chunk = { offset: 0, totalBytes: 4, data: new Uint8Array(4) };
  return { kind: 'install-snapshot', term: 1, round: 1, leaderId: 1, ...last, ...configuration, ...chunk, ...fields };
}

export function snapshotAnswer(fields: Partial<InstallSnapshotReply> = {}): InstallSnapshotReply {
  const last = { lastIncludedIndex: 10, lastIncludedTerm: 1 };
  const progress = { nextOffset: 0, installed: false };
  return { kind: 'install-snapshot-reply', term: 2, round: 1, storage: someStorage, ...last, ...progress, ...fields };
}
