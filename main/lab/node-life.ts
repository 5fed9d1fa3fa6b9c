/** The life of one node as the lab sees it: what it needs, how it may go, and how long each part may take. */
import type { Address } from '../../shared/cluster-config.ts';
import type { LabEvent, NodeStopCause } from '../../shared/event.ts';
import type { EndCode, NodeOptions } from '../node/worker-messages.ts';
import type { PauseHooks } from './node-pause.ts';
import type { SpawnNode } from './spawn-node.ts';

/** How a life ended. `reason` is a sentence for a person. */
export interface NodeEnd {
  readonly cause: NodeStopCause;
  readonly reason: string;
  readonly code: EndCode;
}

/** How a launch went: the node listens and takes requests, or it ended before. */
export type NodeLaunch =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly end: NodeEnd };

/** How long the lab waits for a thread, ms, before it acts itself. */
export interface NodeBounds {
  /** From launch to `ready`. */
  readonly startMs: number;
  /** From `stop` to the end of the thread; then it is killed. */
  readonly stopMs: number;
  /** From the kill to the end of the thread; then it is given up. */
  readonly killMs: number;
  /** What a node may be late with an answer. */
  readonly answerMarginMs: number;
}

/** What a `NodeHandle` is made of. */
export interface NodeHandleOptions extends PauseHooks {
  readonly node: NodeOptions;
  readonly spawn: SpawnNode;
  /** Takes each batch of events, in order; the last one before `ended` resolves. */
  readonly onEvents: (events: readonly LabEvent[]) => void;
  /** Called once, before `ended` resolves. */
  readonly onEnded?: (end: NodeEnd) => void;
  readonly bounds?: NodeBounds;
}

export type NodeState = 'starting' | 'running' | 'stopping' | 'ended';

export const nodeBounds: NodeBounds = { startMs: 15_000, stopMs: 3_000, killMs: 3_000, answerMarginMs: 1_000 };

export const stoppedEnd: NodeEnd = { cause: 'stopped', code: 'asked', reason: 'It was stopped.' };

export const powerlessEnd: NodeEnd = { cause: 'crashed', code: 'asked', reason: 'Its power is gone.' };

export function failedEnd(reason: string): NodeEnd {
  return { cause: 'failed', code: 'internal', reason };
}
