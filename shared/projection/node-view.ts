/**
 * One server as it stands: a pure fold over what it reports.
 */
import type { Address } from '../cluster-config.ts';
import type { LabEvent, NodeStopCause, RoleName, TermRun } from '../event.ts';
import type { BootId, NodeId } from '../ids.ts';

export type NodeStatus = 'starting' | 'running' | NodeStopCause;

/** What a leader knows of one follower (Raft Figure 2, volatile state on leaders). */
export interface FollowerProgress {
  readonly matchIndex: number;
  readonly nextIndex: number;
}

export interface NodeView {
  readonly id: NodeId;
  readonly address: Address;
  readonly status: NodeStatus;
  /** Why it is stopped, crashed or failed; empty while it runs. */
  readonly statusReason: string;
  readonly boot: BootId;
  readonly role: RoleName;
  /** Why it has this role, in the core's words. */
  readonly roleReason: string;
  readonly term: number;
  readonly votedFor: NodeId | null;
  readonly leaderId: NodeId | null;
  /** Candidates: who has granted a vote in this term. */
  readonly votes: readonly NodeId[];
  readonly votersNeeded: number;
  readonly lastIndex: number;
  readonly persistedIndex: number;
  readonly commitIndex: number;
  readonly appliedIndex: number;
  readonly termRuns: readonly TermRun[];
  /** The election timer: when it will fire and how long it was set for. 0 when it is not set. */
  readonly electionDeadlineNs: number;
  readonly electionDurationNs: number;
  /** Leaders: progress by follower id. */
  readonly progress: Readonly<Record<number, FollowerProgress>>;
}

/** One step of the fold over what this node reports. The very same object when nothing changed. */
export function projectNodeView(node: NodeView, event: LabEvent): NodeView {
  switch (event.type) {
    case 'node-started':
      return {
        ...newNodeView(node.id, event.address),
        status: 'running',
        boot: event.boot,
        term: event.term,
        votedFor: event.votedFor,
        lastIndex: event.lastIndex,
        persistedIndex: event.lastIndex,
        termRuns: event.termRuns,
      };
    case 'role-changed':
      return {
        ...node,
        role: event.to,
        term: event.term,
        roleReason: event.reason,
        votes: event.to === 'candidate' ? node.votes : [],
        progress: {},
        electionDeadlineNs: event.to === 'leader' ? 0 : node.electionDeadlineNs,
        leaderId: event.to === 'leader' ? node.id : event.to === 'candidate' ? null : node.leaderId,
      };
    case 'term-changed':
      return { ...node, term: event.to, votedFor: null, leaderId: null, votes: [] };
    case 'leader-known':
      return { ...node, leaderId: event.leaderId };
    case 'pre-vote-started':
      return { ...node, leaderId: null, votersNeeded: event.votersNeeded };
    case 'election-started':
      return {
        ...node,
        votes: [],
        votedFor: node.id,
        votersNeeded: event.votersNeeded,
        leaderId: null,
      };
    case 'vote-granted':
      return { ...node, votedFor: event.candidateId };
    case 'vote-counted':
      return { ...node, votes: event.votes, votersNeeded: event.votersNeeded };
    case 'timer-set':
      if (event.timer !== 'election') return node;
      return {
        ...node,
        electionDeadlineNs: event.deadlineNs,
        electionDurationNs: event.durationNs,
      };
    default:
      return projectNodeLog(node, event);
  }
}

/** Events that move a node's log and its marks. */
function projectNodeLog(node: NodeView, event: LabEvent): NodeView {
  switch (event.type) {
    case 'entries-appended':
      return {
        ...node,
        lastIndex: event.lastIndex,
        termRuns:
          node.termRuns.at(-1)?.term === event.term
            ? node.termRuns
            : [...node.termRuns, { term: event.term, firstIndex: event.firstIndex }],
      };
    case 'entries-truncated':
      return {
        ...node,
        lastIndex: event.fromIndex - 1,
        persistedIndex: Math.min(node.persistedIndex, event.fromIndex - 1),
        termRuns: node.termRuns.filter((run) => run.firstIndex < event.fromIndex),
      };
    case 'entries-persisted':
      return { ...node, persistedIndex: Math.min(event.lastIndex, node.lastIndex) };
    case 'commit-advanced':
      return { ...node, commitIndex: event.to };
    case 'entries-applied':
      return { ...node, appliedIndex: event.to };
    case 'follower-progress':
      return {
        ...node,
        progress: { ...node.progress, [event.follower]: { matchIndex: event.matchIndex, nextIndex: event.nextIndex } },
      };
    default:
      return node;
  }
}

/** A node of which nothing is known yet but its id and address. */
export function newNodeView(id: NodeId, address: Address): NodeView {
  return {
    id,
    address,
    status: 'starting',
    statusReason: '',
    boot: 0,
    role: 'follower',
    roleReason: '',
    term: 0,
    votedFor: null,
    leaderId: null,
    votes: [],
    votersNeeded: 0,
    lastIndex: 0,
    persistedIndex: 0,
    commitIndex: 0,
    appliedIndex: 0,
    termRuns: [],
    electionDeadlineNs: 0,
    electionDurationNs: 0,
    progress: {},
  };
}
