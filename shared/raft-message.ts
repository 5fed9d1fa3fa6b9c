/**
 * What servers say to each other. Field names are the paper's (Figure 2). `round` numbers a sender's calls within one
 * boot; a reply repeats it, so that late and repeated answers are told from fresh ones.
 */
import type { Configuration } from './configuration.ts';
import type { Expectation, LogEntry, SessionStamp } from './log-entry.ts';
import type { NodeId } from './ids.ts';
import type { Failure } from './result.ts';
import type { ClientCall, ClientCallReply } from './client-message.ts';
import type { AppendAnswer } from './client-request.ts';

/** RequestVote RPC (Raft §5.2, Figure 2). */
export interface RequestVote {
  readonly kind: 'request-vote';
  readonly term: number;
  readonly round: number;
  readonly candidateId: NodeId;
  readonly lastLogIndex: number;
  readonly lastLogTerm: number;
  /** The leader itself asked the candidate to run (dissertation §3.10), so voters need not spare that leader. */
  readonly transfer: boolean;
}

export interface RequestVoteReply {
  readonly kind: 'request-vote-reply';
  readonly term: number;
  readonly round: number;
  /** Which folder the answering server has; see `Server`. */
  readonly storage: number;
  readonly voteGranted: boolean;
}

/**
 * The question before an election (dissertation §9.6): would you vote for me in `term`? Nobody adopts that term, and a yes
 * binds nobody.
 */
export interface PreVote {
  readonly kind: 'pre-vote';
  /** The term that the sender would take: one above its own. */
  readonly term: number;
  readonly round: number;
  readonly candidateId: NodeId;
  readonly lastLogIndex: number;
  readonly lastLogTerm: number;
}

export interface PreVoteReply {
  readonly kind: 'pre-vote-reply';
  /** The voter's own term. */
  readonly term: number;
  readonly round: number;
  readonly storage: number;
  readonly voteGranted: boolean;
}

/** AppendEntries RPC (Raft §5.3, Figure 2); without entries it is a heartbeat. */
export interface AppendEntries {
  readonly kind: 'append-entries';
  readonly term: number;
  readonly round: number;
  readonly leaderId: NodeId;
  readonly prevLogIndex: number;
  readonly prevLogTerm: number;
  readonly leaderCommit: number;
  readonly entries: readonly LogEntry[];
}

export interface AppendEntriesReply {
  readonly kind: 'append-entries-reply';
  readonly term: number;
  readonly round: number;
  readonly storage: number;
  readonly success: boolean;
  /** On success: the last index that is known to equal the leader's and is on disk. Otherwise 0. */
  readonly matchIndex: number;
  /**
   * On refusal (Raft §5.3, last paragraphs): the term of the conflicting entry and the first index that the follower
   * has of it; when its log is too short, `conflictTerm` is 0 and `conflictIndex` the index behind its last.
   */
  readonly conflictTerm: number;
  readonly conflictIndex: number;
}

/**
 * InstallSnapshot RPC (Raft §7, Figure 13): one chunk of a snapshot, for a follower that needs entries which the leader
 * has compacted.
 */
export interface InstallSnapshot {
  readonly kind: 'install-snapshot';
  readonly term: number;
  readonly round: number;
  readonly leaderId: NodeId;
  /** Two servers' snapshots of the same index and term are equal to the byte, so a chunk of either continues the other. */
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  readonly configuration: Configuration;
  readonly configurationIndex: number;
  /** Where `data` belongs, in bytes. It is the last chunk when it reaches `totalBytes`. */
  readonly offset: number;
  readonly totalBytes: number;
  readonly data: Uint8Array;
}

export interface InstallSnapshotReply {
  readonly kind: 'install-snapshot-reply';
  readonly term: number;
  readonly round: number;
  readonly storage: number;
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  /** The first byte that the follower lacks: where to go on, also after an interruption. */
  readonly nextOffset: number;
  /** The follower's log covers `lastIncludedIndex`, and that is on its disk. */
  readonly installed: boolean;
}

/** The leader asks its successor to run at once (dissertation §3.10). There is no answer but the election. */
export interface TimeoutNow {
  readonly kind: 'timeout-now';
  readonly term: number;
  readonly round: number;
}

/** How a read is confirmed: by a round of messages, or by the leader's lease (dissertation §6.4, §6.4.1). */
export type ConfirmedReadMode = 'linearizable' | 'lease';

/** Asks the leader which index a linearizable read must wait for (dissertation §6.4). */
export interface ReadIndex {
  readonly kind: 'read-index';
  readonly term: number;
  readonly round: number;
  readonly mode: ConfirmedReadMode;
}

export interface ReadIndexReply {
  readonly kind: 'read-index-reply';
  readonly term: number;
  readonly round: number;
  /** False when the asked server does not lead: ask again. */
  readonly success: boolean;
  readonly readIndex: number;
}

/** The messages of the consensus core. */
export type ConsensusMessage =
  | PreVote
  | PreVoteReply
  | RequestVote
  | RequestVoteReply
  | AppendEntries
  | AppendEntriesReply
  | InstallSnapshot
  | InstallSnapshotReply
  | TimeoutNow
  | ReadIndex
  | ReadIndexReply;

/** A client's append, passed on by a server that does not lead. */
export interface ForwardAppend {
  readonly kind: 'forward-append';
  /** The term in which the receiver leads, as the sender knows it; a leader of another term does not take it. */
  readonly term: number;
  readonly round: number;
  readonly entries: readonly Uint8Array[];
  readonly expect?: Expectation;
  /** With it the append may be passed on again, to any leader: it takes effect once. */
  readonly session?: SessionStamp;
}

export interface ForwardAppendReply {
  readonly kind: 'forward-append-reply';
  readonly round: number;
  readonly answer?: AppendAnswer;
  readonly failure?: Failure;
}

export type { ClientCall, ClientCallReply, NumberedAnswer, NumberedRequest } from './client-message.ts';

/** The messages of the log service, above consensus. */
export type ServiceMessage = ForwardAppend | ForwardAppendReply | ClientCall | ClientCallReply;

export type RaftMessage = ConsensusMessage | ServiceMessage;

const serviceKinds: Readonly<Record<ServiceMessage['kind'], true>> = {
  'forward-append': true,
  'forward-append-reply': true,
  'client-call': true,
  'client-call-reply': true,
};

export function isServiceMessage(message: RaftMessage): message is ServiceMessage {
  return message.kind in serviceKinds;
}

export type MessageKind = RaftMessage['kind'];

/** A call expects a reply and is given a uuid of its own; its reply carries the same one. */
export function isReply(kind: MessageKind): boolean {
  return kind.endsWith('-reply');
}
