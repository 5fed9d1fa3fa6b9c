/**
 * "Why isn't this entry committed?": the answer in a sentence or two. Asked from the outside in: is it committed after all, is it
 * the leader's entry, who leads, do enough have it on disk, and may the leader count that.
 */
import type { NodeId } from '../../ids.ts';
import { currentLeader, type ClusterView } from '../cluster-view.ts';
import { heldTerm } from '../log-cell.ts';
import { ruleTag } from '../log-line-words.ts';
import { rulesOffIn } from '../membership-view.ts';
import type { NodeView } from '../node-view.ts';
import { isOwnCopyCounted, reachedBy, sharesOf, type GroupShare } from './copies.ts';
import { explainCommitted } from './committed.ts';
import type { Evidence, Explanation } from './explanation.ts';
import { explainNoLeader } from './no-leader.ts';
import { explainOrphan, explainUnheld } from './orphan-entry.ts';
import { namesOf, startsSentence, told } from './words.ts';
import { whyBehind } from './why-behind.ts';

/**
 * Answers for the entry at `index` as `node` holds it; by default as the leader holds it, or the one who would.
 * Undefined without a cluster. For an entry that is committed it says so, and who does not know.
 */
export function whyNotCommitted(view: ClusterView, index: number, node?: NodeId): Explanation | undefined {
  if (view.nodes.length === 0 || index < 1) return undefined;
  const committed = explainCommitted(view, index, node);
  if (committed) return committed;
  const holders = view.nodes.filter((one) => heldTerm(one, index) > 0);
  if (holders.length === 0) return explainUnheld(view, index);
  const leader = currentLeader(view);
  const asked = holders.find(({ id }) => id === node);
  if (!leader) return withoutLeader(view, index, asked, holders);
  const term = heldTerm(leader, index);
  const other = asked ?? holders.find((one) => term === 0 && one.id !== leader.id);
  if (other && heldTerm(other, index) !== term) return explainOrphan(view, leader, other, index);
  return inOffice(view, leader, index, term);
}

function withoutLeader(
  view: ClusterView,
  index: number,
  asked: NodeView | undefined,
  holders: readonly NodeView[],
): Explanation | undefined {
  const term = Math.max(...(asked ? [asked] : holders).map((one) => heldTerm(one, index)));
  const onDisk = holders.filter((one) => heldTerm(one, index) === term && one.persistedIndex >= index);
  const has = onDisk.length === 1 ? 'has' : 'have';
  const who = onDisk.length === 0 ? 'No disk has it' : `${startsSentence(namesOf(ids(onDisk)))} ${has} it on disk`;
  const none = explainNoLeader(view);
  const why = none ? `and nobody leads: only a leader commits. ${none.sentence}` : 'and the cluster does not run.';
  return { kind: 'no-leader', sentence: `${who}, ${why}`, evidence: none?.evidence ?? [] };
}

/** The leader has it. */
function inOffice(view: ClusterView, leader: NodeView, index: number, term: number): Explanation {
  const shares = sharesOf(view, leader, index);
  const short = shares.find(({ isMajority }) => !isMajority);
  if (!short) return whyHeld(view, leader, index, term, shares);
  const cutOff = shares.find(({ servers, needed }) => reachedBy(view, leader, servers).length < needed);
  if (cutOff) return outOfReach(view, leader, index, cutOff);
  const others = short.counted.filter((id) => id !== leader.id).length;
  const lacksOwn = short.servers.includes(leader.id) && !isOwnCopyCounted(view, leader, index);
  if (lacksOwn && others + 1 >= short.needed) return onOwnDisk(view, leader, index, short);
  const { words, evidence } = lackingOf(view, leader, index, short);
  const isJoint = shares.length > 1;
  const rule = isJoint ? 'joint-majorities' : 'durable-quorum-commit';
  const rest = isJoint ? jointText(shares, short) : '';
  return {
    kind: isJoint ? 'joint' : 'no-majority',
    sentence: `${startsSentence(shareText(short))} on disk, ${short.needed} are needed${ruleTag(rule)}.${rest} ${startsSentence(words)}.`,
    evidence,
  };
}

function jointText(shares: readonly GroupShare[], short: GroupShare): string {
  const done = shares.find(({ name, isMajority }) => name !== short.name && isMajority);
  const both = ' The configuration is joint, so both sides must have it';
  return done ? `${both}: of the ${done.name} servers enough do.` : `${both}.`;
}

