/** Faults of servers: their threads, their power, their disks and their clocks. */
import { assertNever } from '../../shared/assert.ts';
import type { Command } from '../../shared/command.ts';
import type { NodeId } from '../../shared/ids.ts';
import { drawInteger, drawUnit } from '../../shared/random.ts';
import { drawHoldMs, drawNode } from './draws.ts';
import type { Episode, EpisodeKind, Situation, Stage } from './episode.ts';
import type { LinkKind } from './link-episodes.ts';
import type { MemberKind } from './member-episodes.ts';

type NodeKind = Exclude<EpisodeKind, LinkKind | MemberKind>;

export function drawNodeEpisode(kind: NodeKind, situation: Situation): Episode {
  const node = drawNode(situation);
  switch (kind) {
    case 'crash':
      return outage(kind, situation, [node], (id) => ({ type: 'crash-node', node: id }), start);
    case 'power cut':
      return outage(kind, situation, [node], (id) => ({ type: 'cut-power', node: id }), start);
    case 'stop and start':
      return outage(kind, situation, [node], (id) => ({ type: 'stop-node', node: id }), start);
    case 'pause':
      return outage(kind, situation, [node], (id) => ({ type: 'pause-node', node: id }), resume);
    case 'crash of all':
      return outage(kind, situation, situation.nodes, (id) => ({ type: 'crash-node', node: id }), start);
    case 'power cut of all':
      return outage(kind, situation, situation.nodes, (id) => ({ type: 'cut-power', node: id }), start);
    case 'pause of all':
      return outage(kind, situation, situation.nodes, (id) => ({ type: 'pause-node', node: id }), resume);
    case 'slow disk':
    case 'stuck disk':
    case 'full disk':
      return troubledDisk(kind, situation, node);
    case 'clock rate':
      return wrongClock(situation, node);
    case 'clock jump':
      return moment(kind, { type: 'jump-clock', node, byMs: drawJumpMs(situation) });
    case 'heal everything':
      return moment(kind, { type: 'heal-all' });
    default:
      return assertNever(kind, 'drawNodeEpisode');
  }
}

/** What is over as soon as it is done. */
export function moment(kind: EpisodeKind, command: Command): Episode {
  return { kind, begin: [[{ command }]], holdMs: 0, end: [], hurts: [], claims: [] };
}

const start = (node: NodeId): Command => ({ type: 'start-node', node });
const resume = (node: NodeId): Command => ({ type: 'resume-node', node });

function outage(
  kind: EpisodeKind,
  situation: Situation,
  nodes: readonly NodeId[],
  begin: (node: NodeId) => Command,
  end: (node: NodeId) => Command,
): Episode {
  const isShort = nodes.length > 1 || kind === 'pause';
  return {
    kind,
    begin: [nodes.map((node) => ({ command: begin(node) }))],
    holdMs: drawHoldMs(situation, 50, isShort ? 2_500 : 8_000),
    end: [nodes.map((node) => ({ command: end(node), insists: end === start }))],
    hurts: nodes,
    claims: [],
  };
}

function troubledDisk(kind: 'slow disk' | 'stuck disk' | 'full disk', situation: Situation, node: NodeId): Episode {
  const { random } = situation;
  const slow = { kind: 'slow', minMs: 1, maxMs: drawInteger(random, 5, 80), distribution: 'exponential' } as const;
  const full = { kind: 'full', freeBytes: drawInteger(random, 0, 20_000) } as const;
  const disk = kind === 'slow disk' ? slow : kind === 'full disk' ? full : ({ kind: 'stuck' } as const);
  const heal: Stage[] = [[{ command: { type: 'set-disk', node, disk: { kind: 'sound' } } }]];
  // A server whose disk fails gives up, and somebody has to start it again.
  const restart: Stage[] = [[{ command: start(node), insists: true }]];
  return {
    kind,
    begin: [[{ command: { type: 'set-disk', node, disk } }]],
    holdMs: drawHoldMs(situation, 200, 5_000),
    end: kind === 'slow disk' ? heal : [...heal, ...restart],
    hurts: kind === 'slow disk' ? [] : [node],
    claims: [`disk ${node}`],
  };
}

/** Within what leases allow for, so that they keep their promise. */
function wrongClock(situation: Situation, node: NodeId): Episode {
  const size = drawInteger(situation.random, 1_000, 90_000);
  const partsPerMillion = drawUnit(situation.random) < 0.5 ? -size : size;
  return {
    kind: 'clock rate',
    begin: [[{ command: { type: 'set-clock-rate', node, partsPerMillion } }]],
    holdMs: drawHoldMs(situation, 1_000, 15_000),
    end: [[{ command: { type: 'set-clock-rate', node, partsPerMillion: 0 } }]],
    hurts: [],
    claims: [`clock ${node}`],
  };
}

function drawJumpMs({ random }: Situation): number {
  const size = drawInteger(random, 10, 1_500);
  return drawUnit(random) < 0.5 ? -size : size;
}
