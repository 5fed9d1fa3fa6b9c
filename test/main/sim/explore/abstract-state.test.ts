import { describe, expect, it } from 'vitest';
import { restarted } from '../../../../main/sim/explore/abstract-state.ts';
import { Explored } from './explore-fixture.ts';

describe('a world', () => {
  it('shares what a move does not change, and leaves the former world as it was', () => {
    const explored = new Explored(3);
    const before = explored.world;
    explored.time(0);
    expect(explored.world.servers[1]).toBe(before.servers[1]);
    expect(before.servers[0]?.term).toBe(0);
    expect(explored.world.servers[0]?.term).toBe(1);
  });

  it('keeps no time and no numbers of calls', () => {
    const explored = new Explored(3);
    explored.elect(0, 1);
    for (const server of explored.world.servers) {
      expect(server).toMatchObject({ random: 0, nextRound: 1, electionDeadlineNs: 0, lastWrite: 0, pendingWrites: [] });
    }
  });

  it('keeps term, vote and log over a crash, and nothing else', () => {
    const explored = new Explored(3);
    explored.elect(0, 1);
    const leader = explored.world.servers[0];
    if (!leader) throw new Error('there are three servers');
    const again = restarted(leader, 3);
    expect(again).toMatchObject({
      term: 1,
      votedFor: 0,
      commitIndex: 0,
      persistedIndex: 1,
      role: { name: 'follower' },
    });
    expect(again.log).toStrictEqual(leader.log);
  });
});