/** A majority has it on disk, and the leader has not committed it. */
function whyHeld(
  view: ClusterView,
  leader: NodeView,
  index: number,
  term: number,
  shares: readonly GroupShare[],
): Explanation {
  const share = startsSentence(shares.map(shareText).join(' and '));
  if (term === leader.term || rulesOffIn(view).includes('own-term-commit')) {
    const sentence = `${share} on disk, a majority: node ${leader.id} commits it as soon as it has counted.`;
    return { kind: 'about-to', sentence, evidence: [appendedAt(leader, index)] };
  }
  const own = leader.termRuns.findLast((run) => run.term === leader.term)?.firstIndex;
  const next =
    own === undefined
      ? `It has no entry of its own yet, and waits for a client to bring one${ruleTag('leader-noop')}.`
      : `It commits with entry ${own}, the first of term ${leader.term}: ${shareText(firstShort(sharesOf(view, leader, own)))} on disk.`;
  const held: Evidence = { words: `node ${leader.id} held the commit`, node: leader.id, types: ['commit-held'], index };
  return {
    kind: 'earlier-term',
    sentence: `${share} on disk, but it is of term ${term} and node ${leader.id} leads term ${leader.term}: a leader counts copies only of entries of its own term${ruleTag('own-term-commit')}. ${next}`,
    evidence: [held, tookOffice(leader)],
  };
}

/** The leader can not get a majority to have it, whatever it does. */
function outOfReach(view: ClusterView, leader: NodeView, index: number, group: GroupShare): Explanation {
  const reached = reachedBy(view, leader, group.servers);
  const away = group.servers.filter((id) => !reached.includes(id));
  const { words, evidence } = tellWhy(view, leader, index, away);
  const who = group.name === 'voters' ? 'voters' : `${group.name} servers`;
  return {
    kind: 'cut-off',
    sentence: `Node ${leader.id} leads, but reaches only ${reached.length} of ${group.servers.length} ${who}, itself included, and ${group.needed} must have the entry on disk: it can’t commit as long as that lasts${ruleTag('durable-quorum-commit')}. ${startsSentence(words)}.`,
    evidence,
  };
}

function onOwnDisk(view: ClusterView, leader: NodeView, index: number, group: GroupShare): Explanation {
  const { what, evidence } = whyBehind(view, leader, leader.id, index);
  return {
    kind: 'own-disk',
    sentence: `${startsSentence(shareText(group))} on disk, ${group.needed} are needed. Node ${leader.id} leads and does not count itself: it ${what.one}${ruleTag('durable-quorum-commit')}.`,
    evidence,
  };
}

function lackingOf(view: ClusterView, leader: NodeView, index: number, group: GroupShare) {
  const lacking = group.servers.filter((id) => !group.counted.includes(id));
  return tellWhy(view, leader, index, lacking);
}

function tellWhy(
  view: ClusterView,
  leader: NodeView,
  index: number,
  lacking: readonly NodeId[],
): { readonly words: string; readonly evidence: readonly Evidence[] } {
  const reasons = lacking.map((id) => ({ id, ...whyBehind(view, leader, id, index) }));
  return {
    words: told(reasons),
    evidence: [...reasons.flatMap(({ evidence }) => evidence), appendedAt(leader, index)],
  };
}

/** `1 of 3 has it`, `2 of 3 new servers have it`. */
function shareText({ name, servers, counted }: GroupShare): string {
  const of = name === 'voters' ? '' : ` ${name} servers`;
  return `${counted.length} of ${servers.length}${of} ${counted.length === 1 ? 'has' : 'have'} it`;
}

/** The group that lacks a majority; otherwise any. */
function firstShort(shares: readonly GroupShare[]): GroupShare {
  const short = shares.find(({ isMajority }) => !isMajority) ?? shares[0];
  return short ?? { name: 'voters', needed: 1, servers: [], counted: [], isMajority: false };
}

function appendedAt({ id }: NodeView, index: number): Evidence {
  return { words: `node ${id} appended it`, node: id, types: ['entries-appended'], index };
}

function tookOffice({ id, term }: NodeView): Evidence {
  return { words: `node ${id} took office`, node: id, types: ['role-changed'], where: { to: 'leader', term } };
}

function ids(nodes: readonly NodeView[]): readonly NodeId[] {
  return nodes.map(({ id }) => id);
}
