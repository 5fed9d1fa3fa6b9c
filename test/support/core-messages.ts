/**
 * Messages, logs and states for tests of the core: each builder fills in what the test does not speak of.
 */
import type { RuleId } from '../../shared/rules.ts';
import type { NodeId } from '../../shared/ids.ts';
import { paperTimings } from '../../shared/cluster-config.ts';
import { entryBytes, type LogEntry } from '../../shared/log-entry.ts';
import type {
  AppendEntries,
  AppendEntriesReply,
  ConsensusMessage,
  RequestVote,
  RequestVoteReply,
} from '../../shared/raft-message.ts';
import type { CoreEvent } from '../../shared/event.ts';
import type { Effects, OutgoingMessage } from '../../main/raft/contract.ts';
import {
  createState,
  type CandidateRole,
  type FollowerRole,
  type LeaderRole,
  type RaftState,
} from '../../main/raft/state.ts';
import { step } from '../../main/raft/step.ts';
import { termRunsOf } from './core-node.ts';

const made = new Map<string, LogEntry>();

/** An entry of `term` at `index`: the same one each time. */
export function entryAt(index: number, term: number): LogEntry {
  const name = `${index}:${term}`;
  const entry = made.get(name) ?? { index, term, kind: 'client', payload: new TextEncoder().encode(name) };
  made.set(name, entry);
  return entry;
}

/** A log by its terms: `[1, 1, 3]` has two entries of term 1 and one of term 3. `firstIndex` counts from 1. */
export function logOf(terms: readonly number[], firstIndex = 1): LogEntry[] {
  return terms.map((term, position) => entryAt(firstIndex + position, term));
}

export interface StateOptions {
  readonly id?: NodeId;
  readonly voters?: readonly NodeId[];
  readonly term?: number;
  readonly votedFor?: NodeId | null;
  /** The terms of the log. */
  readonly log?: readonly number[];
  readonly seed?: number;
  readonly boot?: number;
  readonly rulesOff?: readonly RuleId[];
}

/** What the dissertation adds to elections; off, a server elects as the paper's Figure 2 says. */
export const electionExtras: readonly RuleId[] = ['pre-vote', 'leader-stickiness', 'check-quorum'];

/** Server 0 of three, electing as Figure 2 says, by default with an empty log in term 1, started at time 0. */
export function stateOf(options: StateOptions = {}): RaftState {
  const {
    id = 0,
    voters = [0, 1, 2],
    log = [],
    term = Math.max(1, ...log),
    votedFor = null,
    seed = 1,
    boot = 1,
    rulesOff = electionExtras,
  } = options;
  const entries = logOf(log);
  const entrySizes = entries.map(entryBytes);
  const termRuns = termRunsOf(entries);
  const disk = { term, votedFor, lastIndex: entries.length, termRuns, entrySizes };
  return createState({ id, voters, timings: paperTimings, seed, boot, rulesOff, ...disk }, 0);
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
  for (const voter of state.voters.filter((id) => id !== state.id)) {
    if (state.role.name === 'candidate') receive(state, voter, vote({ term: state.term, round: state.role.round }));
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
  return { kind: 'request-vote', term: 2, round: 1, candidateId: 1, lastLogIndex: 0, lastLogTerm: 0, ...fields };
}

export function vote(fields: Partial<RequestVoteReply> = {}): RequestVoteReply {
  return { kind: 'request-vote-reply', term: 2, round: 1, voteGranted: true, ...fields };
}

/** A heartbeat of node 1 in term 1, or entries. */
export function appendEntries(fields: Partial<AppendEntries> = {}): AppendEntries {
  const empty = { prevLogIndex: 0, prevLogTerm: 0, leaderCommit: 0, entries: [] };
  return { kind: 'append-entries', term: 1, round: 1, leaderId: 1, ...empty, ...fields };
}

export function accepted(fields: Partial<AppendEntriesReply> = {}): AppendEntriesReply {
  const success = { success: true, matchIndex: 0, conflictTerm: 0, conflictIndex: 0 };
  return { kind: 'append-entries-reply', term: 2, round: 1, ...success, ...fields };
}

export function refused(fields: Partial<AppendEntriesReply> = {}): AppendEntriesReply {
  return { ...accepted(fields), success: false };
}
