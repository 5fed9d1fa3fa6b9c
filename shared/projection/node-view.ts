/**
 * One server as it stands: a pure fold over what it reports.
 */
import type { Address } from '../cluster-config.ts';
import type { PlacedConfiguration } from '../configuration.ts';
import type { EventOf, LabEvent, NodeStopCause, ProgressMode, RoleName } from '../event.ts';
import { storageNumberOf, type BootId, type NodeId } from '../ids.ts';
import type { RuleId } from '../rules.ts';
import { faultsWithoutThread, type FaultInForce } from './faults-view.ts';
import { noSearch, projectSearch, type LeaderSearch } from './leader-search.ts';
import { emptyLog, logOnDisk, projectLog, type NodeLog } from './node-log.ts';

export type NodeStatus = 'starting' | 'running' | NodeStopCause;

/** What a leader knows of one follower (Raft Figure 2, volatile state on leaders). */
export interface FollowerProgress {
  readonly mode: ProgressMode;
  readonly matchIndex: number;
  readonly nextIndex: number;
}

export interface NodeView extends NodeLog {
  readonly id: NodeId;
  readonly address: Address;
  readonly status: NodeStatus;
  /** Why it is stopped, crashed or failed; empty while it runs. */
  readonly statusReason: string;
  readonly boot: BootId;
  /** `storageNumberOf` its folder; 0 until it has started. */
  readonly storage: number;
  readonly role: RoleName;
  /** Why it has this role, in the core's words. */
  readonly roleReason: string;
  readonly roleRule: RuleId | null;
  readonly term: number;
  readonly votedFor: NodeId | null;
  readonly leaderId: NodeId | null;
  /** Candidates: who has granted a vote in this term. */
  readonly votes: readonly NodeId[];
  readonly votersNeeded: number;
  /** The election timer: when it will fire and how long it was set for. 0 when it is not set. */
  readonly electionDeadlineNs: number;
  readonly electionDurationNs: number;
  /** Leaders: progress by follower id. */
  readonly progress: Readonly<Record<number, FollowerProgress>>;
  /** The one in force on this server, committed or not (Raft §6); null until it has started. */
  readonly configuration: PlacedConfiguration | null;
  /** Leaders: the change of membership under way. */
  readonly change: Pick<EventOf<'membership-step'>, 'step' | 'reason'> | null;
  /** Leaders: whom the office is being handed to, and whether it was asked to run already. */
  readonly transfer: { readonly to: NodeId; readonly isAsked: boolean } | null;
  /** Rules that are switched off on it. */
  readonly rulesOff: readonly RuleId[];
  /** How many entries its state machine was told to keep; 0: all. */
  readonly retainEntries: number;
  /** What it does to get a leader, or why it does nothing. */
  readonly search: LeaderSearch;
  readonly faults: readonly FaultInForce[];
}

/** One step of the fold over what this node reports. The very same object when nothing changed. */
export function projectNodeView(node: NodeView, event: LabEvent): NodeView {
  if (event.type === 'node-started') return started(node, event);
  const search = projectSearch(node.search, event);
  const next = projectMembership(projectRole(projectLog(node, event), event), event);
  return search === node.search ? next : { ...next, search };
}

/** Of its former life only what the folder keeps, and what the lab does to it, lasts. */
function started(node: NodeView, event: EventOf<'node-started'>): NodeView {
  return {
    ...newNodeView(node.id, event.address),
    ...logOnDisk(event.lastIndex, event.termRuns, event.snapshot),
    status: 'running',
    boot: event.boot,
    storage: storageNumberOf(event.storageId),
    term: event.term,
    votedFor: event.votedFor,
    configuration: event.configuration,
    rulesOff: event.rulesOff ?? [],
    faults: faultsWithoutThread(node.faults),
  };
}

/** Events that move a node's term, role and votes. */
function projectRole(node: NodeView, event: LabEvent): NodeView {
  switch (event.type) {
    case 'role-changed':
      return {
        ...node,
        role: event.to,
        term: event.term,
        roleReason: event.reason,
        roleRule: event.rule ?? null,
        votes: event.to === 'candidate' ? node.votes : [],
        progress: {},
        change: null,
        transfer: null,
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
      return { ...node, votes: [], votedFor: node.id, votersNeeded: event.votersNeeded, leaderId: null };
    case 'vote-granted':
      return { ...node, votedFor: event.candidateId };
    case 'vote-counted':
      return { ...node, votes: event.votes, votersNeeded: event.votersNeeded };
    case 'timer-set':
      if (event.timer !== 'election') return node;
      return { ...node, electionDeadlineNs: event.deadlineNs, electionDurationNs: event.durationNs };
    default:
      return node;
  }
}

/** Events about who belongs to the cluster, under which rules, and how much of the log is kept. */
function projectMembership(node: NodeView, event: LabEvent): NodeView {
  switch (event.type) {
    case 'configuration-changed':
    case 'configuration-rolled-back':
      return { ...node, configuration: { index: event.index, configuration: event.configuration } };
    case 'membership-step': {
      const { step, reason } = event;
      return { ...node, change: step === 'done' || step === 'given-up' ? null : { step, reason } };
    }
    case 'transfer-started':
      return { ...node, transfer: { to: event.to, isAsked: false } };
    case 'timeout-now-sent':
      return { ...node, transfer: { to: event.to, isAsked: true } };
    case 'transfer-ended':
      return { ...node, transfer: null };
    case 'follower-progress': {
      const { follower, mode, matchIndex, nextIndex } = event;
      return { ...node, progress: { ...node.progress, [follower]: { mode, matchIndex, nextIndex } } };
    }
    case 'retention-changed':
      return { ...node, retainEntries: event.retainEntries };
    case 'rules-changed':
      return { ...node, rulesOff: event.rulesOff };
    default:
      return node;
  }
}

/** A node of which nothing is known yet but its id and address. */
export function newNodeView(id: NodeId, address: Address): NodeView {
  return {
    id,
    address,
    ...emptyLog,
    status: 'starting',
    statusReason: '',
    boot: 0,
    storage: 0,
    role: 'follower',
    roleReason: '',
    roleRule: null,
    term: 0,
    votedFor: null,
    leaderId: null,
    votes: [],
    votersNeeded: 0,
    electionDeadlineNs: 0,
    electionDurationNs: 0,
    progress: {},
    configuration: null,
    change: null,
    transfer: null,
    rulesOff: [],
    retainEntries: 0,
    search: noSearch,
    faults: [],
  };
}
