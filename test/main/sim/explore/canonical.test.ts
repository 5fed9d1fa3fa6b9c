import { describe, expect, it } from 'vitest';
import { keyOf, namingsOf } from '../../../../main/sim/explore/canonical.ts';
import { FlightTable } from '../../../../main/sim/explore/flights.ts';
import { makeMove, type Move } from '../../../../main/sim/explore/moves.ts';
import { firstWorld } from '../../../../main/sim/explore/abstract-state.ts';
import { Explored } from './explore-fixture.ts';

const namings = namingsOf(3);

it('names three servers in six ways', () => {
  expect(new Set(namings.map(String)).size).toBe(6);
});

describe('the key of a world', () => {
  it('is the same whoever of equals was elected', () => {
    const flights = new FlightTable();
    const keys = [0, 1, 2].map((candidate) => {
      const voter = (candidate + 1) % 3;
      let world = firstWorld(3, []);
      world = makeMove(world, { kind: 'time', server: candidate }, flights).world;
      for (const [from, to] of [
        [candidate, voter],
        [voter, candidate],
      ] as const) {
        const flight = world.flights.find(
          (number) => flights.get(number).from === from && flights.get(number).to === to,
        );
        const move: Move = { kind: 'deliver', flight: flight ?? -1 };
        world = makeMove(world, move, flights).world;
      }
      expect(world.servers[candidate]?.role.name).toBe('leader');
      return keyOf(world, flights, namings);
    });
    expect(new Set(keys).size).toBe(1);
  });

  it('differs when one server more knows of the election', () => {
    const explored = new Explored(3);
    const keys = new Set<string>();
    const note = (): void => void keys.add(keyOf(explored.world, explored.flights, namings));
    note();
    explored.time(0);
    note();
    explored.arrive('request-vote', 0, 1);
    note();
    explored.arrive('request-vote', 0, 2);
    note();
    expect(keys.size).toBe(4);
  });
});
