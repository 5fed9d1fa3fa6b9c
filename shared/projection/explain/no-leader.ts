/** "Why is there no leader?" with the events that the answer rests on. */
import { labSourceId, type NodeId } from '../../ids.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { NodeView } from '../node-view.ts';
import { absenceOf } from './absence.ts';
import type { Evidence, Explanation } from './explanation.ts';
import { whyNoLeader } from './why-no-leader.ts';

/** Undefined while there is a leader, and when no cluster runs. */
export function explainNoLeader(view: ClusterView): Explanation | undefined {
  const sentence = whyNoLeader(view);
  if (sentence === undefined) return undefined;
  const evidence = [
    ...view.nodes.flatMap(({ id }) => absenceOf(view, id)?.evidence ?? []),
    ...(view.cutLinks.length > 0 ? [lastCut] : []),
    ...view.nodes.flatMap(searchEvidence),
  ];
  return { kind: 'no-leader', sentence, evidence };
}

const lastCut: Evidence = { words: 'the last cut of a link', node: labSourceId, types: ['link-cut'] };

function searchEvidence({ id, status, search }: NodeView): readonly Evidence[] {
  if (status !== 'running') return [];
  const { campaign, refusals, withheld, leftOffice } = search;
  const found: Evidence[] = [];
  if (leftOffice) {
    found.push({
      words: `node ${id} gave up its office`,
      node: id,
      types: ['role-changed'],
      where: { from: 'leader' },
    });
  }
  if (withheld) found.push({ words: `node ${id} did not run`, node: id, types: ['election-withheld'] });
  else if (campaign) {
    const { kind, term } = campaign;
    const type = kind === 'vote' ? 'election-started' : 'pre-vote-started';
    const words = kind === 'vote' ? `node ${id} ran in term ${term}` : `node ${id} asked about term ${term}`;
    found.push({ words, node: id, types: [type], where: { term } });
  }
  const refusal = refusals.at(-1);
  if (refusal) found.push(refusalEvidence(id, refusal.candidateId));
  return found;
}

function refusalEvidence(id: NodeId, candidateId: NodeId): Evidence {
  return {
    words: `node ${id} refused node ${candidateId}`,
    node: id,
    types: ['vote-refused', 'pre-vote-answered'],
    where: { candidateId },
  };
}
