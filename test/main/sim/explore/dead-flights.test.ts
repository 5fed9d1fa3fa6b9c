import { describe, expect, it } from 'vitest';
import { isDead } from '../../../../main/sim/explore/dead-flights.ts';
import { makeMove, movesOf } from '../../../../main/sim/explore/moves.ts';
import { drawInteger } from '../../../../shared/random.ts';
import { required } from '../../../../shared/assert.ts';
import { Explored } from './explore-fixture.ts';

const bounds = { servers: 3, termMax: 3, proposalsMax: 2, crashesMax: 2 };

describe('a dead message', () => {
  it('is one that its receiver can only refuse', () => {
    const explored = new Explored(3);
    explored.time(0);
    const ask = explored.flights.get(explored.find('request-vote', 0, 1));
    const server = (id: number) => required(explored.world.servers[id], `there is a server ${id}`);
    expect(isDead(ask, server(1))).toBe(false);
    explored.arrive('request-vote', 0, 1);
    expect(isDead(ask, server(1))).toBe(true);
  });

  it('changes nothing at its receiver but, by its answer, what others hear of its term', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = { random: seed };
      const explored = new Explored(3);
      const sent = new Set<number>();
      for (let count = 0; count < 60; count++) {
        const moves = movesOf(explored.world, bounds, explored.flights);
        const move = moves[drawInteger(random, 0, moves.length - 1)];
        if (!move) break;
        explored.move(move);
        for (const number of explored.world.flights) sent.add(number);
        for (const number of sent) {
          const flight = explored.flights.get(number);
          const receiver = required(explored.world.servers[flight.to], 'its receiver is there');
          if (!isDead(flight, receiver) || flight.message.term > receiver.term) continue;
          const { server } = makeMove(explored.world, { kind: 'deliver', flight: number }, explored.flights);
          const what = ({ term, votedFor, log, commitIndex, role }: typeof server): unknown => ({
            term,
            votedFor,
            log,
            commitIndex,
            role: role.name,
          });
          expect(what(server)).toStrictEqual(what(receiver));
        }
      }
    }
  });
});
