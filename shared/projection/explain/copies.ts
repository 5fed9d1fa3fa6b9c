/** Whose copies of an entry count towards its commit (Raft §5.3), by what its leader knows. */
import type { Server } from '../../configuration.ts';
import type { NodeId } from '../../ids.ts';
import { isLinkCut, nodeOf, type ClusterView } from '../cluster-view.ts';
import { decidingGroupsOf, isAtWork, rulesOffIn, type DecidingGroup } from '../membership-view.ts';
import type { NodeView } from '../node-view.ts';

/** A group of which a majority must have the entry on disk: two of them while the configuration is joint (§6). */
export interface GroupShare {
  readonly name: DecidingGroup['name'];
  readonly needed: number;
  readonly servers: readonly NodeId[];
  /** Those whose copies the leader counts. */
  readonly counted: readonly NodeId[];
  readonly isMajority: boolean;
}

export function sharesOf(view: ClusterView, leader: NodeView, index: number): readonly GroupShare[] {
  return decidingGroupsOf(view).map(({ name, servers, needed }) => {
    const counted = servers.filter((server) => doesCount(view, leader, server, index)).map(({ id }) => id);
    return { name, needed, servers: servers.map(({ id }) => id), counted, isMajority: counted.length >= needed };
  });
}

function doesCount(view: ClusterView, leader: NodeView, { id, storage }: Server, index: number): boolean {
  if (id === leader.id) return isOwnCopyCounted(view, leader, index);
  const holder = nodeOf(view, id);
  const hasFolder = storage === 0 || holder?.storage === 0 || holder?.storage === storage;
  if (!hasFolder && !rulesOffIn(view).includes('no-amnesia')) return false;
  return (leader.progress[id]?.matchIndex ?? 0) >= index;
}

/** The leader counts itself when its disk has it, too (rule `durable-quorum-commit`). */
export function isOwnCopyCounted(view: ClusterView, leader: NodeView, index: number): boolean {
  return leader.persistedIndex >= index || rulesOffIn(view).includes('durable-quorum-commit');
}

/** True when both directions between two nodes are open: a call and its answer get through. */
export function isJoined(view: ClusterView, one: NodeId, other: NodeId): boolean {
  return one === other || cutBetween(view, one, other).length === 0;
}

/** The directions between two nodes that are cut, as [from, to]. */
export function cutBetween(view: ClusterView, one: NodeId, other: NodeId): readonly (readonly [NodeId, NodeId])[] {
  const directions = [[one, other] as const, [other, one] as const];
  return directions.filter(([from, to]) => isLinkCut(view, { from, to }));
}

/** Whom the leader reaches both ways among those of a group that are at work, itself included. */
export function reachedBy(view: ClusterView, leader: NodeView, servers: readonly NodeId[]): readonly NodeId[] {
  return servers.filter((id) => {
    const node = nodeOf(view, id);
    return node !== undefined && isAtWork(node) && isJoined(view, leader.id, id);
  });
}
