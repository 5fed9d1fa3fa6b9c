/** Why a leader can not count a server's copy of an entry: the nearest thing that keeps it back. */
import type { NodeId } from '../../ids.ts';
import { nodeOf, type ClusterView } from '../cluster-view.ts';
import { firstConflict, heldTerm } from '../log-cell.ts';
import { ruleTag } from '../log-line-words.ts';
import { configurationInForce, isWiped } from '../membership-view.ts';
import type { NodeView } from '../node-view.ts';
import { absenceOf, cutEvidence, diskTrouble, type Absence } from './absence.ts';
import { cutBetween } from './copies.ts';
import { alike } from './words.ts';

/** @param id a server whose copy the leader does not count; may be the leader's own */
export function whyBehind(view: ClusterView, leader: NodeView, id: NodeId, index: number): Absence {
  const absence = absenceOf(view, id);
  if (absence) return absence;
  const node = nodeOf(view, id);
  if (!node) return { what: alike('does not have it'), evidence: [] };
  if (isWiped(configurationInForce(view)?.configuration, node)) {
    const words = `came back with another folder, and its copy does not count${ruleTag('no-amnesia')}`;
    return { what: alike(words), evidence: [{ words: `node ${id} started`, node: id, types: ['node-started'] }] };
  }
  return cutOff(view, leader, id) ?? onItsDisk(view, leader, node, index) ?? onItsWay(view, leader, node, index);
}

function cutOff(view: ClusterView, leader: NodeView, id: NodeId): Absence | undefined {
  const cuts = cutBetween(view, leader.id, id);
  const [first] = cuts;
  if (!first) return undefined;
  const evidence = cuts.map(([from, to]) => cutEvidence(from, to));
  if (cuts.length === 2) {
    const words = `cut off from node ${leader.id}`;
    return { what: { one: `is ${words}`, several: `are ${words}` }, evidence };
  }
  const [from] = first;
  const words = from === leader.id ? `can not hear node ${leader.id}` : `can not be heard by node ${leader.id}`;
  return { what: alike(words), evidence };
}

/** It has the entry in memory, or on disk, and the leader does not count it yet. */
function onItsDisk(view: ClusterView, leader: NodeView, node: NodeView, index: number): Absence | undefined {
  if (heldTerm(node, index) !== heldTerm(leader, index)) return undefined;
  const appended = { words: `node ${node.id} took it`, node: node.id, types: ['entries-appended'] as const, index };
  if (node.persistedIndex >= index) {
    const what = {
      one: 'has it on disk, and its answer is on its way',
      several: 'have it on disk, and their answers are on their way',
    };
    return { what, evidence: [appended] };
  }
  const trouble = diskTrouble(view, node.id);
  const { one, several } = trouble?.words ?? alike('');
  const what = trouble
    ? { one: `has it, but not on disk: ${one}`, several: `have it, but not on disk: ${several}` }
    : { one: 'has it, but not on disk yet', several: 'have it, but not on disk yet' };
  return { what, evidence: trouble ? [trouble.evidence, appended] : [appended] };
}

/** It does not have the entry: what has to come first. */
function onItsWay(view: ClusterView, leader: NodeView, node: NodeView, index: number): Absence {
  const progress = leader.progress[node.id];
  const conflict = firstConflict(leader, node);
  if (conflict !== undefined && conflict <= index) {
    const words = `holds other entries from ${conflict} on, which node ${leader.id} replaces first${ruleTag('previous-entry-check')}`;
    const refused = { words: `node ${node.id} refused entries`, node: node.id, types: ['append-refused'] as const };
    return { what: alike(words), evidence: [refused] };
  }
  if (progress?.mode === 'snapshot' || node.incoming) {
    const sending = { words: 'the snapshot is being sent', node: leader.id, types: ['snapshot-sending'] as const };
    return {
      what: { one: 'gets a snapshot first', several: 'get a snapshot first' },
      evidence: [{ ...sending, where: { follower: node.id } }],
    };
  }
  const fault = view.faults.find(({ fault: { link } }) => joins(link, leader.id, node.id));
  if (fault) {
    const bad = { words: fault.description, node: -1, types: ['fault-set'] as const };
    const what = { one: 'does not have it, its link is bad', several: 'do not have it, their links are bad' };
    return { what, evidence: [{ ...bad, where: { faultRule: fault.faultRule } }] };
  }
  return { what: { one: 'does not have it yet', several: 'do not have it yet' }, evidence: [] };
}

function joins({ from, to }: { readonly from: NodeId; readonly to: NodeId }, one: NodeId, other: NodeId): boolean {
  return (from === one && to === other) || (from === other && to === one);
}
