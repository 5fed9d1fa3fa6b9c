/** "Why this role?": the answer in a sentence or two. */
import type { NodeId } from '../../ids.ts';
import { currentLeader, nodeOf, type ClusterView } from '../cluster-view.ts';
import { configurationInForce, isWiped, memberKindOf } from '../membership-view.ts';
import { ruleTag } from '../log-line-words.ts';
import type { NodeView } from '../node-view.ts';
import { absenceOf, cutEvidence } from './absence.ts';
import { cutBetween } from './copies.ts';
import type { Evidence, Explanation } from './explanation.ts';
import { reasonOf, startsSentence } from './words.ts';

/** Undefined when there is no such node. */
export function whyRole(view: ClusterView, id: NodeId): Explanation | undefined {
  const node = nodeOf(view, id);
  if (!node) return undefined;
  const absence = absenceOf(view, id);
  if (absence) {
    const reason =
      node.statusReason === '' || node.status === 'running' ? '.' : reasonOf({ reason: node.statusReason });
    return { kind: 'absent', sentence: `Node ${id} ${absence.what.one}${reason}`, evidence: absence.evidence };
  }
  if (node.role === 'leader') return leading(view, node);
  if (node.role === 'candidate') return running(node);
  return following(view, node);
}

function roleChange({ id, role }: NodeView): Evidence {
  return { words: `node ${id} became ${role}`, node: id, types: ['role-changed'], where: { to: role } };
}

function leading(view: ClusterView, node: NodeView): Explanation {
  const { id, term } = node;
  const current = currentLeader(view);
  if (current && current.id !== id) {
    const cuts = cutBetween(view, id, current.id);
    const why = cuts.length > 0 ? ', and the link between them is cut' : '';
    return {
      kind: 'old-leader',
      sentence: `Node ${id} was elected in term ${term} and has not heard that node ${current.id} leads term ${current.term}${why}. It steps down when it does${ruleTag('step-down-on-higher-term')}; until then it can’t commit anything.`,
      evidence: [roleChange(node), roleChange(current), ...cuts.map(([from, to]) => cutEvidence(from, to))],
    };
  }
  return {
    kind: 'leader',
    sentence: `Node ${id} leads term ${term}${because(node)} It stays so while a majority answers it and nobody has a higher term.`,
    evidence: [roleChange(node)],
  };
}

function running(node: NodeView): Explanation {
  const { id, term, votes, votersNeeded } = node;
  return {
    kind: 'candidate',
    sentence: `Node ${id} asks for votes in term ${term}${because(node)} It has ${votes.length} of the ${votersNeeded} that it needs.`,
    evidence: [roleChange(node), { words: 'its election', node: id, types: ['election-started'], where: { term } }],
  };
}

function following(view: ClusterView, node: NodeView): Explanation {
  const { id, term, leaderId, search } = node;
  const standing = standingText(view, node);
  if (leaderId !== null && leaderId !== id) {
    const voted = node.votedFor === leaderId ? ', and has given it its vote' : '';
    return {
      kind: 'follower',
      sentence: `Node ${id} follows node ${leaderId}, the leader of term ${term}${voted}: it hears from it before its election timeout passes (§5.2).${standing}`,
      evidence: [{ words: `node ${id} heard of the leader`, node: id, types: ['leader-known'], where: { leaderId } }],
    };
  }
  const evidence: Evidence[] = node.roleReason === '' ? [] : [roleChange(node)];
  if (search.withheld) {
    const withheld: Evidence = { words: `node ${id} did not run`, node: id, types: ['election-withheld'] };
    const sentence = `Node ${id} knows no leader, and does not run${reasonOf(search.withheld)}${standing}`;
    return { kind: 'withheld', sentence, evidence: [withheld, ...evidence] };
  }
  const asks = search.campaign
    ? ` It asks whether it would win term ${search.campaign.term}: ${search.campaign.votes.length} of the ${search.campaign.votersNeeded} needed would vote for it${ruleTag('pre-vote')}.`
    : ' It runs when its election timeout passes (§5.2).';
  const former = node.roleReason === '' ? '' : ` It became a follower${because(node)}`;
  return {
    kind: 'waiting',
    sentence: `Node ${id} knows no leader of term ${term}.${former}${standing || asks}`,
    evidence,
  };
}

/** `: reason [§…].`; a full stop where nothing was said. */
function because({ roleReason, roleRule }: NodeView): string {
  return reasonOf({ reason: roleReason, rule: roleRule });
}

/** What it may not do, being what it is in the configuration. */
function standingText(view: ClusterView, node: NodeView): string {
  const configuration = configurationInForce(view)?.configuration;
  if (isWiped(configuration, node))
    return ` It came back with another folder, so it can’t run${ruleTag('no-amnesia')}.`;
  const kind = memberKindOf(configuration, node.id);
  if (kind === 'learner') return ' It is a learner: it gets the log and has no vote.';
  return kind === 'outsider' ? startsSentence(' It has no part in the configuration, so it can’t run.') : '';
}
