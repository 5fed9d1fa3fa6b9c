import { describe, expect, it } from 'vitest';
import { checkPromises } from '../../../../main/sim/explore/promises.ts';
import { required } from '../../../../shared/assert.ts';
import { Explored } from './explore-fixture.ts';

function elected(): { explored: Explored; leader: ReturnType<typeof required<Explored['world']['servers'][number]>> } {
  const explored = new Explored(3);
  explored.elect(0, 1);
  return { explored, leader: required(explored.world.servers[0], 'there are three servers') };
}

describe('what must hold', () => {
  it('is noted in the world as it happens', () => {
    const { explored, leader } = elected();
    const checked = checkPromises(explored.world, leader, []);
    expect(checked).toMatchObject({ world: { leaders: [undefined, 0] } });
  });

  it('breaks with two leaders in a term', () => {
    const { explored, leader } = elected();
    const checked = checkPromises({ ...explored.world, leaders: [undefined, 2] }, leader, []);
    expect(checked).toMatchObject({ broken: expect.stringContaining('election safety') });
  });

  it('breaks when a leader lacks what was committed in an earlier term, and only then', () => {
    const { explored, leader } = elected();
    const committed = (inTerm: number) => ({ ...explored.world, committed: [{ term: 0, inTerm }] });
    expect(checkPromises(committed(0), leader, [])).toMatchObject({
      broken: expect.stringContaining('leader completeness'),
    });
    expect(checkPromises(committed(1), leader, [])).toHaveProperty('world');
  });

  it('breaks when a committed entry is another one', () => {
    const { explored, leader } = elected();
    const world = { ...explored.world, leaders: [undefined, 0], committed: [{ term: 7, inTerm: 9 }] };
    expect(checkPromises(world, { ...leader, commitIndex: 1 }, [])).toMatchObject({
      broken: expect.stringContaining('state machine safety'),
    });
  });
});
