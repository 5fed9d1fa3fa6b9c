import { expect, it } from 'vitest';
import { recoverState } from '../../../main/node/initial-state.ts';
import { LeaderWatch } from '../../../main/node/leader-watch.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';

it('notices another leader and another term, each once', () => {
  const { recovered } = new MemoryDisk().open();
  const state = recoverState({ id: 0, voters: [0, 1, 2], timings: paperTimings, seed: 1 }, recovered, 0);
  const watch = new LeaderWatch();
  expect(watch.hasChanged(state)).toBe(false);
  state.term = 1;
  expect([watch.hasChanged(state), watch.hasChanged(state)]).toEqual([true, false]);
  if (state.role.name === 'follower') state.role.leaderId = 2;
  expect([watch.hasChanged(state), watch.hasChanged(state)]).toEqual([true, false]);
});
