/**
 * Who belongs to the cluster as it stands, who counts, which rules are off, and what is kept: questions to the view, not folds.
 */
import type { Configuration, PlacedConfiguration, Server } from '../configuration.ts';
import type { NodeId } from '../ids.ts';
import { ruleIds, type RuleId } from '../rules.ts';
import type { ClusterView } from './cluster-view.ts';
import { currentLeader } from './cluster-view.ts';
import { termAt } from './node-log.ts';
import type { NodeView } from './node-view.ts';

/**
 * What a node is in the configuration in force. `outgoing`: it votes until the change that removes it is through;
 * `outsider`: it has no part in it, or none any more.
 */
export type MemberKind = 'voter' | 'outgoing' | 'learner' | 'outsider';

/**
 * The configuration by which the cluster goes: the leader's; without one, that of the running node with the most up-to-date
 * log (Raft §5.4.1), which is the one that could win. Null before any node has said.
 */
export function configurationInForce(view: ClusterView): PlacedConfiguration | null {
  const led = currentLeader(view)?.configuration;
  if (led) return led;
  let best: NodeView | undefined;
  for (const node of view.nodes) {
    if (node.configuration && (!best || isAhead(node, best))) best = node;
  }
  return best?.configuration ?? null;
}

function isAhead(node: NodeView, other: NodeView): boolean {
  const lead =
    Number(node.status === 'running') - Number(other.status === 'running') ||
    termAt(node, node.lastIndex) - termAt(other, other.lastIndex) ||
    node.lastIndex - other.lastIndex;
  return lead > 0;
}

export function memberKindOf(configuration: Configuration | undefined, id: NodeId): MemberKind {
  const isIn = (servers: readonly Server[]): boolean => servers.some((server) => server.id === id);
  if (!configuration || isIn(configuration.voters)) return 'voter';
  if (isIn(configuration.outgoing)) return 'outgoing';
  return isIn(configuration.learners) ? 'learner' : 'outsider';
}

/** True when it runs on another folder than it was added with: it has forgotten its votes (rule `no-amnesia`). */
export function isWiped(configuration: Configuration | undefined, { id, storage }: NodeView): boolean {
  if (!configuration || storage === 0) return false;
  const { voters, outgoing, learners } = configuration;
  const places = [...voters, ...outgoing, ...learners].filter((server) => server.id === id);
  return places.length > 0 && places.every((server) => server.storage !== 0 && server.storage !== storage);
}

/**
 * Rules that are off on any node that runs, in the order of `shared/rules.ts`. A node that is down may not have heard of a
 * switch meanwhile, so it counts only where no other runs.
 */
export function rulesOffIn(view: ClusterView): readonly RuleId[] {
  const up = view.nodes.filter(({ status }) => status === 'running' || status === 'starting');
  const off = new Set((up.length > 0 ? up : view.nodes).flatMap((node) => node.rulesOff));
  return ruleIds.filter((rule) => off.has(rule));
}

/** How many entries each server keeps, as the one knows that has applied the most; 0: all. */
export function retentionInForce({ nodes }: ClusterView): number {
  let best: NodeView | undefined;
  for (const node of nodes) if (!best || node.appliedIndex > best.appliedIndex) best = node;
  return best?.retainEntries ?? 0;
}

/** A group of servers of which a majority must agree, and who of it could do so now. */
export interface DecidingGroup {
  /** `old`: the servers before a change that is in its joint phase. */
  readonly name: 'voters' | 'new' | 'old';
  readonly servers: readonly Server[];
  /** Those that run on the folder that they were added with, and are not paused. */
  readonly able: readonly NodeId[];
  readonly needed: number;
}

/** One group, or two while the configuration is joint (Raft §6). Without a configuration all nodes vote. */
export function decidingGroupsOf(view: ClusterView): readonly DecidingGroup[] {
  const configuration = configurationInForce(view)?.configuration;
  const voters = configuration?.voters ?? view.nodes.map(({ id }) => ({ id, storage: 0 }));
  const outgoing = configuration?.outgoing ?? [];
  const isJoint = outgoing.length > 0 && !rulesOffIn(view).includes('joint-majorities');
  const groups: DecidingGroup[] = [groupOf(view, isJoint ? 'new' : 'voters', voters)];
  return isJoint ? [...groups, groupOf(view, 'old', outgoing)] : groups;
}

function groupOf(view: ClusterView, name: DecidingGroup['name'], servers: readonly Server[]): DecidingGroup {
  const forgives = rulesOffIn(view).includes('no-amnesia');
  const able = servers.filter(({ id, storage }) => {
    const node = view.nodes.find((one) => one.id === id);
    return node && isAtWork(node) && (forgives || storage === 0 || node.storage === 0 || storage === node.storage);
  });
  return { name, servers, able: able.map(({ id }) => id), needed: Math.floor(servers.length / 2) + 1 };
}

/** It runs and its thread is not held. */
export function isAtWork(node: NodeView): boolean {
  return node.status === 'running' && !node.faults.some(({ fault }) => fault === 'pause');
}
