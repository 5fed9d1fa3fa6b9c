/**
 * "Why is there no leader?": the answer in a sentence or two, from what each server did last. Asked from the outside in: could
 * there be a majority at all, can it be reached, does anybody run, and what do the others say to that.
 */
import type { NodeId } from '../../ids.ts';
import { currentLeader, isLinkCut, nodeOf, type ClusterView } from '../cluster-view.ts';
import type { Campaign } from '../leader-search.ts';
import { counted, ruleTag } from '../log-line-words.ts';
import {
  configurationInForce,
  decidingGroupsOf,
  isAtWork,
  isWiped,
  memberKindOf,
  type DecidingGroup,
} from '../membership-view.ts';
import type { NodeView } from '../node-view.ts';
import { absenceOf } from './absence.ts';
import { alike, namesOf, reasonOf, startsSentence, told, type Predicate } from './words.ts';

/** Undefined while there is a leader, and when no cluster runs. */
export function whyNoLeader(view: ClusterView): string | undefined {
  if (view.status !== 'running' || currentLeader(view)) return undefined;
  const groups = decidingGroupsOf(view);
  return (
    tooFew(view, groups) ??
    notReached(view, groups) ??
    campaigns(view, groups) ??
    withheldByAll(view, groups) ??
    waiting(view)
  );
}

function tooFew(view: ClusterView, groups: readonly DecidingGroup[]): string | undefined {
  const short = groups.find(({ able, needed }) => able.length < needed);
  if (!short) return undefined;
  const { name, servers, able, needed } = short;
  const configuration = configurationInForce(view)?.configuration;
  const who = name === 'voters' ? 'voters' : `${name} servers`;
  const learners = view.nodes.filter(({ id }) => memberKindOf(configuration, id) === 'learner').filter(isAtWork);
  const missing = servers.flatMap(({ id }) => (able.includes(id) ? [] : [id]));
  const only =
    able.length === 0 && learners.length > 0
      ? `Only learners run (${learners.map(({ id }) => id).join(', ')}), and they do not vote; `
      : `No majority: ${able.length} of ${servers.length} ${who} can vote, `;
  return `${only}${needed} ${needed === 1 ? 'is' : 'are'} needed. ${startsSentence(missingText(view, missing))}.`;
}

/** Why each of these can not vote: `node 0 is paused; nodes 1 and 2 have crashed`. */
function missingText(view: ClusterView, missing: readonly NodeId[]): string {
  return told(missing.map((id) => ({ id, what: whyMissing(view, id) })));
}

function whyMissing(view: ClusterView, id: NodeId): Predicate {
  const absence = absenceOf(view, id);
  if (absence) return absence.what;
  const node = nodeOf(view, id);
  if (!node || !isWiped(configurationInForce(view)?.configuration, node)) return alike('can not vote');
  return {
    one: `came back with another folder, and its vote does not count${ruleTag('no-amnesia')}`,
    several: `came back with other folders, and their votes do not count${ruleTag('no-amnesia')}`,
  };
}

/** Cut links are known; what other faults lose comes through sooner or later. */
function notReached(view: ClusterView, groups: readonly DecidingGroup[]): string | undefined {
  if (view.cutLinks.length === 0) return undefined;
  const isJoined = (a: NodeId, b: NodeId): boolean =>
    a === b || (!isLinkCut(view, { from: a, to: b }) && !isLinkCut(view, { from: b, to: a }));
  const voters = [...new Set(groups.flatMap(({ able }) => able))];
  const canWin = voters.filter((voter) =>
    groups.every(({ able, needed }) => able.filter((other) => isJoined(voter, other)).length >= needed),
  );
  if (canWin.length > 0) return undefined;
  const needed = Math.max(...groups.map((group) => group.needed));
  return `Nobody reaches a majority both ways: ${counted(view.cutLinks.length, 'direction of a link is', 'directions of links are')} cut, and ${counted(needed, 'vote is', 'votes are')} needed.`;
}

