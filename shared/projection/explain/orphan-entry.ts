/** Entries that are not the leader's: held by others only, or by nobody any more. They go when the leader's log reaches them. */
import type { ClusterView } from '../cluster-view.ts';
import { heldTerm } from '../log-cell.ts';
import { ruleTag } from '../log-line-words.ts';
import type { NodeView } from '../node-view.ts';
import { hasRemoved, removalEvidence, removedText } from './committed.ts';
import { absenceOf, cutEvidence } from './absence.ts';
import { cutBetween } from './copies.ts';
import type { Explanation } from './explanation.ts';

/** No log holds anything there. */
export function explainUnheld(view: ClusterView, index: number): Explanation {
  const remover = view.nodes.find((node) => hasRemoved(node, index));
  const longest = Math.max(...view.nodes.map(({ lastIndex }) => lastIndex));
  const beyond = longest === 0 ? 'No node has an entry yet.' : `No log reaches it: the longest ends at ${longest}.`;
  if (!remover) return { kind: 'beyond', sentence: beyond, evidence: [] };
  const sentence = `${beyond} ${removedText(remover, index).replace('Another entry', 'An entry')}`;
  return { kind: 'removed', sentence, evidence: [removalEvidence(remover, index)] };
}

/** `holder` has an entry there that the leader does not have. */
export function explainOrphan(view: ClusterView, leader: NodeView, holder: NodeView, index: number): Explanation {
  const held = heldTerm(holder, index);
  const led = heldTerm(leader, index);
  const other = led > 0 ? `has one of term ${led} there` : `has nothing there: its log ends at ${leader.lastIndex}`;
  const isDeposed = holder.role === 'leader' && holder.status === 'running';
  const claim = isDeposed
    ? `Node ${holder.id} believes that it leads term ${holder.term}, but node ${leader.id} leads term ${leader.term}`
    : `Node ${leader.id} leads term ${leader.term}`;
  const fate = isDeposed
    ? `What only node ${holder.id} has appended can’t be committed any more, and is removed when node ${leader.id}’s entries reach it`
    : `Entries go from the leader to the others only, so this one is removed when node ${leader.id}’s entries reach node ${holder.id}`;
  return {
    kind: 'orphan',
    sentence: `${claim}, and ${other}. ${fate}${ruleTag('truncate-only-on-conflict')}.${wait(view, leader, holder)}`,
    evidence: [
      {
        words: `node ${holder.id} appended it`,
        node: holder.id,
        types: ['entries-appended'],
        index,
        where: { term: held },
      },
      { words: `node ${leader.id} took office`, node: leader.id, types: ['role-changed'], where: { to: 'leader' } },
      ...cutBetween(view, leader.id, holder.id).map(([from, to]) => cutEvidence(from, to)),
      ...(absenceOf(view, holder.id)?.evidence ?? []),
    ],
  };
}

/** What they wait for until then. */
function wait(view: ClusterView, leader: NodeView, holder: NodeView): string {
  const absence = absenceOf(view, holder.id);
  if (absence) return ` Node ${holder.id} ${absence.what.one}.`;
  return cutBetween(view, leader.id, holder.id).length > 0 ? ' The link between them is cut.' : '';
}
