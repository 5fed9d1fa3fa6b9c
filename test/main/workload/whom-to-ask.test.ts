import { expect, it } from 'vitest';
import { WhomToAsk } from '../../../main/workload/whom-to-ask.ts';
import { WorkloadWorld } from '../../support/workload-world.ts';

it('asks everybody who runs in turn', () => {
  const world = new WorkloadWorld();
  const whom = new WhomToAsk(world, 'any');
  expect(new Set([whom.next(), whom.next(), whom.next()])).toEqual(new Set([0, 1, 2]));
  world.running = [2];
  expect([whom.next(), whom.next()]).toEqual([2, 2]);
  world.running = [];
  expect(whom.next()).toBeUndefined();
});

it('asks the leader, and everybody while there is none', () => {
  const world = new WorkloadWorld();
  const whom = new WhomToAsk(world, 'leader');
  expect([whom.next(), whom.next()]).toEqual([1, 1]);
  world.leads = undefined;
  expect(new Set([whom.next(), whom.next(), whom.next()])).toEqual(new Set([0, 1, 2]));
});

it('asks one server whatever becomes of it, but for what only the leader does', () => {
  const world = new WorkloadWorld();
  world.running = [0];
  const whom = new WhomToAsk(world, 2);
  expect([whom.next(), whom.nextLeader()]).toEqual([2, 1]);
  world.leads = undefined;
  expect(whom.nextLeader()).toBe(0);
});
