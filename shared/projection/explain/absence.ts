/** Why a server has no part in anything now: it is not there, does not run, or its thread is held. */
import { labSourceId, type NodeId } from '../../ids.ts';
import { nodeOf, type ClusterView } from '../cluster-view.ts';
import { isAtWork } from '../membership-view.ts';
import type { Evidence } from './explanation.ts';
import type { Predicate } from './words.ts';

export interface Absence {
  readonly what: Predicate;
  readonly evidence: readonly Evidence[];
}

/** Undefined when it is at work. */
export function absenceOf(view: ClusterView, id: NodeId): Absence | undefined {
  const node = nodeOf(view, id);
  if (!node) return { what: { one: 'is not here', several: 'are not here' }, evidence: [] };
  if (node.status === 'starting') {
    return {
      what: { one: 'is just starting', several: 'are just starting' },
      evidence: [labAct(`node ${id} was launched`, 'node-launched', id)],
    };
  }
  if (node.status !== 'running') {
    const state = node.status === 'stopped' ? 'been stopped' : node.status;
    return {
      what: { one: `has ${state}`, several: `have ${state}` },
      evidence: [labAct(`node ${id} ${node.status}`, 'node-ended', id)],
    };
  }
  if (isAtWork(node)) return undefined;
  const pause = labAct(`node ${id} was paused`, 'node-fault', id);
  return {
    what: { one: 'is paused', several: 'are paused' },
    evidence: [{ ...pause, where: { ...pause.where, fault: 'pause' } }],
  };
}

function labAct(words: string, type: 'node-launched' | 'node-ended' | 'node-fault', target: NodeId): Evidence {
  return { words, node: labSourceId, types: [type], where: { target } };
}

/** That the link from one node to another was cut. */
export function cutEvidence(from: NodeId, to: NodeId): Evidence {
  return {
    words: `${from} → ${to} was cut`,
    node: labSourceId,
    types: ['link-cut'],
    where: { link: { from, to } },
  };
}

/** What a fault of the node's disk does, in words; undefined when its disk is sound. */
export function diskTrouble(
  view: ClusterView,
  id: NodeId,
): { readonly words: Predicate; readonly evidence: Evidence } | undefined {
  const fault = nodeOf(view, id)?.faults.find((one) => one.fault in diskStates);
  const state = fault && diskStates[fault.fault];
  if (!fault || state === undefined) return undefined;
  return {
    words: { one: `its disk is ${state}`, several: `their disks are ${state}` },
    evidence: {
      words: `the disk of node ${id} became ${state}`,
      node: labSourceId,
      types: ['node-fault'],
      where: { target: id, fault: fault.fault },
    },
  };
}

const diskStates: Readonly<Record<string, string>> = {
  'slow-disk': 'slow',
  'stuck-disk': 'stuck',
  'failing-disk': 'failing',
  'full-disk': 'full',
};
