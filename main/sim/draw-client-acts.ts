/**
 * Draws what clients and the administrator of a seed ask for.
 */
import type { ReadMode } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Draws } from './draws.ts';
import type { AdministratorAct, ClientAct, MembershipAct } from './plan.ts';

/** How the clients of one seed are, per mille. */
export interface ClientMix {
  readonly reads: number;
  readonly modes: readonly (readonly [weight: number, mode: ReadMode])[];
  readonly expects: number;
  readonly sessions: number;
  readonly copies: number;
  readonly severalEntries: number;
  readonly payloadMax: number;
}

export interface ClientBody {
  readonly clients: number;
  readonly mix: ClientMix;
  /** Clients that open a session at the beginning. */
  readonly sessions: readonly number[];
}

export function drawSessions(draws: Draws): ClientBody {
  const clients = draws.integer(2, 8);
  const mix: ClientMix = {
    reads: draws.integer(100, 600),
    modes: [
      [draws.integer(1, 10), 'linearizable'],
      [draws.integer(1, 10), 'lease'],
      [draws.integer(1, 3), 'local'],
    ],
    expects: draws.pick([0, 100, 400]),
    sessions: draws.pick([0, 300, 700, 1_000]),
    copies: draws.pick([0, 50, 300]),
    severalEntries: draws.pick([0, 150, 400]),
    payloadMax: draws.weighted([
      [6, 24],
      [3, 200],
      [1, 8_000],
    ]),
  };
  const all = Array.from({ length: clients }, (_, client) => client);
  return { clients, mix, sessions: mix.sessions > 0 ? all.filter(() => draws.perMille(800)) : [] };
}

const payloadMin = 8;

export function drawClientAct(draws: Draws, mix: ClientMix, client: number, nodes: readonly NodeId[]): ClientAct {
  const node = draws.pick(nodes);
  const timeoutMs = draws.spread(150, 4_000);
  if (draws.perMille(mix.reads)) {
    const back = draws.weighted([
      [60, draws.integer(0, 4)],
      [30, draws.integer(5, 40)],
      [2, 1_000],
    ]);
    return { kind: 'read', client, node, mode: draws.weighted(mix.modes), back, timeoutMs };
  }
  if (mix.sessions > 0 && draws.perMille(8)) return { kind: 'open-session', client };
  const entries = draws.perMille(mix.severalEntries) ? draws.integer(2, 6) : 1;
  const session = draws.perMille(mix.sessions);
  return {
    kind: 'append',
    client,
    node,
    payloads: Array.from({ length: entries }, () => draws.spread(payloadMin, mix.payloadMax)),
    expect: draws.perMille(mix.expects),
    session,
    copyTo: session && draws.perMille(mix.copies) ? draws.pick(nodes) : null,
    asksAgain: session ? draws.integer(0, 3) : 0,
    timeoutMs,
  };
}

export interface AdministratorMix {
  readonly changes: number;
  readonly transfers: number;
  readonly retentions: number;
  readonly hasSpares: boolean;
}

export function drawAdministratorAct(
  draws: Draws,
  { changes, transfers, retentions, hasSpares }: AdministratorMix,
  nodes: readonly NodeId[],
): AdministratorAct {
  const what = draws.weighted([
    [changes, 'change'] as const,
    [transfers, 'transfer'] as const,
    [retentions, 'retention'] as const,
  ]);
  if (what === 'transfer') return { kind: 'transfer', to: draws.pick(nodes) };
  if (what === 'retention')
    return { kind: 'set-retention', retainEntries: draws.perMille(200) ? 0 : draws.spread(2, 200) };
  const change = draws.weighted<MembershipAct['change']>([
    [hasSpares ? 8 : 4, 'add'],
    [4, 'remove'],
    [hasSpares ? 3 : 1, 'learn'],
    [5, 'replace'],
    [3, 'remove-leader'],
    [4, 'swap'],
  ]);
  const mode = change === 'swap' || draws.perMille(500) ? 'joint' : 'single-server';
  const count = change === 'swap' ? draws.integer(1, Math.min(nodes.length, 7)) : 1;
  return { kind: 'change-membership', mode, change, servers: drawSome(draws, nodes, count) };
}

/** `count` different ones, ascending. */
export function drawSome(draws: Draws, nodes: readonly NodeId[], count: number): NodeId[] {
  const left = [...nodes];
  const drawn: NodeId[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(draws.integer(0, left.length - 1), 1));
  return drawn.toSorted((one, other) => one - other);
}
