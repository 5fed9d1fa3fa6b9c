/** The sign of a node's state. The word always stands beside it. */
import { CircleDot, CircleOff, Crown, LoaderCircle, Skull, TriangleAlert, Vote } from '@lucide/vue';
import type { Component } from 'vue';
import type { NodeView } from '../../../shared/projection/node-view.ts';
import { text } from '../../text/common.ts';
import { standingLooks, type Standing } from './standing.ts';

/** What one sees first of a node: its role while it runs, or what keeps it from one; otherwise what became of it. */
export type NodeStateName =
  | NodeView['role']
  | 'old-leader'
  | Exclude<Standing, 'voter'>
  | Exclude<NodeView['status'], 'running'>;

const roleIcons: Record<Exclude<NodeStateName, keyof typeof standingLooks>, Component> = {
  leader: Crown,
  'old-leader': Crown,
  candidate: Vote,
  follower: CircleDot,
  starting: LoaderCircle,
  stopped: CircleOff,
  crashed: Skull,
  failed: TriangleAlert,
};

/** A node's place in the cluster: who leads, and what it is in the configuration in force. */
export interface NodePlace {
  readonly leader: NodeView | undefined;
  readonly standing: Standing;
}

/**
 * A node that leads only in its own eyes, in an older term, is told from the one that leads: it can't know better, but
 * whoever sees all nodes can. A follower that is no plain voter is called by what it is.
 */
export function stateOf(node: NodeView, { leader, standing }: NodePlace): NodeStateName {
  if (node.status !== 'running') return node.status;
  if (node.role === 'follower') return standing === 'voter' ? 'follower' : standing;
  return node.role === 'leader' && leader !== undefined && leader.term > node.term ? 'old-leader' : node.role;
}

export function stateIcon(state: NodeStateName): Component {
  return isStanding(state) ? standingLooks[state].icon : roleIcons[state];
}

export function stateWord(state: NodeStateName): string {
  if (isStanding(state)) return standingLooks[state].word;
  if (state === 'old-leader') return text.oldLeader;
  return state === 'leader' || state === 'candidate' || state === 'follower' ? text.role(state) : text.status(state);
}

/** Stopped, crashed or failed: it can be started again. */
export function isDown(node: NodeView): boolean {
  return node.status === 'stopped' || node.status === 'crashed' || node.status === 'failed';
}

function isStanding(state: NodeStateName): state is keyof typeof standingLooks {
  return Object.hasOwn(standingLooks, state);
}
