import { describe, expect, it } from 'vitest';
import { limits, paperTimings } from '../../../shared/cluster-config.ts';
import { beginCatchUp, followCatchUp } from '../../../main/raft/catch-up.ts';
import { newProgress } from '../../../main/raft/progress.ts';
import { beginStep } from '../../../main/raft/step-context.ts';
import { asLeader, eventsOf, leaderOf, someStorage } from '../../support/core-messages.ts';

const millisecond = 1_000_000;
const timeoutNs = paperTimings.electionTimeoutMinMs * millisecond;
const patienceNs = 10 * paperTimings.electionTimeoutMaxMs * millisecond;

/** A leader with ten entries and a new server 3, which has answered from its folder and has nothing yet. */
function newcomer(storage = 0) {
  const state = leaderOf({ log: [1, 1, 1, 1, 1, 1, 1, 1, 1] });
  const role = asLeader(state);
  const progress = { ...newProgress(11, 0), storage: someStorage };
  role.progress.set(3, progress);
  const begin = beginStep(state, 0);
  const catchUp = beginCatchUp(begin, role, [{ id: 3, storage }]);
  const follow = (nowNs: number) => {
    const step = beginStep(state, nowNs);
    return { outcome: followCatchUp(step, role, catchUp), events: step.effects.events };
  };
  return { state, progress, catchUp, follow, begun: begin.effects };
}

describe('a round (dissertation §4.2.1)', () => {
  it('is about everything that is in the log when it begins', () => {
    const { catchUp, begun } = newcomer();
    expect(catchUp).toMatchObject({ round: 1, targetIndex: 10, waitingFor: [3] });
    expect(eventsOf(begun, 'membership-step')).toMatchObject([
      { step: 'catch-up', reason: 'round 1: node 3 to get all entries up to 10' },
    ]);
  });

  it('that takes less than an election timeout is the last one', () => {
    const { progress, follow } = newcomer();
    progress.matchIndex = 9;
    expect(follow(1).outcome).toEqual({ kind: 'goes-on' });
    progress.matchIndex = 10;
    expect(follow(timeoutNs - 1).outcome).toEqual({ kind: 'caught-up' });
  });

  it('that takes longer is followed by another one, to the end that the log has by then', () => {
    const { state, progress, catchUp, follow } = newcomer();
    progress.matchIndex = 10;
    state.log.lastIndex = 14;
    const { outcome, events } = follow(timeoutNs);
    expect(outcome).toEqual({ kind: 'goes-on' });
    expect(catchUp).toMatchObject({ round: 2, targetIndex: 14, waitingFor: [3] });
    expect(eventsOf({ events }, 'membership-step')).toHaveLength(1);
  });

  it(`the ${limits.catchUpRoundsMax}th that takes so long is one too many`, () => {
    const { progress, catchUp, follow } = newcomer();
    progress.matchIndex = 10;
    let nowNs = 0;
    for (let round = 1; round < limits.catchUpRoundsMax; round++) {
      nowNs += timeoutNs;
      expect(follow(nowNs).outcome.kind).toBe('goes-on');
    }
    expect(catchUp.round).toBe(limits.catchUpRoundsMax);
    expect(follow(nowNs + timeoutNs).outcome).toMatchObject({
      kind: 'given-up',
      reason:
        'the 10th round took 150 ms still, longer than an election timeout. Node 3 stays a learner: ask again when there is less to do',
    });
  });
});

describe('a server that gets nowhere', () => {
  it('is given up after ten election timeouts', () => {
    const { follow } = newcomer();
    expect(follow(patienceNs - 1).outcome.kind).toBe('goes-on');
    expect(follow(patienceNs).outcome).toMatchObject({
      kind: 'given-up',
      reason:
        'node 3 got nothing for 3000 ms; entries up to 10 were due. Node 3 stays a learner: start what does not run, and ask again',
    });
  });

  it('but not while it gets on, be it slowly: entries, or bytes of a snapshot', () => {
    const { progress, follow } = newcomer();
    progress.matchIndex = 1;
    expect(follow(patienceNs - 1).outcome.kind).toBe('goes-on');
    progress.snapshot = { lastIncludedIndex: 5, lastIncludedTerm: 1, offset: 100, round: 0 };
    expect(follow(2 * patienceNs - 2).outcome.kind).toBe('goes-on');
    // Begun anew, it has to get further than before.
    progress.snapshot.offset = 50;
    expect(follow(3 * patienceNs - 3).outcome.kind).toBe('goes-on');
    expect(follow(3 * patienceNs - 2).outcome.kind).toBe('given-up');
  });
});

it('what it has in another folder than the one that is added does not count', () => {
  const { progress, follow } = newcomer(9);
  progress.matchIndex = 10;
  expect(follow(1).outcome.kind).toBe('goes-on');
  progress.storage = 9;
  expect(follow(1).outcome.kind).toBe('caught-up');
});
