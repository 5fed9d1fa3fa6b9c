/**
 * Goes through every world that can be reached within bounds, breadth first, so that a broken promise is found by one of
 * the shortest ways to it.
 */
import type { RuleId } from '../../../shared/rules.ts';
import { firstWorld, type World } from './abstract-state.ts';
import { keyOf, namingsOf } from './canonical.ts';
import { FlightTable } from './flights.ts';
import { makeMove, movesOf, type Bounds, type Move } from './moves.ts';
import { checkPromises } from './promises.ts';

/** Chooses a move of a given world. */
export type Opening = (world: World, flights: FlightTable) => Move;

export interface SearchOptions {
  readonly bounds: Bounds;
  readonly rulesOff?: readonly RuleId[];
  /** Entries in one message. */
  readonly entriesMax?: number;
  /** Made first, in this order; the search begins behind them. */
  readonly opening?: readonly Opening[];
  /** Gives up when this many distinct states were met. */
  readonly statesMax?: number;
  /** Told now and then. */
  readonly onProgress?: (states: number, depth: number) => void;
}

export interface SearchResult {
  /** Distinct but for the names of the servers. */
  readonly states: number;
  readonly moves: number;
  /** The longest shortest way to a state. */
  readonly depth: number;
  /** Every state within the bounds was met. */
  readonly completed: boolean;
  readonly violation?: { readonly promise: string; readonly moves: readonly Move[] };
  readonly flights: FlightTable;
}

/** How a state was met: from which one, by which move. */
interface Step {
  readonly parent: Step | undefined;
  readonly move: Move;
}

interface Found {
  readonly world: World;
  readonly last: Step | undefined;
}

export function search(options: SearchOptions): SearchResult {
  const { bounds, rulesOff = [], opening = [], statesMax = Infinity, onProgress } = options;
  const flights = new FlightTable();
  const namings = namingsOf(bounds.servers);
  const seen = new Set<string>();
  let moves = 0;
  let depth = 0;
  const result = (completed: boolean, promise?: string, last?: Step): SearchResult => ({
    states: seen.size,
    moves,
    depth,
    completed,
    flights,
    ...(promise === undefined ? {} : { violation: { promise, moves: wayTo(last) } }),
  });

  let first: Found = { world: firstWorld(bounds.servers, rulesOff, options.entriesMax), last: undefined };
  for (const choose of opening) {
    const made = advance(first, choose(first.world, flights), flights);
    if ('broken' in made) return result(false, made.broken, made.last);
    first = made;
  }
  seen.add(keyOf(first.world, flights, namings));
  let frontier: Found[] = [first];
  while (frontier.length > 0) {
    const next: Found[] = [];
    for (const found of frontier) {
      for (const move of movesOf(found.world, bounds, flights)) {
        const made = advance(found, move, flights);
        moves += 1;
        if ('broken' in made) return result(false, made.broken, made.last);
        const key = keyOf(made.world, flights, namings);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(made);
        if (seen.size >= statesMax) return result(false);
      }
    }
    if (next.length > 0) depth += 1;
    onProgress?.(seen.size, depth);
    frontier = next;
  }
  return result(true);
}

function advance(
  { world, last: parent }: Found,
  move: Move,
  flights: FlightTable,
): Found | { readonly broken: string; readonly last: Step } {
  const last = { parent, move };
  const outcome = makeMove(world, move, flights);
  const checked = checkPromises(outcome.world, outcome.server, outcome.events);
  return 'broken' in checked ? { broken: checked.broken, last } : { world: checked.world, last };
}

function wayTo(last: Step | undefined): readonly Move[] {
  const moves: Move[] = [];
  for (let step = last; step; step = step.parent) moves.unshift(step.move);
  return moves;
}
