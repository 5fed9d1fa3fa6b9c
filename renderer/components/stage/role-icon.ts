/** The sign of a node's state. The word always stands beside it. */
import { CircleDot, CircleOff, Crown, LoaderCircle, Skull, TriangleAlert, Vote } from '@lucide/vue';
import type { Component } from 'vue';
import type { NodeView } from '../../../shared/projection/node-view.ts';
import { text } from '../../text/common.ts';

const icons: Record<NodeStateName, Component> = {
  leader: Crown,
  'old-leader': Crown,
  candidate: Vote,
  follower: CircleDot,
  starting: LoaderCircle,
  stopped: CircleOff,
  crashed: Skull,
  failed: TriangleAlert,
};

/** What one sees first of a node: its role while it runs, otherwise what became of it. */
export type NodeStateName = NodeView['role'] | 'old-leader' | Exclude<NodeView['status'], 'running'>;

/**
 * @param leader The one that leads the cluster. A node that leads only in its own eyes, in an older term, is told from it:
 * it can't know better, but whoever sees all nodes can.
 */
export function stateOf(node: NodeView, leader: NodeView | undefined): NodeStateName {
  if (node.status !== 'running') return node.status;
  return node.role === 'leader' && leader !== undefined && leader.term > node.term ? 'old-leader' : node.role;
}

export function stateIcon(node: NodeView, leader: NodeView | undefined): Component {
  return icons[stateOf(node, leader)];
}

export function stateWord(node: NodeView, leader: NodeView | undefined): string {
  if (node.status !== 'running') return text.status(node.status);
  return stateOf(node, leader) === 'old-leader' ? text.oldLeader : text.role(node.role);
}

/** Stopped, crashed or failed: it can be started again. */
export function isDown(node: NodeView): boolean {
  return node.status === 'stopped' || node.status === 'crashed' || node.status === 'failed';
}
