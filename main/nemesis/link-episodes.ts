/** Faults of links: partitions, cuts in one direction, and rules for datagrams. */
import { assertNever } from '../../shared/assert.ts';
import type { FaultAction, Link } from '../../shared/fault-rule.ts';
import { drawInteger, drawUnit } from '../../shared/random.ts';
import { drawHoldMs, drawNode, drawNodes } from './draws.ts';
import type { Episode, EpisodeKind, Situation } from './episode.ts';

const linkKinds = [
  'partition',
  'one-way cut',
  'loss',
  'burst',
  'delay',
  'duplicate',
  'reorder',
  'corrupt',
  'bandwidth',
] as const satisfies readonly EpisodeKind[];

export type LinkKind = (typeof linkKinds)[number];
type RuleKind = Exclude<LinkKind, 'partition' | 'one-way cut'>;

export function isLinkKind(kind: EpisodeKind): kind is LinkKind {
  return (linkKinds as readonly EpisodeKind[]).includes(kind);
}

export function drawLinkEpisode(kind: LinkKind, situation: Situation): Episode {
  if (kind === 'partition') return partition(situation);
  if (kind === 'one-way cut') return oneWayCut(situation);
  return ruleOnLinks(kind, situation);
}

function partition(situation: Situation): Episode {
  const { nodes, random } = situation;
  const mixed = drawNodes(situation, nodes.length);
  const minority = Math.floor((nodes.length - 1) / 2);
  const apart = drawInteger(random, 1, Math.max(1, minority));
  // Sometimes nobody hears anybody, and no group is a majority.
  const groups = drawUnit(random) < 0.15 ? mixed.map((node) => [node]) : [mixed.slice(0, apart), mixed.slice(apart)];
  return {
    kind: 'partition',
    begin: [[{ command: { type: 'partition', groups } }]],
    holdMs: drawHoldMs(situation, 200, 6_000),
    end: [[{ command: { type: 'partition', groups: [[...nodes]] } }]],
    hurts: [],
    claims: ['cuts'],
  };
}

function oneWayCut(situation: Situation): Episode {
  const links = drawLinks(situation);
  return {
    kind: 'one-way cut',
    begin: [links.map((link) => ({ command: { type: 'cut-link', link } }))],
    holdMs: drawHoldMs(situation, 200, 6_000),
    end: [links.map((link) => ({ command: { type: 'heal-link', link } }))],
    hurts: [],
    claims: ['cuts'],
  };
}

function ruleOnLinks(kind: RuleKind, situation: Situation): Episode {
  const action = drawAction(kind, situation);
  const links = drawUnit(situation.random) < 0.3 ? allLinks(situation) : drawLinks(situation);
  const rules = links.map((link) => ({ id: `${kind} ${link.from}→${link.to}`, link, action }));
  return {
    kind,
    begin: [rules.map((rule) => ({ command: { type: 'set-fault', rule } }))],
    holdMs: drawHoldMs(situation, 500, 8_000),
    end: [rules.map(({ id }) => ({ command: { type: 'clear-fault', faultRule: id } }))],
    hurts: [],
    claims: [kind],
  };
}

/** One link, or everything that one server hears, or everything that it says. */
function drawLinks(situation: Situation): Link[] {
  const node = drawNode(situation);
  const others = situation.nodes.filter((other) => other !== node);
  const heard = others.map((from) => ({ from, to: node }));
  const said = others.map((to) => ({ from: node, to }));
  const which = drawUnit(situation.random);
  if (which < 0.3) return heard;
  return which < 0.6 ? said : said.slice(0, 1);
}

function allLinks({ nodes }: Situation): Link[] {
  return nodes.flatMap((from) => nodes.flatMap((to) => (from === to ? [] : [{ from, to }])));
}

function drawAction(kind: RuleKind, { random }: Situation): FaultAction {
  switch (kind) {
    case 'loss':
      return { kind: 'drop', percent: drawInteger(random, 1, 40) };
    case 'burst':
      return { kind: 'burst', enterPercent: drawInteger(random, 1, 5), leavePercent: drawInteger(random, 5, 40) };
    case 'delay': {
      const distribution = drawUnit(random) < 0.5 ? 'uniform' : 'pareto';
      return { kind: 'delay', minMs: 1, maxMs: drawInteger(random, 2, 120), distribution };
    }
    case 'duplicate':
      return { kind: 'duplicate', percent: drawInteger(random, 1, 50) };
    case 'reorder':
      return { kind: 'reorder', percent: drawInteger(random, 1, 50), byMs: drawInteger(random, 1, 60) };
    case 'corrupt':
      return { kind: 'corrupt', percent: drawInteger(random, 1, 20) };
    case 'bandwidth':
      return { kind: 'bandwidth', bytesPerSecond: drawInteger(random, 50_000, 1_000_000) };
    default:
      return assertNever(kind, 'drawAction');
  }
}
