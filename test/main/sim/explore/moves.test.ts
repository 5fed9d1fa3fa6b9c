import { describe, expect, it } from 'vitest';
import { movesOf } from '../../../../main/sim/explore/moves.ts';
import { Explored } from './explore-fixture.ts';

const bounds = { servers: 3, termMax: 1, proposalsMax: 1, crashesMax: 1 };

describe('moves', () => {
  it('are timers and crashes at first, within the bounds', () => {
    const explored = new Explored(3);
    expect(movesOf(explored.world, bounds, explored.flights)).toHaveLength(6);
    expect(movesOf(explored.world, { ...bounds, crashesMax: 0, termMax: 0 }, explored.flights)).toStrictEqual([]);
  });

  it('lead to an election, a commit and a crash by the real core', () => {
    const explored = new Explored(3);
    explored.elect(0, 1);
    expect(explored.roles()).toStrictEqual(['leader', 'follower', 'follower']);
    explored.move({
      kind: 'deliver',
      flight: explored.find('append-entries', 0, 1),
      part: { firstIndex: 1, count: 1, leaderCommit: 0 },
    });
    explored.move({ kind: 'deliver', flight: explored.find('append-entries-reply', 1, 0), part: { matchIndex: 1 } });
    expect(explored.world.servers[0]?.commitIndex).toBe(1);
    explored.move({ kind: 'crash', server: 0 });
    expect(explored.roles()).toStrictEqual(['follower', 'follower', 'follower']);
    expect(explored.world.crashes).toBe(1);
  });

  it('let a server hear of a term without the message that told it', () => {
    const explored = new Explored(3);
    explored.elect(0, 1);
    const heard = movesOf(explored.world, bounds, explored.flights).filter(({ kind }) => kind === 'hear-of-term');
    expect(heard).toMatchObject([{ server: 2, term: 1 }]);
    explored.move({ kind: 'hear-of-term', server: 2, from: 0, term: 1 });
    expect(explored.world.servers[2]?.term).toBe(1);
  });
});