/** What those who ask for votes, or whether they would get them, have heard so far. */
function campaigns(view: ClusterView, groups: readonly DecidingGroup[]): string | undefined {
  const asking = votersOf(view, groups).flatMap(({ id, role, search: { campaign, withheld } }) =>
    campaign && !withheld && (campaign.kind === 'pre-vote' || role === 'candidate') ? [{ id, campaign }] : [],
  );
  const candidates = asking.filter(({ campaign }) => campaign.kind === 'vote');
  const term = Math.max(...(candidates.length > 0 ? candidates : asking).map(({ campaign }) => campaign.term));
  const rivals = (candidates.length > 0 ? candidates : asking).filter(({ campaign }) => campaign.term === term);
  const [first] = rivals;
  if (!first) return undefined;
  if (rivals.length > 1 && candidates.length > 0) return splitText(rivals, term);
  const one = rivals.length > 1 ? (rivals.find(({ campaign }) => campaign.refusedBy.length > 0) ?? first) : first;
  return `${campaignText(one.id, one.campaign)} ${answersText(view, groups, one.id, one.campaign)}`;
}

function splitText(rivals: readonly { readonly id: NodeId; readonly campaign: Campaign }[], term: number): string {
  const shares = rivals.map(({ id, campaign }) => `node ${id} has ${campaign.votes.length}`).join(', ');
  const needed = Math.max(...rivals.map(({ campaign }) => campaign.votersNeeded));
  return (
    `The votes of term ${term} are split: ${shares}, and ${counted(needed, 'vote is', 'votes are')} needed. ` +
    'Whose random timeout passes first tries again in the next term (§5.2).'
  );
}

function campaignText(id: NodeId, { kind, term, votes, votersNeeded }: Campaign): string {
  return kind === 'vote'
    ? `Node ${id} asks for votes in term ${term} and has ${votes.length} of the ${votersNeeded} that it needs.`
    : `Node ${id} asks whether it would win term ${term}: ${votes.length} of the ${votersNeeded} needed would vote for it.`;
}

/** Why one of them said no, and whom it still waits for. */
function answersText(
  view: ClusterView,
  groups: readonly DecidingGroup[],
  id: NodeId,
  { kind, term, votes, refusedBy }: Campaign,
): string {
  for (const node of votersOf(view, groups)) {
    const refusal = node.search.refusals.find((one) => one.candidateId === id && one.term === term);
    const said = kind === 'vote' ? 'refused' : 'would not';
    if (refusal && !votes.includes(node.id)) return `Node ${node.id} ${said}${reasonOf(refusal)}`;
  }
  if (refusedBy.length > 0) return `${startsSentence(namesOf(refusedBy))} said no.`;
  const silent = votersOf(view, groups).flatMap((node) => (votes.includes(node.id) ? [] : [node.id]));
  return silent.length > 0 ? `No answer yet from ${namesOf(silent)}.` : 'The answers are on their way.';
}

/** Everybody's timer fired, and nobody runs. */
function withheldByAll(view: ClusterView, groups: readonly DecidingGroup[]): string | undefined {
  const voters = votersOf(view, groups);
  const withheld = voters.flatMap(({ id, search }) =>
    search.withheld ? [`node ${id}${reasonOf(search.withheld).slice(0, -1)}`] : [],
  );
  if (withheld.length === 0 || withheld.length < voters.length) return undefined;
  return `Nobody runs for office. ${startsSentence(withheld.join('; '))}.`;
}

/** Timers have to pass first. */
function waiting(view: ClusterView): string {
  const timeout = view.timings
    ? `${view.timings.electionTimeoutMinMs}–${view.timings.electionTimeoutMaxMs} ms`
    : 'a random time';
  const left = view.nodes.find(({ search }) => search.leftOffice);
  if (left?.search.leftOffice) {
    return `Node ${left.id} gave up its office${reasonOf(left.search.leftOffice)} Whose election timeout (${timeout}) passes first runs.`;
  }
  const lost = view.nodes.find(({ status, id }) => status !== 'running' && view.nodes.some((n) => n.leaderId === id));
  const silent = view.nodes.flatMap(({ id, leaderId }) =>
    lost && leaderId === lost.id && id !== leaderId ? [id] : [],
  );
  if (lost && silent.length > 0) {
    const verb = silent.length === 1 ? 'waits' : 'wait';
    return `Node ${lost.id}, which led, no longer runs. ${startsSentence(namesOf(silent))} still ${verb} for it, until an election timeout (${timeout}) passes.`;
  }
  return `Nobody runs yet: every node waits out its election timeout (${timeout}), and the first whose time has passed asks for votes.`;
}

/** The nodes that could vote now. */
function votersOf(view: ClusterView, groups: readonly DecidingGroup[]): readonly NodeView[] {
  return view.nodes.filter(({ id }) => groups.some(({ able }) => able.includes(id)));
}
