/**
 * What a person does to the network. Rules act on *directed* links, at the receiving end, so that a datagram of a node
 * that died meanwhile still arrives.
 */
import { z } from 'zod';
import { nodeIdMax, type NodeId } from './ids.ts';

/** One directed link: datagrams that `from` sends to `to`. */
export interface Link {
  readonly from: NodeId;
  readonly to: NodeId;
}

/** `cut`: nothing arrives. */
export type FaultAction = { readonly kind: 'cut' };

export interface FaultRule {
  /** Names the rule in every event that it causes. */
  readonly id: string;
  readonly link: Link;
  readonly action: FaultAction;
}

/** Ids as commands carry them; whether there is such a node is for the lab to say. */
export const nodeIdSchema = z.int().min(0).max(nodeIdMax);

export const linkSchema = z.strictObject({ from: nodeIdSchema, to: nodeIdSchema });

/** The rule id of a cut link, `cut 0→2`. One link has at most one cut. */
export function cutRuleId(link: Link): string {
  return `cut ${link.from}→${link.to}`;
}

export function sameLink(left: Link, right: Link): boolean {
  return left.from === right.from && left.to === right.to;
}
