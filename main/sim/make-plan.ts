/**
 * Draws the plan of a seed. Swarm testing: each seed has its own mix and strengths of everything, so that what hides
 * another thing in one seed is missing in the next.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import { Draws } from './draws.ts';
import { drawAdministratorAct, drawClientAct, drawSessions } from './draw-client-acts.ts';
import { drawFaultAct, drawFaultMix, drawInterruption } from './draw-fault-acts.ts';
import { drawSetting } from './draw-setting.ts';
import type { Plan, TimedAct } from './plan.ts';

export interface PlanOptions {
  /** Voters at the start; drawn when it is missing. */
  readonly nodes?: number;
  readonly rulesOff?: readonly RuleId[];
  /** How long acts go on; drawn, and at least a minute, when it is missing. */
  readonly durationMs?: number;
}

/** What each seed does at least. */
export const operationsMin = 1_000;
const durationMinMs = 60_000;
/** After the start, so that most seeds have a leader when the first client comes. */
const firstActMs = 1_500;

export function makePlan(seed: number, options: PlanOptions = {}): Plan {
  const draws = new Draws(seed, 'plan');
  const drawnServers = draws.weighted([
    [2, 1],
    [3, 2],
    [40, 3],
    [6, 4],
    [35, 5],
    [4, 6],
    [10, 7],
  ]);
  const servers = options.nodes ?? drawnServers;
  const spares = draws.weighted([
    [30, 0],
    [40, 1],
    [30, 2],
  ]);
  const drawnMs = draws.integer(durationMinMs, durationMinMs + 20_000);
  const durationMs = options.durationMs ?? drawnMs;
  const setting = drawSetting(seed, draws, options.rulesOff ?? []);
  const timeoutMs = setting.timings.electionTimeoutMaxMs;
  const nodes = Array.from({ length: servers + spares }, (_, id) => id);
  const acts = [
    ...drawClients(seed, nodes, durationMs),
    ...drawAdministrator(seed, nodes, durationMs, { hasSpares: spares > 0, timeoutMs }),
    ...drawFaults(seed, nodes, durationMs, timeoutMs),
  ];
  acts.sort((left, right) => left.atMs - right.atMs);
  return { seed, servers, spares, durationMs, setting, acts };
}

function drawClients(seed: number, nodes: readonly NodeId[], durationMs: number): TimedAct[] {
  const draws = new Draws(seed, 'clients');
  const { clients, mix, sessions } = drawSessions(draws);
  const acts: TimedAct[] = sessions.map((client) => ({ atMs: firstActMs, act: { kind: 'open-session', client } }));
  const operations = Math.ceil((draws.integer(operationsMin, operationsMin + 300) * durationMs) / durationMinMs);
  for (let count = 0; count < operations; count++) {
    const atMs = draws.integer(firstActMs, durationMs);
    acts.push({ atMs, act: drawClientAct(draws, mix, draws.integer(0, clients - 1), nodes) });
  }
  return acts;
}

function drawAdministrator(
  seed: number,
  nodes: readonly NodeId[],
  durationMs: number,
  { hasSpares, timeoutMs }: { readonly hasSpares: boolean; readonly timeoutMs: number },
): TimedAct[] {
  const draws = new Draws(seed, 'administrator');
  const acts: TimedAct[] = [];
  const changes = draws.perMille(700) ? draws.spread(1, 60) : 0;
  const transfers = draws.perMille(600) ? draws.spread(1, 40) : 0;
  const kinds = { changes, transfers, hasSpares, retentions: draws.perMille(650) ? draws.spread(1, 6) : 0 };
  // A retention comes early, or the log is never compacted.
  if (kinds.retentions > 0)
    acts.push({ atMs: firstActMs, act: { kind: 'set-retention', retainEntries: draws.spread(2, 200) } });
  const interruptions = draws.pick([0, 200, 600]);
  for (let count = 0; count < changes + transfers + kinds.retentions; count++) {
    const atMs = draws.integer(firstActMs, durationMs);
    const act = drawAdministratorAct(draws, kinds, nodes);
    acts.push({ atMs, act });
    // A server that is down can't catch up, and the change is given up.
    const [added] = act.kind === 'change-membership' && act.change === 'add' ? act.servers : [];
    if (added !== undefined && draws.perMille(150))
      acts.push({ atMs, act: { kind: 'crash', node: added, forMs: timeoutMs * 15 } });
    if (!draws.perMille(interruptions)) continue;
    // At once, in the middle of it, or when it is nearly over.
    acts.push({
      atMs: atMs + draws.integer(0, 20) * draws.pick([0, 1, 1, 10]),
      act: drawInterruption(draws, timeoutMs),
    });
  }
  return acts;
}

function drawFaults(seed: number, nodes: readonly NodeId[], durationMs: number, timeoutMs: number): TimedAct[] {
  const draws = new Draws(seed, 'faults');
  const mix = drawFaultMix(draws, timeoutMs);
  if (mix.kinds.length === 0) return [];
  const acts: TimedAct[] = [];
  const count = Math.ceil((draws.spread(4, 150) * durationMs) / durationMinMs);
  for (let done = 0; done < count; done++) {
    acts.push({ atMs: draws.integer(0, durationMs), act: drawFaultAct(draws, mix, nodes) });
  }
  return acts;
}
