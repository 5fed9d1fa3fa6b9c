/**
 * What a person does to the network. Rules act on *directed* links, at the receiving end, so that a datagram of a node
 * that died meanwhile still arrives.
 */
import { z } from 'zod';
import { assertNever } from './assert.ts';
import { limits } from './cluster-config.ts';
import { nodeIdMax, type NodeId } from './ids.ts';
import type { MessageKind } from './raft-message.ts';

/** One directed link: datagrams that `from` sends to `to`. */
export interface Link {
  readonly from: NodeId;
  readonly to: NodeId;
}

/** How delays lie between the shortest and the longest; with the latter two most are short and a few are long. */
export type DelayDistribution = 'uniform' | 'exponential' | 'pareto';

/** Percentages are from 0 to 100, fractions included; each datagram is judged by itself. */
export type FaultAction =
  /** Nothing arrives. */
  | { readonly kind: 'cut' }
  /** Losses that know nothing of each other. */
  | { readonly kind: 'drop'; readonly percent: number }
  /**
   * Losses in a row (Gilbert–Elliott): a datagram enters a burst with `enterPercent`; in a burst everything is lost, and
   * each datagram leaves it with `leavePercent`. So a burst takes 100 / `leavePercent` datagrams on average.
   */
  | { readonly kind: 'burst'; readonly enterPercent: number; readonly leavePercent: number }
  /** Every datagram is late; that the delays differ is jitter, and lets datagrams overtake each other. */
  | {
      readonly kind: 'delay';
      readonly minMs: number;
      readonly maxMs: number;
      readonly distribution: DelayDistribution;
    }
  /** A datagram arrives twice. */
  | { readonly kind: 'duplicate'; readonly percent: number }
  /** A datagram is held back, so that those behind it overtake. */
  | { readonly kind: 'reorder'; readonly percent: number; readonly byMs: number }
  /** Bits flip on the way. The receiver sees that, so to the node above it is a loss. */
  | { readonly kind: 'corrupt'; readonly percent: number }
  /** Datagrams queue up; what would wait longer than `limits.faultQueueMsMax` is lost. */
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number };

export interface FaultRule {
  /** Names the rule in every event that it causes. */
  readonly id: string;
  readonly link: Link;
  /** Only messages of these kinds; all when it is missing. */
  readonly messageKinds?: readonly MessageKind[];
  readonly action: FaultAction;
}

/** Ids as commands carry them; whether there is such a node is for the lab to say. */
export const nodeIdSchema = z.int().min(0).max(nodeIdMax);

export const linkSchema = z.strictObject({ from: nodeIdSchema, to: nodeIdSchema });

/** As a record, so that a new kind that was forgotten does not compile. */
const everyMessageKind: Readonly<Record<MessageKind, true>> = {
  'pre-vote': true,
  'pre-vote-reply': true,
  'request-vote': true,
  'request-vote-reply': true,
  'append-entries': true,
  'append-entries-reply': true,
  'install-snapshot': true,
  'install-snapshot-reply': true,
  'timeout-now': true,
  'read-index': true,
  'read-index-reply': true,
  'forward-append': true,
  'forward-append-reply': true,
  'client-call': true,
  'client-call-reply': true,
};

export const messageKinds = Object.keys(everyMessageKind) as readonly MessageKind[];

const messageKindSchema = z.custom<MessageKind>(
  (kind) => typeof kind === 'string' && Object.hasOwn(everyMessageKind, kind),
  'is not the kind of a message',
);

const percent = z.number().min(0).max(100);
const milliseconds = z.number().min(0).max(limits.faultDelayMsMax);

export const faultActionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cut') }),
  z.strictObject({ kind: z.literal('drop'), percent }),
  z.strictObject({ kind: z.literal('burst'), enterPercent: percent, leavePercent: percent }),
  z
    .strictObject({
      kind: z.literal('delay'),
      minMs: milliseconds,
      maxMs: milliseconds,
      distribution: z.enum(['uniform', 'exponential', 'pareto']),
    })
    .refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs is above maxMs'),
  z.strictObject({ kind: z.literal('duplicate'), percent }),
  z.strictObject({ kind: z.literal('reorder'), percent, byMs: milliseconds }),
  z.strictObject({ kind: z.literal('corrupt'), percent }),
  z.strictObject({ kind: z.literal('bandwidth'), bytesPerSecond: z.int().min(1) }),
]);

export const faultRuleSchema = z.strictObject({
  id: z.string().min(1).max(limits.faultRuleIdCharsMax),
  link: linkSchema,
  messageKinds: z.array(messageKindSchema).min(1).readonly().exactOptional(),
  action: faultActionSchema,
});

/** The rule id of a cut link, `cut 0→2`. One link has at most one cut. */
export function cutRuleId(link: Link): string {
  return `cut ${link.from}→${link.to}`;
}

export function sameLink(left: Link, right: Link): boolean {
  return left.from === right.from && left.to === right.to;
}

/** For people: `0 → 2: 10 % of append-entries are lost`. */
export function describeFaultRule({ link, messageKinds, action }: FaultRule): string {
  return `${link.from} → ${link.to}: ${describeAction(action, messageKinds?.join(', ') ?? 'datagrams')}`;
}

function describeAction(action: FaultAction, what: string): string {
  switch (action.kind) {
    case 'cut':
      return `all ${what} are lost`;
    case 'drop':
      return `${action.percent} % of ${what} are lost`;
    case 'burst':
      return `${what} are lost in bursts, which begin with ${action.enterPercent} % and end with ${action.leavePercent} %`;
    case 'delay':
      return `${what} are ${action.minMs} to ${action.maxMs} ms late (${action.distribution})`;
    case 'duplicate':
      return `${action.percent} % of ${what} arrive twice`;
    case 'reorder':
      return `${action.percent} % of ${what} are held back by ${action.byMs} ms and overtaken`;
    case 'corrupt':
      return `${action.percent} % of ${what} are damaged`;
    case 'bandwidth':
      return `${what} share ${action.bytesPerSecond} bytes a second`;
    default:
      return assertNever(action, 'describeAction');
  }
}
