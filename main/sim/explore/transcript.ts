/**
 * The way to a broken promise, as a person reads it: each move, and what the server said about it.
 */
import { logTextOf } from '../../../shared/projection/log-line.ts';
import type { RuleId } from '../../../shared/rules.ts';
import { firstWorld } from './abstract-state.ts';
import { takePart } from './flight-parts.ts';
import type { FlightTable } from './flights.ts';
import { makeMove, type Move } from './moves.ts';

export function transcribe(
  moves: readonly Move[],
  flights: FlightTable,
  options: { readonly servers: number; readonly rulesOff: readonly RuleId[]; readonly entriesMax?: number },
): string {
  let world = firstWorld(options.servers, options.rulesOff, options.entriesMax);
  const lines: string[] = [];
  for (const [position, move] of moves.entries()) {
    lines.push(`${position + 1}. ${describeMove(move, flights)}`);
    const outcome = makeMove(world, move, flights);
    for (const [number, event] of outcome.events.entries()) {
      const stamp = { node: outcome.server.id, boot: 1, sequence: number + 1, timeNs: 0, lamport: 0 };
      lines.push(`     server ${outcome.server.id}: ${logTextOf({ ...stamp, ...event })}`);
    }
    world = outcome.world;
  }
  return lines.join('\n');
}

function describeMove(move: Move, flights: FlightTable): string {
  switch (move.kind) {
    case 'time':
      return `server ${move.server}: its timer fires`;
    case 'propose':
      return `server ${move.server}: a client's entry`;
    case 'crash':
      return `server ${move.server}: crashes and starts again`;
    case 'hear-of-term':
      return `server ${move.server}: a refusal of server ${move.from} arrives, of term ${move.term}`;
    default: {
      const { from, to, message: whole } = flights.get(move.flight);
      const message = move.part ? takePart(whole, move.part) : whole;
      const fields =
        message.kind === 'append-entries' ? { ...message, entries: message.entries.map(({ term }) => term) } : message;
      const { kind, ...rest } = fields;
      const detail = Object.entries(rest)
        .filter(([name]) => !['round', 'storage', 'transfer', 'candidateId', 'leaderId'].includes(name))
        .map(([name, value]) => `${name} ${JSON.stringify(value)}`);
      return `server ${to}: the ${kind} of server ${from} arrives (${detail.join(', ')})`;
    }
  }
}
