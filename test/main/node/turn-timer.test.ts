import { expect, it } from 'vitest';
import type { EventBody } from '../../../shared/event.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { recoverState } from '../../../main/node/initial-state.ts';
import { TurnTimer } from '../../../main/node/turn-timer.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';
import { VirtualWorld } from '../../support/node-virtual-world.ts';

function setUp() {
  const world = new VirtualWorld();
  const events: EventBody[] = [];
  const dueAtNs: number[] = [];
  const clock = world.createClock(() => true);
  const timer = new TurnTimer(
    clock,
    (event) => events.push(event),
    () => dueAtNs.push(world.nowNs),
  );
  return { world, events, dueAtNs, timer };
}

it('is due once, at the latest deadline that was set', () => {
  const { world, dueAtNs, timer } = setUp();
  const startNs = world.nowNs;
  timer.set(startNs + 5);
  timer.set(startNs + 9);
  world.runFor(1);
  expect(dueAtNs).toEqual([startNs + 9]);
  timer.set(world.nowNs + 5);
  timer.clear();
  world.runFor(1);
  expect(dueAtNs).toHaveLength(1);
});

it('tells of the election timer when it stands at another time, and not of a leader, who has none', () => {
  const { events, timer } = setUp();
  const { recovered } = new MemoryDisk().open();
  const state = recoverState({ id: 0, voters: [0], timings: paperTimings, seed: 1 }, recovered, 0);
  timer.announceElection(state);
  timer.announceElection(state);
  const { electionDeadlineNs: deadlineNs, electionTimeoutNs: durationNs } = state;
  expect(events).toEqual([{ type: 'timer-set', timer: 'election', deadlineNs, durationNs }]);
  state.electionDeadlineNs += 1;
  const office = { held: null, change: null, transfer: null, leaseAllowed: true, sentTimes: [] };
  state.role = {
    name: 'leader',
    progress: new Map(),
    heartbeatDeadlineNs: 0,
    firstOwnIndex: 1,
    pendingReads: [],
    ...office,
  };
  timer.announceElection(state);
  expect(events).toHaveLength(1);
});
