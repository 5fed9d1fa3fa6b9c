/**
 * The whole state of one server: plain data that can be cloned and compared. `step` changes it in place.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { Timings } from '../../shared/cluster-config.ts';
import type { TermRun } from '../../shared/event.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { Ticket } from './contract.ts';
import type { LogShape } from './log-shape.ts';
import { drawInteger } from './random.ts';

/** Reads that were passed on to the leader in one call; asked again at `retryAtNs`, since UDP loses datagrams. */
export interface ForwardedRead {
  readonly tickets: readonly Ticket[];
  readonly round: number;
  retryAtNs: number;
}

export interface FollowerRole {
  readonly name: 'follower';
  /** Who leads this term, as far as this server has heard. */
  leaderId: NodeId | null;
  forwardedReads: ForwardedRead[];
  /** Under way when this server has asked whether it would win an election; `votes` are those that would vote for it. */
  preVote: { readonly round: number; readonly votes: NodeId[] } | null;
}

export interface CandidateRole {
  readonly name: 'candidate';
  /** Votes count only as answers to this call. */
  readonly round: number;
  /** The write that makes the own vote durable; it counts only then. */
  readonly ownVoteWrite: number;
  /** Who granted, each once. */
  readonly votes: NodeId[];
}

/**
 * A leader's view of one follower (Raft Figure 2; states after dissertation §10.2.2).
 * Invariant: matchIndex < nextIndex ≤ lastIndex + 1.
 */
export interface Progress {
  /** `probe`: where the logs agree is not known; one message at a time. `replicate`: nextIndex runs ahead of the answers. */
  mode: 'probe' | 'replicate';
  nextIndex: number;
  matchIndex: number;
  /** Unanswered messages that carried entries. */
  inFlight: { readonly round: number; readonly lastIndex: number }[];
  /** The latest call of this term that it answered, in whatever way: proof that it still took us for the leader then. */
  answeredRound: number;
  /** When it answered last; at first, when this leader took office. */
  answeredNs: number;
  /** Refusals of calls up to this one were acted on already. */
  refusedRound: number;
}

/** A batch of reads that waits for its confirmation. */
export interface PendingRead {
  /** Own tickets, or the follower that asked, with its round. */
  readonly asker: { readonly tickets: readonly Ticket[] } | { readonly node: NodeId; readonly round: number };
  /** Set when the round begins: calls from this one on prove leadership. 0 while it waits for the own-term commit. */
  round: number;
  readIndex: number;
}

export interface LeaderRole {
  readonly name: 'leader';
  readonly progress: Map<NodeId, Progress>;
  heartbeatDeadlineNs: number;
  /** The no-op's index: from its commit on, reads may be answered. */
  readonly firstOwnIndex: number;
  /** In order of arrival: rounds ascend, and reads that wait for theirs stand at the end. */
  pendingReads: PendingRead[];
}

export type Role = FollowerRole | CandidateRole | LeaderRole;

export interface RaftState {
  readonly id: NodeId;
  readonly voters: readonly NodeId[];
  readonly timings: Timings;
  /** Rules that are switched off, for those who want to see what they are good for. */
  readonly rulesOff: readonly RuleId[];

  /** Persistent (Figure 2). */
  term: number;
  votedFor: NodeId | null;
  readonly log: LogShape;

  commitIndex: number;
  role: Role;

  /** State of chance, see random.ts. */
  random: number;
  /** Numbers the calls of this boot; starts at boot × 2³², so that no answer to an earlier boot fits. */
  nextRound: number;

  electionDeadlineNs: number;
  electionTimeoutNs: number;
  /** When this server last heard from a leader, granted a vote, or started. */
  lastHeardNs: number;

  lastWrite: number;
  persistedWrite: number;
  /** The last index that is on disk and has not been truncated since. */
  persistedIndex: number;
  /** Writes under way, with the last index that each will make durable. */
  pendingWrites: { readonly write: number; lastIndex: number }[];
}

/** What a start finds on disk, and who the server is. */
export interface InitialState {
  readonly id: NodeId;
  readonly boot: BootId;
  /** All voting servers, this one among them. */
  readonly voters: readonly NodeId[];
  readonly timings: Timings;
  readonly seed: number;
  /** None by default. */
  readonly rulesOff?: readonly RuleId[];
  readonly term: number;
  readonly votedFor: NodeId | null;
  readonly lastIndex: number;
  readonly termRuns: readonly TermRun[];
  readonly entrySizes: readonly number[];
}

/** A server that has just started: a follower that knows no leader (Raft §5.2). */
export function createState(initial: InitialState, nowNs: number): RaftState {
  const state: RaftState = {
    id: initial.id,
    voters: initial.voters,
    timings: initial.timings,
    rulesOff: initial.rulesOff ?? [],
    term: initial.term,
    votedFor: initial.votedFor,
    log: { runs: [...initial.termRuns], lastIndex: initial.lastIndex, sizes: [...initial.entrySizes] },
    commitIndex: 0,
    role: { name: 'follower', leaderId: null, forwardedReads: [], preVote: null },
    random: initial.seed | 0,
    nextRound: initial.boot * 4_294_967_296 + 1,
    electionDeadlineNs: 0,
    electionTimeoutNs: 0,
    lastHeardNs: nowNs,
    lastWrite: 0,
    persistedWrite: 0,
    persistedIndex: initial.lastIndex,
    pendingWrites: [],
  };
  resetElectionTimer(state, nowNs);
  return state;
}

/** Draws a new election timeout and counts it from now (Raft §5.2: chosen randomly to prevent split votes). */
export function resetElectionTimer(state: RaftState, nowNs: number): void {
  const { electionTimeoutMinMs, electionTimeoutMaxMs } = state.timings;
  state.electionTimeoutNs = drawInteger(
    state,
    electionTimeoutMinMs * nanosecondsPerMillisecond,
    electionTimeoutMaxMs * nanosecondsPerMillisecond,
  );
  state.electionDeadlineNs = nowNs + state.electionTimeoutNs;
}

export function heartbeatIntervalNs(state: RaftState): number {
  return state.timings.heartbeatIntervalMs * nanosecondsPerMillisecond;
}

export function isRuleOn(state: RaftState, rule: RuleId): boolean {
  return !state.rulesOff.includes(rule);
}

/** The leader that this server would send a client to, itself included. */
export function knownLeader(state: RaftState): NodeId | null {
  if (state.role.name === 'leader') return state.id;
  return state.role.name === 'follower' ? state.role.leaderId : null;
}

export function takeRound(state: RaftState): number {
  const round = state.nextRound;
  state.nextRound += 1;
  return round;
}
