import { describe, expect, it } from 'vitest';
import {
  announceProgress,
  isAnswering,
  leaderOf as roleOf,
  newProgress,
  noteAnswer,
} from '../../../main/raft/progress.ts';
import { beginStep } from '../../../main/raft/step-context.ts';
import { step } from '../../../main/raft/step.ts';
import { accepted, asLeader, followerOf, leaderOf, receive } from '../../support/core-messages.ts';

const millisecond = 1_000_000;

it('only a leader has followers to keep track of', () => {
  expect(() => roleOf(beginStep(followerOf(), 0))).toThrow('only a leader replicates, this is a follower');
  expect(roleOf(beginStep(leaderOf(), 0)).progress.size).toBe(2);
});

it('of a follower that has not answered, nothing is known but where to begin', () => {
  expect(newProgress(8, 5)).toMatchObject({ mode: 'probe', nextIndex: 8, matchIndex: 0, storage: 0, answeredNs: 5 });
  expect(newProgress(8, 5)).toMatchObject({ answeredRound: 0, answeredSentNs: 0 });
});

describe('an answer', () => {
  function beating() {
    const state = leaderOf();
    const sentNs = asLeader(state).heartbeatDeadlineNs;
    step(state, { type: 'deadline-passed' }, sentNs);
    return { state, sentNs, round: state.nextRound - 1 };
  }

  it('proves office at the time when its call was sent', () => {
    const { state, sentNs, round } = beating();
    receive(state, 1, accepted({ round }), sentNs + 7 * millisecond);
    expect(asLeader(state).progress.get(1)).toMatchObject({
      answeredRound: round,
      answeredSentNs: sentNs,
      answeredNs: sentNs + 7 * millisecond,
    });
  });

  it('to an earlier call proves nothing more than was known, but that it lives', () => {
    const { state, sentNs, round } = beating();
    receive(state, 1, accepted({ round }), sentNs);
    receive(state, 1, accepted({ round: round - 1 }), sentNs + millisecond);
    expect(asLeader(state).progress.get(1)).toMatchObject({
      answeredRound: round,
      answeredSentNs: sentNs,
      answeredNs: sentNs + millisecond,
    });
  });

  it('from another folder begins anew: what the old one acknowledged is not there (rule no-amnesia)', () => {
    const { state, round } = beating();
    receive(state, 1, accepted({ round, matchIndex: 1 }));
    const progress = asLeader(state).progress.get(1) ?? newProgress(0, 0);
    expect(progress).toMatchObject({ mode: 'replicate', matchIndex: 1, storage: 1 });
    noteAnswer(beginStep(state, 0), asLeader(state), progress, { round: round + 1, storage: 77 });
    expect(progress).toMatchObject({ mode: 'probe', matchIndex: 0, nextIndex: 2, inFlight: [], storage: 77 });
  });
});

it('who has not answered for an election timeout is taken for gone', () => {
  const state = leaderOf();
  const progress = newProgress(1, 10 * millisecond);
  expect(isAnswering(state, progress, 309 * millisecond)).toBe(true);
  expect(isAnswering(state, progress, 310 * millisecond)).toBe(false);
});

it('progress is told with its reason', () => {
  const context = beginStep(leaderOf(), 0);
  announceProgress(context, 1, newProgress(4, 0), 'because');
  expect(context.effects.events).toEqual([
    { type: 'follower-progress', follower: 1, mode: 'probe', matchIndex: 0, nextIndex: 4, reason: 'because' },
  ]);
});
