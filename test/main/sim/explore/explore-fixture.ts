/** Worlds of two and three servers for the tests of this folder. */
import type { NodeId } from '../../../../shared/ids.ts';
import type { MessageKind } from '../../../../shared/raft-message.ts';
import { required } from '../../../../shared/assert.ts';
import { firstWorld, type World } from '../../../../main/sim/explore/abstract-state.ts';
import { FlightTable } from '../../../../main/sim/explore/flights.ts';
import { makeMove, type Move } from '../../../../main/sim/explore/moves.ts';

/** A world that a test moves on, one move after the other. */
export class Explored {
  readonly flights = new FlightTable();
  world: World;

  constructor(size: number) {
    this.world = firstWorld(size, []);
  }

  move(move: Move): void {
    this.world = makeMove(this.world, move, this.flights).world;
  }

  time(server: NodeId): void {
    this.move({ kind: 'time', server });
  }

  /** The number of the message of this kind that is on its way. */
  find(kind: MessageKind, from: NodeId, to: NodeId): number {
    const found = this.world.flights.find((number) => {
      const flight = this.flights.get(number);
      return flight.message.kind === kind && flight.from === from && flight.to === to;
    });
    return required(found, `a ${kind} is on its way from ${from} to ${to}`);
  }

  arrive(kind: MessageKind, from: NodeId, to: NodeId): void {
    this.move({ kind: 'deliver', flight: this.find(kind, from, to) });
  }

  /** `candidate` is elected by `voter`. */
  elect(candidate: NodeId, voter: NodeId): void {
    this.time(candidate);
    this.arrive('request-vote', candidate, voter);
    this.arrive('request-vote-reply', voter, candidate);
  }

  roles(): readonly string[] {
    return this.world.servers.map(({ role }) => role.name);
  }
}
