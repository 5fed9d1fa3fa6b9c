/** Well-known kinds of trouble, as one click: what a recipe does to the links and nodes that it is for. Pure. */
import type { CommandOf } from '../../../shared/command.ts';
import type { FaultAction, Link } from '../../../shared/fault-rule.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { MessageKind } from '../../../shared/raft-message.ts';
import { ruleFor } from './fault-draft.ts';

export type RecipeId =
  | 'wifi'
  | 'slow-link'
  | 'flapping'
  | 'long-way'
  | 'congested'
  | 'chaos'
  | 'noisy'
  | 'deaf'
  | 'lost-answers'
  | 'slow-disk'
  | 'fast-clock';

export type FaultStep =
  | CommandOf<'set-fault'>
  | CommandOf<'cut-link'>
  | CommandOf<'set-disk'>
  | CommandOf<'set-clock-rate'>;

/** What a recipe is done to: all links of the cluster, or those of one node. */
export interface RecipePlace {
  readonly ids: readonly NodeId[];
  /** Undefined: everywhere. */
  readonly node: NodeId | undefined;
}

export interface Recipe {
  readonly id: RecipeId;
  /** It makes sense for one node only. */
  readonly needsNode?: true;
  steps(place: RecipePlace): readonly FaultStep[];
}

/** Everything that the rules of a recipe on one link do. */
type Part = { readonly action: FaultAction; readonly messageKinds?: readonly MessageKind[] };

const delay = (minMs: number, maxMs: number, distribution: 'uniform' | 'exponential' | 'pareto'): FaultAction => ({
  kind: 'delay',
  minMs,
  maxMs,
  distribution,
});

export const recipes: readonly Recipe[] = [
  onLinks('wifi', [
    { action: { kind: 'burst', enterPercent: 2, leavePercent: 25 } },
    { action: delay(2, 40, 'pareto') },
  ]),
  onLinks('slow-link', [{ action: delay(80, 120, 'uniform') }]),
  onLinks('flapping', [{ action: { kind: 'burst', enterPercent: 2, leavePercent: 2 } }]),
  onLinks('long-way', [{ action: delay(35, 45, 'exponential') }]),
  onLinks('congested', [
    { action: { kind: 'bandwidth', bytesPerSecond: 6_000 } },
    { action: delay(5, 60, 'exponential') },
  ]),
  onLinks('chaos', [
    { action: { kind: 'drop', percent: 10 } },
    { action: { kind: 'duplicate', percent: 20 } },
    { action: { kind: 'reorder', percent: 20, byMs: 60 } },
  ]),
  onLinks('noisy', [{ action: { kind: 'corrupt', percent: 10 } }]),
  {
    id: 'deaf',
    needsNode: true,
    steps: ({ ids, node }) =>
      linksOf(ids, node).flatMap((link) => (link.to === node ? [{ type: 'cut-link', link }] : [])),
  },
  {
    id: 'lost-answers',
    needsNode: true,
    steps: ({ ids, node }) =>
      linksOf(ids, node)
        .filter((link) => link.to === node)
        .map((link) => setFault(link, 'lost-answers', answersLost)),
  },
  {
    id: 'slow-disk',
    steps: ({ ids, node }) =>
      nodesOf(ids, node).map((id) => ({
        type: 'set-disk',
        node: id,
        disk: { kind: 'slow', minMs: 50, maxMs: 150, distribution: 'uniform' },
      })),
  },
  {
    id: 'fast-clock',
    needsNode: true,
    steps: ({ ids, node }) =>
      nodesOf(ids, node).map((id) => ({ type: 'set-clock-rate', node: id, partsPerMillion: 1_000_000 })),
  },
];

const answersLost: Part = {
  action: { kind: 'drop', percent: 100 },
  messageKinds: ['append-entries-reply', 'request-vote-reply', 'pre-vote-reply'],
};

function onLinks(id: RecipeId, parts: readonly Part[]): Recipe {
  return {
    id,
    steps: ({ ids, node }) => linksOf(ids, node).flatMap((link) => parts.map((part) => setFault(link, id, part))),
  };
}

function setFault(link: Link, recipe: RecipeId, { action, messageKinds }: Part): CommandOf<'set-fault'> {
  const { id } = ruleFor(link, action, [], `${recipe} ${action.kind}`);
  return { type: 'set-fault', rule: { id, link, action, ...(messageKinds && { messageKinds: [...messageKinds] }) } };
}

function linksOf(ids: readonly NodeId[], node: NodeId | undefined): readonly Link[] {
  return ids.flatMap((from) =>
    ids.flatMap((to) => (from !== to && (node === undefined || from === node || to === node) ? [{ from, to }] : [])),
  );
}

function nodesOf(ids: readonly NodeId[], node: NodeId | undefined): readonly NodeId[] {
  return node === undefined ? ids : [node];
}
