/**
 * Draws the faults of a seed: which kinds there are, how strong, how long.
 */
import type { FaultAction } from '../../shared/fault-rule.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { MessageKind } from '../../shared/raft-message.ts';
import { drawSome } from './draw-client-acts.ts';
import type { Draws } from './draws.ts';
import type { FaultAct } from './plan.ts';

/** Traps are for schedules. */
type FaultKind = Exclude<FaultAct['kind'], 'trap'>;

export interface FaultMix {
  readonly kinds: readonly (readonly [weight: number, kind: FaultKind])[];
  /** How long a fault goes on, ms. */
  readonly longest: number;
  /** How often whoever leads is meant, per mille. */
  readonly atLeader: number;
  /** Clocks may drift beyond what leases allow for: then lease reads promise nothing for a while. */
  readonly beyondDrift: boolean;
}

const everyKind: readonly FaultKind[] = [
  'partition',
  'isolate',
  'link',
  'weather',
  'crash',
  'power-cut',
  'stop',
  'wipe',
  'blackout',
  'pause',
  'disk',
  'clock-rate',
  'clock-jump',
];

export function drawFaultMix(draws: Draws, timeoutMs: number): FaultMix {
  const beyondDrift = draws.perMille(150);
  const kinds = everyKind
    .filter((kind) => kind !== 'clock-jump' || beyondDrift)
    .filter(() => draws.perMille(550))
    .map((kind) => [kind === 'blackout' ? 1 : draws.integer(1, 10), kind] as const);
  return { kinds, longest: timeoutMs * draws.pick([3, 10, 25]), atLeader: draws.pick([0, 200, 600]), beyondDrift };
}

const someKinds: readonly (readonly MessageKind[])[] = [
  ['append-entries'],
  ['append-entries-reply'],
  ['request-vote', 'pre-vote'],
  ['request-vote-reply', 'pre-vote-reply'],
  ['install-snapshot'],
  ['install-snapshot-reply'],
  ['read-index', 'read-index-reply'],
  ['timeout-now'],
  ['forward-append-reply'],
];

export function drawFaultAct(draws: Draws, mix: FaultMix, nodes: readonly NodeId[]): FaultAct {
  const kind = draws.weighted(mix.kinds);
  const forMs = draws.spread(10, mix.longest);
  const node = draws.pick(nodes);
  const target = draws.perMille(mix.atLeader) ? 'leader' : node;
  switch (kind) {
    case 'isolate':
      return { kind, node: target, oneWay: draws.perMille(300), forMs };
    case 'partition':
      return { kind, groups: drawGroups(draws, nodes), forMs };
    case 'link': {
      const messageKinds = draws.perMille(350) ? draws.pick(someKinds) : null;
      return { kind, from: node, to: draws.pick(nodes), action: drawAction(draws, mix, true), messageKinds, forMs };
    }
    case 'weather':
      return { kind, action: drawAction(draws, mix, false), forMs };
    case 'crash':
    case 'power-cut':
    case 'stop':
    case 'wipe':
    case 'pause':
      return { kind, node: target, forMs };
    case 'blackout':
      return { kind, forMs };
    case 'disk': {
      const fault = draws.pick(['slow', 'slow', 'stuck', 'failing-flush', 'failing-write', 'full'] as const);
      // Long enough, now and then, for a leader to give up on its disk.
      const times = fault === 'stuck' ? draws.pick([1, 4]) : 1;
      return { kind, node: target, fault, byMs: draws.spread(1, mix.longest / 4), forMs: forMs * times };
    }
    case 'clock-rate':
      return { kind, node, partsPerMillion: drawRate(draws, mix.beyondDrift), forMs: forMs * 4 };
    case 'clock-jump':
      return { kind, node, byMs: draws.spread(5, mix.longest) * draws.pick([1, -1]) };
    default:
      throw new Error(`there is no fault ${String(kind satisfies never)}`);
  }
}

/**
 * What befalls a leader in the middle of what the administrator asked for: it dies, stands still or is cut off within a
 * few round trips.
 */
export function drawInterruption(draws: Draws, timeoutMs: number): FaultAct {
  const kind = draws.pick(['crash', 'power-cut', 'pause', 'isolate', 'isolate'] as const);
  const forMs = draws.spread(timeoutMs, timeoutMs * 8);
  if (kind === 'isolate') return { kind, node: 'leader', oneWay: draws.perMille(300), forMs };
  return { kind, node: 'leader', forMs };
}

/** Two groups mostly; or one that everyone hears but who hears nobody: that is a matter of links. */
function drawGroups(draws: Draws, nodes: readonly NodeId[]): NodeId[][] {
  const first = drawSome(draws, nodes, draws.integer(1, Math.max(1, nodes.length - 1)));
  const rest = nodes.filter((node) => !first.includes(node));
  if (!draws.perMille(200) || rest.length < 2) return [first, rest];
  const second = drawSome(draws, rest, draws.integer(1, rest.length - 1));
  return [first, second, rest.filter((node) => !second.includes(node))];
}

function drawAction(draws: Draws, { longest }: FaultMix, mayCut: boolean): FaultAction {
  const percent = draws.spread(1, 60);
  const kind = draws.pick([
    mayCut ? 'cut' : 'drop',
    'drop',
    'burst',
    'delay',
    'duplicate',
    'reorder',
    'corrupt',
    'bandwidth',
  ] as const);
  switch (kind) {
    case 'burst':
      return { kind, enterPercent: draws.integer(1, 10), leavePercent: draws.integer(5, 60) };
    case 'delay': {
      const minMs = draws.integer(0, 5);
      const distribution = draws.pick(['uniform', 'exponential', 'pareto'] as const);
      return { kind, minMs, maxMs: minMs + draws.spread(1, longest), distribution };
    }
    case 'reorder':
      return { kind, percent, byMs: draws.spread(1, 100) };
    case 'bandwidth':
      return { kind, bytesPerSecond: draws.spread(3_000, 1_000_000) };
    case 'cut':
      return { kind };
    case 'drop':
    case 'duplicate':
    case 'corrupt':
      return { kind, percent };
    default:
      throw new Error(`there is no action ${String(kind satisfies never)}`);
  }
}

function drawRate(draws: Draws, beyondDrift: boolean): number {
  const bound = limits.clockDriftPercentMax * 10_000;
  return draws.integer(1, beyondDrift ? bound * 4 : bound) * draws.pick([1, -1]);
}
