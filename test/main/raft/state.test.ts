import { describe, expect, it } from 'vitest';
import {
  createState,
  heartbeatIntervalNs,
  knownLeader,
  resetElectionTimer,
  takeRound,
} from '../../../main/raft/state.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { candidateOf, followerOf, leaderOf, stateOf } from '../../support/core-messages.ts';

const millisecond = 1_000_000;

describe('createState', () => {
  it('starts as a follower that knows no leader, with what the disk has', () => {
    const state = stateOf({ term: 5, votedFor: 2, log: [1, 1, 4] });
    expect(state).toMatchObject({ term: 5, votedFor: 2, commitIndex: 0, persistedIndex: 3 });
    expect(state.role).toEqual({ name: 'follower', leaderId: null, forwardedReads: [], preVote: null });
    expect(state.log).toMatchObject({
      lastIndex: 3,
      runs: [
        { term: 1, firstIndex: 1 },
        { term: 4, firstIndex: 3 },
      ],
    });
  });

  it('keeps a copy of what it was given', () => {
    const termRuns = [{ term: 1, firstIndex: 1 }];
    const bootstrap = votersOnly([0]);
    const disk = { term: 1, votedFor: null, lastIndex: 1, termRuns, entrySizes: [50] };
    const state = createState({ id: 0, storage: 1, boot: 1, bootstrap, timings: paperTimings, seed: 1, ...disk }, 0);
    state.log.runs.push({ term: 2, firstIndex: 2 });
    expect(termRuns).toEqual([{ term: 1, firstIndex: 1 }]);
  });

  it('can be cloned and compared as a whole', () => {
    for (const state of [stateOf(), candidateOf(), leaderOf({ log: [1, 2] })]) {
      expect(structuredClone(state)).toEqual(state);
    }
  });
});

describe('the election timeout', () => {
  it('is drawn from [min, max] anew each time (Raft §5.2)', () => {
    const state = stateOf();
    const timeouts = Array.from({ length: 500 }, (_, nowNs) => {
      resetElectionTimer(state, nowNs);
      expect(state.electionDeadlineNs).toBe(nowNs + state.electionTimeoutNs);
      return state.electionTimeoutNs / millisecond;
    });
    const { electionTimeoutMinMs, electionTimeoutMaxMs } = paperTimings;
    expect(Math.min(...timeouts)).toBeGreaterThanOrEqual(electionTimeoutMinMs);
    expect(Math.max(...timeouts)).toBeLessThanOrEqual(electionTimeoutMaxMs);
    expect(Math.max(...timeouts) - Math.min(...timeouts)).toBeGreaterThan(140);
    expect(new Set(timeouts).size).toBeGreaterThan(490);
  });
});

describe('rounds', () => {
  it('are never used twice, not even by the next boot', () => {
    const first = stateOf({ boot: 1 });
    const rounds = Array.from({ length: 1_000 }, () => takeRound(first));
    expect(new Set(rounds).size).toBe(1_000);
    expect(takeRound(stateOf({ boot: 2 }))).toBeGreaterThan(Math.max(...rounds) + 4e9);
  });

  it('stay exact integers for two million boots', () => {
    expect(Number.isSafeInteger(takeRound(stateOf({ boot: 2_000_000 })))).toBe(true);
  });
});

describe('knownLeader', () => {
  it('is whom a client would be sent to', () => {
    expect(knownLeader(stateOf())).toBe(null);
    expect(knownLeader(followerOf())).toBe(1);
    expect(knownLeader(candidateOf())).toBe(null);
    expect(knownLeader(leaderOf())).toBe(0);
  });
});

it('heartbeatIntervalNs is in nanoseconds', () => {
  expect(heartbeatIntervalNs(stateOf())).toBe(paperTimings.heartbeatIntervalMs * millisecond);
});
