/** Of an index that is committed: which entry it is, who holds another one there, and who does not know. */
import type { NodeId } from '../../ids.ts';
import { currentLeader, nodeOf, type ClusterView } from '../cluster-view.ts';
import { heldTerm } from '../log-cell.ts';
import { ruleTag } from '../log-line-words.ts';
import type { NodeView } from '../node-view.ts';
import { absenceOf } from './absence.ts';
import { cutBetween } from './copies.ts';
import type { Evidence, Explanation } from './explanation.ts';
import { alike, startsSentence, told, type Predicate } from './words.ts';

/** Undefined where nobody has committed so far. */
export function explainCommitted(view: ClusterView, index: number, asked?: NodeId): Explanation | undefined {
  const knowing = view.nodes.filter((node) => node.commitIndex >= index);
  const [first] = knowing;
  if (!first) return undefined;
  const term = knowing.map((node) => heldTerm(node, index)).find((held) => held > 0);
  const node = asked === undefined ? undefined : nodeOf(view, asked);
  const other = node && term !== undefined ? heldTerm(node, index) : 0;
  if (node && term !== undefined && other > 0 && other !== term) return overwritten(node, index, other, term);
  const removal = (node ? [node] : view.nodes).find((one) => hasRemoved(one, index));
  const lost = removal && removedText(removal, index);
  const unaware = view.nodes.filter((one) => one.commitIndex < index && (!node || one === node));
  const what = term === undefined ? 'It is committed, and in a snapshot' : `It is committed, with term ${term}`;
  const rest = unaware.length > 0 ? ` ${startsSentence(told(unaware.map((one) => ignorance(view, one, index))))}.` : '';
  return {
    kind: lost ? 'removed' : unaware.length > 0 ? 'not-known' : 'committed',
    sentence: `${what}.${lost ? ` ${lost}` : ''}${rest}`,
    evidence: [
      { words: `node ${first.id} committed it`, node: first.id, types: ['commit-advanced'], index },
      ...(removal ? [removalEvidence(removal, index)] : []),
      ...unaware.flatMap((one) => absenceOf(view, one.id)?.evidence ?? []),
    ],
  };
}

function overwritten(node: NodeView, index: number, held: number, term: number): Explanation {
  return {
    kind: 'conflict',
    sentence: `Node ${node.id} holds an entry of term ${held} there that was never committed; entry ${index} is committed with term ${term}. Node ${node.id} removes its own when the leader’s reaches it${ruleTag('truncate-only-on-conflict')}.`,
    evidence: [{ words: `node ${node.id} appended it`, node: node.id, types: ['entries-appended'], index }],
  };
}

export function hasRemoved({ removed }: NodeView, index: number): boolean {
  return removed !== null && removed.fromIndex <= index && index <= removed.lastIndex;
}

/** What stood there on this node before. */
export function removedText({ id, removed }: NodeView, index: number): string {
  const term = removed?.termRuns.findLast((run) => run.firstIndex <= index)?.term ?? 0;
  return `Another entry, of term ${term}, stood there on node ${id}, and was removed because the leader’s differs${ruleTag('truncate-only-on-conflict')}.`;
}

export function removalEvidence({ id }: NodeView, index: number): Evidence {
  return { words: `node ${id} removed its entries`, node: id, types: ['entries-truncated'], index };
}

/** Why this node does not know that it is committed. */
function ignorance(
  view: ClusterView,
  node: NodeView,
  index: number,
): { readonly id: NodeId; readonly what: Predicate } {
  const { id } = node;
  const absence = absenceOf(view, id);
  const leader = currentLeader(view);
  if (absence) return { id, what: suffixed(absence.what, ', and does not know') };
  if (leader && cutBetween(view, leader.id, id).length > 0) {
    return { id, what: alike(`does not know: the link to node ${leader.id} is cut`) };
  }
  if (heldTerm(node, index) === 0) return { id, what: alike('does not have it yet') };
  return { id, what: { one: 'has it and does not know yet', several: 'have it and do not know yet' } };
}

function suffixed({ one, several }: Predicate, words: string): Predicate {
  return { one: `${one}${words}`, several: `${several}${words.replace('does', 'do')}` };
}
