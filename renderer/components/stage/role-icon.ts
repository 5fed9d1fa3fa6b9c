/** The sign of a node's state. The word always stands beside it. */
import { CircleDot, CircleOff, Crown, LoaderCircle, Skull, TriangleAlert, Vote } from '@lucide/vue';
import type { Component } from 'vue';
import type { NodeView } from '../../../shared/projection/node-view.ts';
import { text } from '../../text/common.ts';

const icons: Record<NodeStateName, Component> = {
  leader: Crown,
  candidate: Vote,
  follower: CircleDot,
  starting: LoaderCircle,
  stopped: CircleOff,
  crashed: Skull,
  failed: TriangleAlert,
};

/** What one sees first of a node: its role while it runs, otherwise what became of it. */
export type NodeStateName = NodeView['role'] | Exclude<NodeView['status'], 'running'>;

export function stateOf(node: NodeView): NodeStateName {
  return node.status === 'running' ? node.role : node.status;
}

export function stateIcon(node: NodeView): Component {
  return icons[stateOf(node)];
}

export function stateWord(node: NodeView): string {
  return node.status === 'running' ? text.role(node.role) : text.status(node.status);
}

/** Stopped, crashed or failed: it can be started again. */
export function isDown(node: NodeView): boolean {
  return node.status === 'stopped' || node.status === 'crashed' || node.status === 'failed';
}
