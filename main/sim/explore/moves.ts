/**
 * What can happen next in a world, and the world that comes of it: the real core takes the step.
 */
import type { NodeId } from '../../../shared/ids.ts';
import { required } from '../../../shared/assert.ts';
import type { CoreEvent } from '../../../shared/event.ts';
import type { ConsensusMessage } from '../../../shared/raft-message.ts';
import type { CoreInput, Effects, OutgoingMessage } from '../../raft/contract.ts';
import { termAt } from '../../raft/log-shape.ts';
import type { RaftState } from '../../raft/state.ts';
import { step } from '../../raft/step.ts';
import { cloneServer, normalize, nowNs, restarted, type World } from './abstract-state.ts';
import { isDead } from './dead-flights.ts';
import { addFlight, partsOf, takePart, wholePrefix, type Part } from './flight-parts.ts';
import type { FlightTable } from './flights.ts';

export type Move =
  /** An election timeout at a server that does not lead; a heartbeat of one that does. */
  | { readonly kind: 'time'; readonly server: NodeId }
  | { readonly kind: 'propose'; readonly server: NodeId }
  | { readonly kind: 'crash'; readonly server: NodeId }
  | { readonly kind: 'deliver'; readonly flight: number; readonly part?: Part }
  /** A refusal arrives: all that it says is that another server is in this term. */
  | { readonly kind: 'hear-of-term'; readonly server: NodeId; readonly from: NodeId; readonly term: number };

/** What a search is limited to. Within it, it is complete. */
export interface Bounds {
  readonly servers: number;
  /** No election begins a term above this. */
  readonly termMax: number;
  /** Client entries in all. */
  readonly proposalsMax: number;
  readonly crashesMax: number;
}

export interface Outcome {
  readonly world: World;
  /** Of the server that took the step. */
  readonly server: RaftState;
  readonly events: readonly CoreEvent[];
}

export function movesOf(world: World, bounds: Bounds, flights: FlightTable): readonly Move[] {
  const moves: Move[] = [];
  for (const { id, role, term } of world.servers) {
    if (role.name === 'leader' || term < bounds.termMax) moves.push({ kind: 'time', server: id });
    if (role.name === 'leader' && world.proposals < bounds.proposalsMax) moves.push({ kind: 'propose', server: id });
    if (world.crashes < bounds.crashesMax) moves.push({ kind: 'crash', server: id });
  }
  for (const { id, term } of world.servers) {
    const ahead = new Map(world.servers.filter((other) => other.term > term).map((other) => [other.term, other.id]));
    for (const [higher, from] of ahead) moves.push({ kind: 'hear-of-term', server: id, from, term: higher });
  }
  for (const flight of world.flights) {
    for (const part of partsOf(flights.get(flight))) moves.push({ kind: 'deliver', flight, ...(part ? { part } : {}) });
  }
  return moves;
}

export function makeMove(world: World, move: Move, flights: FlightTable): Outcome {
  const id = move.kind === 'deliver' ? flights.get(move.flight).to : move.server;
  const before = required(world.servers[id], `there is a server ${id}`);
  const servers = [...world.servers];
  if (move.kind === 'crash') {
    const server = restarted(before, world.servers.length);
    servers[id] = server;
    const left = merge(world.flights, [], servers, id, flights);
    return { world: { ...world, servers, crashes: world.crashes + 1, flights: left }, server, events: [] };
  }
  const server = cloneServer(before);
  const { sent, events } = run(server, inputOf(move, server, flights), flights);
  servers[id] = normalize(server);
  const proposals = world.proposals + (move.kind === 'propose' ? 1 : 0);
  return {
    world: { ...world, servers, proposals, flights: merge(world.flights, sent, servers, id, flights) },
    server,
    events,
  };
}

function inputOf(move: Exclude<Move, { kind: 'crash' }>, server: RaftState, flights: FlightTable): CoreInput {
  if (move.kind === 'time') return { type: 'deadline-passed' };
  if (move.kind === 'propose') {
    const entries = [{ kind: 'client', payload: new Uint8Array(0) }] as const;
    return { type: 'propose', proposals: [{ ticket: 1, entries }] };
  }
  if (move.kind === 'hear-of-term') {
    const { term, from } = move;
    const message = { kind: 'request-vote-reply', term, round: 0, storage: 0, voteGranted: false } as const;
    return { type: 'message', from, message };
  }
  const flight = flights.get(move.flight);
  const message = move.part ? takePart(flight.message, move.part) : flight.message;
  const { from } = flight;
  // A reply to AppendEntries is taken for one to the latest call: which it is makes a difference to speed only.
  const isLate = message.kind === 'append-entries-reply';
  return { type: 'message', from, message: isLate ? { ...message, round: server.nextRound } : message };
}

/** The core takes the input, and its disk is done at once. */
function run(server: RaftState, input: CoreInput, flights: FlightTable): { sent: number[]; events: CoreEvent[] } {
  const sent: number[] = [];
  const events: CoreEvent[] = [];
  let next: CoreInput | undefined = input;
  while (next) {
    const effects: Effects = step(server, next, nowNs);
    for (const { to, message } of effects.sends) sent.push(flights.numberOf(server.id, to, onTheWire(message, server)));
    events.push(...effects.events);
    next = effects.persist ? { type: 'persisted', write: effects.persist.write } : undefined;
  }
  return { sent, events };
}

/** With its entries, and without its number: a vote's is its term, so that it fits that election and no other. */
function onTheWire(message: OutgoingMessage, { log }: RaftState): ConsensusMessage {
  switch (message.kind) {
    case 'append-entries': {
      const { entryCount, prevLogIndex, ...fields } = message;
      const termOf = (index: number): number =>
        required(termAt(log, index), `a leader has the entry ${index} that it sends`);
      return { ...fields, ...wholePrefix(prevLogIndex + entryCount, termOf), round: 0 };
    }
    case 'request-vote':
      return { ...message, round: message.term };
    case 'request-vote-reply':
      return { ...message };
    case 'append-entries-reply':
      return { ...message, round: 0 };
    default:
      throw new Error(`a search of elections and replication meets no ${message.kind}`);
  }
}

/** What is still under way when server `id` has changed and has sent `sent`. */
function merge(
  known: readonly number[],
  sent: readonly number[],
  servers: readonly RaftState[],
  id: NodeId,
  flights: FlightTable,
): readonly number[] {
  const isAlive = (number: number): boolean => {
    const flight = flights.get(number);
    const receiver = servers[flight.to];
    return receiver !== undefined && !isDead(flight, receiver);
  };
  const left = known.filter((number) => flights.get(number).to !== id || isAlive(number));
  for (const number of sent) if (isAlive(number)) addFlight(left, number, flights);
  return left.toSorted((one, other) => one - other);
}
