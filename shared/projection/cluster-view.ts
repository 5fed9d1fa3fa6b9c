/**
 * The cluster as it stands: a pure fold over the stream. The page draws it, the bridge sends it to pages that connect
 * in the middle. Each step returns a new object where something changed and the very same one where nothing did.
 */
import { labSourceId, type ClusterId, type NodeId } from '../ids.ts';
import type { NetworkDelay, Timings } from '../cluster-config.ts';
import type { EventOf, LabEvent, SearchProgress } from '../event.ts';
import { sameLink, type Link } from '../fault-rule.ts';
import { noChecks, projectChecks, type ChecksView } from './checks-view.ts';
import { faultsWithoutThread, nodeFaultsAfter, projectLinkFaults, type LinkFaultsView } from './faults-view.ts';
import { noSearch } from './leader-search.ts';
import { newNodeView, projectNodeView, type NodeView } from './node-view.ts';

export type { FollowerProgress, NodeStatus, NodeView } from './node-view.ts';

export interface ClusterView extends LinkFaultsView {
  readonly status: 'none' | 'running' | 'stopped';
  readonly clusterId: ClusterId;
  readonly folder: string;
  readonly timings: Timings | null;
  /** By id, ascending. */
  readonly nodes: readonly NodeView[];
  readonly checks: ChecksView;
  /** Said once when the wanted ports were taken; empty otherwise. */
  readonly portNotice: string;
  /** In which of them this cluster runs. */
  readonly world: 'real' | 'simulated';
  /** What is drawn comes from it; null by chance. */
  readonly seed: number | null;
  /** What each datagram takes on its way, where one was asked for. */
  readonly networkDelay: NetworkDelay | null;
  /** Seconds of this cluster a second: 1 in the real world; in the simulated one any speed, 0 while it is held. */
  readonly pace: number;
  /** The search for a seed that is under way. */
  readonly search: SearchProgress | null;
}

export const emptyClusterView: ClusterView = {
  status: 'none',
  clusterId: '',
  folder: '',
  timings: null,
  nodes: [],
  cutLinks: [],
  faults: [],
  checks: noChecks,
  portNotice: '',
  world: 'real',
  seed: null,
  networkDelay: null,
  pace: 1,
  search: null,
};

/** The running node that leads with the highest term, if any. A deposed leader that has not heard of it yet is not it. */
export function currentLeader(view: ClusterView): NodeView | undefined {
  let leader: NodeView | undefined;
  for (const node of view.nodes) {
    if (node.status === 'running' && node.role === 'leader' && (!leader || node.term > leader.term)) leader = node;
  }
  return leader;
}

export function nodeOf(view: ClusterView, id: NodeId): NodeView | undefined {
  return view.nodes.find((node) => node.id === id);
}

export function isLinkCut(view: ClusterView, link: Link): boolean {
  return view.cutLinks.some((cut) => sameLink(cut, link));
}

/** How many faults are in force: cuts, other faults of links, and those of nodes. */
export function faultCount({ cutLinks, faults, nodes }: ClusterView): number {
  return nodes.reduce((sum, node) => sum + node.faults.length, cutLinks.length + faults.length);
}

/** One step of the fold. */
export function projectClusterView(view: ClusterView, event: LabEvent): ClusterView {
  if (event.node === labSourceId) return projectLab(view, event);
  return changeNode(view, event.node, (node) => projectNodeView(node, event));
}

function projectLab(view: ClusterView, event: LabEvent): ClusterView {
  switch (event.type) {
    case 'cluster-started':
      return beginCluster(view, event);
    case 'pace-changed':
      return { ...view, pace: event.speed };
    case 'search-progress':
      return { ...view, search: event.state === 'searching' ? searchOf(event) : null };
    case 'cluster-stopped':
      return { ...view, status: 'stopped', portNotice: '' };
    case 'ports-moved':
      return { ...view, portNotice: event.reason };
    case 'node-launched':
      return changeNode(view, event.target, (node) => ({
        ...newNodeView(node.id, node.address),
        firstIndex: node.firstIndex,
        lastIndex: node.lastIndex,
        persistedIndex: node.persistedIndex,
        termRuns: node.termRuns,
        snapshot: node.snapshot,
        storage: node.storage,
        configuration: node.configuration,
        rulesOff: node.rulesOff,
        faults: faultsWithoutThread(node.faults),
      }));
    case 'node-ended':
      return changeNode(view, event.target, (node) => ({
        ...node,
        status: event.cause,
        statusReason: event.reason,
        votes: [],
        progress: {},
        change: null,
        transfer: null,
        incoming: null,
        search: noSearch,
        electionDeadlineNs: 0,
        faults: faultsWithoutThread(node.faults),
      }));
    case 'node-fault':
      return changeNode(view, event.target, (node) => ({ ...node, faults: nodeFaultsAfter(node.faults, event) }));
    case 'violation-found':
    case 'evidence-lost':
      return { ...view, checks: projectChecks(view.checks, event) };
    default:
      return projectLinkFaults(view, event);
  }
}

function beginCluster(view: ClusterView, event: EventOf<'cluster-started'>): ClusterView {
  return {
    ...emptyClusterView,
    status: 'running',
    clusterId: event.clusterId,
    folder: event.folder,
    timings: event.timings,
    nodes: event.members.map((member) => newNodeView(member.id, member.address)),
    portNotice: view.status === 'running' ? '' : view.portNotice,
    world: event.world ?? 'real',
    seed: event.seed ?? null,
    networkDelay: event.networkDelay ?? null,
    pace: view.pace,
    search: view.search,
  };
}

function searchOf({ type, looking, seed, tried, seedsMax, state }: SearchProgress): SearchProgress {
  return { type, looking, seed, tried, seedsMax, state };
}

function changeNode(view: ClusterView, id: NodeId, change: (node: NodeView) => NodeView): ClusterView {
  const position = view.nodes.findIndex((node) => node.id === id);
  const node = view.nodes[position];
  if (!node) return view;
  const changed = change(node);
  if (changed === node) return view;
  const nodes = view.nodes.slice();
  nodes[position] = changed;
  return { ...view, nodes };
}
