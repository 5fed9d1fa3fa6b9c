/** Acts of an administrator: transfers, changes of membership, a server that lost its folder and is replaced. */
import type { Command } from '../../shared/command.ts';
import type { NodeId } from '../../shared/ids.ts';
import { drawUnit } from '../../shared/random.ts';
import { drawHoldMs, drawNode } from './draws.ts';
import type { Episode, EpisodeKind, Situation, Stage } from './episode.ts';

const memberKinds = [
  'transfer of leadership',
  'change of membership',
  'wipe and replace',
] as const satisfies readonly EpisodeKind[];

export type MemberKind = (typeof memberKinds)[number];

export function isMemberKind(kind: EpisodeKind): kind is MemberKind {
  return (memberKinds as readonly EpisodeKind[]).includes(kind);
}

/** Undefined where the cluster is too small for it. */
export function drawMemberEpisode(kind: MemberKind, situation: Situation): Episode | undefined {
  const node = drawNode(situation);
  if (kind === 'transfer of leadership') {
    const command = { type: 'transfer-leadership', to: node } as const;
    return { kind, begin: [[{ command }]], holdMs: 0, end: [], hurts: [], claims: ['membership'] };
  }
  if (situation.nodes.length < 3) return undefined;
  return kind === 'wipe and replace' ? replacement(situation, node) : absence(situation, node);
}

/** A server leaves and comes back, with the folder that it has. */
function absence(situation: Situation, node: NodeId): Episode {
  const { without, all } = changes(situation, node);
  return {
    kind: 'change of membership',
    begin: [[{ command: without }]],
    holdMs: drawHoldMs(situation, 100, 4_000),
    end: [[{ command: all, insists: true }]],
    hurts: [node],
    claims: ['membership'],
    binds: node,
  };
}

/**
 * A server loses its folder and comes back as a new one. Where the configuration names its folder that may happen at any moment: it is
 * known for another one when it comes back. Otherwise it would be taken for the one that it was, so it leaves before.
 */
function replacement(situation: Situation, node: NodeId): Episode {
  const { without, all } = changes(situation, node);
  const wipe: Stage = [{ command: { type: 'wipe-node', node } }];
  const start: Stage = [{ command: { type: 'start-node', node }, insists: true }];
  const isKnown = situation.bound.has(node);
  return {
    kind: 'wipe and replace',
    begin: isKnown ? [wipe] : [[{ command: without }], wipe],
    holdMs: drawHoldMs(situation, 50, 3_000),
    end: [start, ...(isKnown ? [[{ command: without, insists: true }]] : []), [{ command: all, insists: true }]],
    hurts: [node],
    claims: ['membership', `disk ${node}`],
    binds: node,
  };
}

function changes({ nodes, random }: Situation, node: NodeId): { readonly without: Command; readonly all: Command } {
  const mode = drawUnit(random) < 0.5 ? 'joint' : 'single-server';
  const change = (voters: NodeId[]): Command => ({ type: 'change-membership', mode, voters, learners: [] });
  return { without: change(nodes.filter((other) => other !== node)), all: change([...nodes]) };
}
