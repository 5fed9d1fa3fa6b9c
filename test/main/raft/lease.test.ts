import { describe, expect, it } from 'vitest';
import { limits, paperTimings } from '../../../shared/cluster-config.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import { stickiness } from '../../../main/raft/leader-contact.ts';
import { leaseDurationNs, noteSent, sentTimeOf, waivedDurationNs, whyNoLease } from '../../../main/raft/lease.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { beginStep } from '../../../main/raft/step-context.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import {
  accepted,
  appendEntries,
  asLeader,
  electionExtras,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  sent,
  type StateOptions,
} from '../../support/core-messages.ts';

const millisecond = 1_000_000;
const rule = 'lease-shorter-than-timeout';
const durationNs = leaseDurationNs(paperTimings);

/** Sends heartbeats when it is time to. @returns when, and the answer to each of them. */
function beat(state: RaftState) {
  const sentNs = asLeader(state).heartbeatDeadlineNs;
  step(state, { type: 'deadline-passed' }, sentNs);
  const { term, nextRound, log } = state;
  return { sentNs, answer: accepted({ term, round: nextRound - 1, matchIndex: log.lastIndex }) };
}

/** Its no-op is committed: a heartbeat was sent at `sentNs`, and the answer of node 1 came a millisecond later. */
function settledLeader(options: StateOptions = {}): { readonly state: RaftState; readonly sentNs: number } {
  const state = leaderOf(options);
  const { sentNs, answer } = beat(state);
  receive(state, 1, answer, sentNs + millisecond);
  return { state, sentNs };
}

function leaseRead(state: RaftState, nowNs: number) {
  return step(state, { type: 'read', tickets: [1], mode: 'lease' }, nowNs);
}

function reasonAt(state: RaftState, nowNs: number): string | undefined {
  return whyNoLease(beginStep(state, nowNs), asLeader(state))?.reason;
}

it('[D6.4.1] lasts as long as no clock within the bound lets a server vote before its end', () => {
  const { electionTimeoutMinMs } = paperTimings;
  const slow = 100 - limits.clockDriftPercentMax;
  const fast = 100 + limits.clockDriftPercentMax;
  expect(durationNs).toBe(Math.floor((electionTimeoutMinMs * millisecond * slow) / fast));
  expect(Number.isInteger(leaseDurationNs({ ...paperTimings, electionTimeoutMinMs: 151 }))).toBe(true);
});

describe('a leader that is asked for a lease read', () => {
  it('answers at once while a majority has lately answered it', () => {
    const { state, sentNs } = settledLeader();
    const effects = leaseRead(state, sentNs + 2 * millisecond);
    expect(effects.reads).toEqual([{ ticket: 1, kind: 'confirmed', readIndex: 1 }]);
    expect(effects.sends).toEqual([]);
    expect(eventsOf(effects, 'read-confirmed')).toMatchObject([{ by: 'lease', readIndex: 1, reads: 1, rule }]);
  });

  it('counts from when the round was sent, not from its answer', () => {
    const { state, sentNs } = settledLeader();
    expect(reasonAt(state, sentNs + durationNs - 1)).toBeUndefined();
    expect(reasonAt(state, sentNs + durationNs)).toMatch(/^what a majority answered last was sent 123 ms ago/);
  });

  it('asks a majority when the lease is over, and says so', () => {
    const { state, sentNs } = settledLeader();
    const asked = leaseRead(state, sentNs + durationNs);
    expect(asked.reads).toEqual([]);
    expect(eventsOf(asked, 'lease-not-held')).toMatchObject([{ reads: 1, rule }]);
    const [call] = sent(asked, 'append-entries');
    const answer = accepted({ round: call?.message.round ?? 0, matchIndex: 1 });
    const effects = receive(state, 1, answer, sentNs + durationNs + millisecond);
    expect(effects.reads).toEqual([{ ticket: 1, kind: 'confirmed', readIndex: 1 }]);
    expect(eventsOf(effects, 'read-confirmed')).toMatchObject([{ by: 'linearizable', rule: 'read-index-confirms' }]);
  });

  it('that nobody has answered holds none, however early it is', () => {
    const state = leaderOf({ log: [1], rulesOff: ['read-waits-for-own-term-commit', rule, ...electionExtras] });
    expect(reasonAt(state, state.lastHeardNs)).toBe('no majority has answered me in this term');
  });

  it('needs the commit of an entry of its own term (rule read-waits-for-own-term-commit)', () => {
    const state = leaderOf({ log: [1] });
    const effects = leaseRead(state, state.lastHeardNs);
    expect(effects.reads).toEqual([]);
    expect(eventsOf(effects, 'lease-not-held')).toMatchObject([{ rule: 'read-waits-for-own-term-commit' }]);
  });

  it('that was paused finds that its lease is over: its clock went on', () => {
    const { state, sentNs } = settledLeader();
    expect(leaseRead(state, sentNs + 10_000 * millisecond).reads).toEqual([]);
  });

  it('holds none for the rest of a term in which it began to hand its office over', () => {
    const { state, sentNs } = settledLeader();
    const nowNs = sentNs + 2 * millisecond;
    step(state, { type: 'transfer-leadership', ticket: 9, to: 2 }, nowNs);
    expect(reasonAt(state, nowNs)).toBe('I began to hand my office over in this term');
    step(state, { type: 'deadline-passed' }, asLeader(state).transfer?.deadlineNs ?? 0);
    expect(asLeader(state).transfer).toBe(null);
    const later = beat(state);
    receive(state, 1, later.answer, later.sentNs);
    expect(reasonAt(state, later.sentNs)).toBe('I began to hand my office over in this term');
  });

  it('alone in its cluster always holds one', () => {
    const cluster = new CoreCluster({ size: 1 });
    cluster.electNode(0);
    cluster.nowNs += 60_000 * millisecond;
    expect(cluster.readAnswers.get(cluster.read(0, 'lease'))).toMatchObject({ kind: 'confirmed', readIndex: 1 });
  });

  it('needs both majorities while its configuration is joint', () => {
    const bootstrap = { ...votersOnly([0, 1, 2]), outgoing: votersOnly([0, 3, 4]).voters };
    const state = leaderOf({ bootstrap });
    const { sentNs: nowNs, answer } = beat(state);
    receive(state, 1, answer, nowNs);
    expect(reasonAt(state, nowNs)).toBe('no entry of my own term is committed');
    state.commitIndex = 1;
    expect(reasonAt(state, nowNs)).toBe('no majority has answered me in this term');
    receive(state, 3, answer, nowNs);
    expect(reasonAt(state, nowNs)).toBeUndefined();
  });

  it('is not held up by learners, nor helped by them', () => {
    const bootstrap = { ...votersOnly([0, 1, 2]), learners: votersOnly([3, 4]).voters };
    const state = leaderOf({ bootstrap });
    state.commitIndex = 1;
    const { sentNs: nowNs, answer } = beat(state);
    for (const learner of [3, 4]) receive(state, learner, answer, nowNs);
    expect(reasonAt(state, nowNs)).toBe('no majority has answered me in this term');
    receive(state, 2, answer, nowNs);
    expect(reasonAt(state, nowNs)).toBeUndefined();
  });
});

describe('the rule switched off', () => {
  it('the lease lasts four of the longest election timeouts, and it is said when it should have been over', () => {
    const { state, sentNs } = settledLeader({ rulesOff: [rule, ...electionExtras] });
    expect(waivedDurationNs(paperTimings)).toBe(1_200 * millisecond);
    expect(eventsOf(leaseRead(state, sentNs + durationNs - 1), 'rule-waived')).toEqual([]);
    const late = leaseRead(state, sentNs + 1_199 * millisecond);
    expect(late.reads).toMatchObject([{ kind: 'confirmed' }]);
    expect(eventsOf(late, 'rule-waived')).toMatchObject([{ rule }]);
    expect(leaseRead(state, sentNs + 1_200 * millisecond).reads).toEqual([]);
  });
});

describe('the times of sending', () => {
  const leader = leaderOf();
  const sendEvery = (stepNs: number, count: number): number => {
    for (let at = 0; at < count; at++) {
      const nowNs = leader.lastHeardNs + at * stepNs;
      noteSent(beginStep(leader, nowNs), asLeader(leader), 1_000 + at);
    }
    return asLeader(leader).sentTimes.length;
  };

  it('stay few, however often it sends and for however long', () => {
    expect(sendEvery(1_000, 5_000_000)).toBeLessThan(1_000);
    const [first] = asLeader(leader).sentTimes;
    expect(leader.lastHeardNs + 5_000_000_000 - (first?.nowNs ?? 0)).toBeLessThan(
      waivedDurationNs(paperTimings) * 1.01,
    );
  });

  it('one that is not held counts as an earlier one, and never as a later one', () => {
    for (let round = 2_000_000; round < 5_001_000; round += 12_345) {
      const trueNs = leader.lastHeardNs + (round - 1_000) * 1_000;
      const heldNs = sentTimeOf(asLeader(leader), round);
      expect(heldNs).toBeLessThanOrEqual(trueNs);
      expect(heldNs === 0 || trueNs - heldNs < 2 * millisecond).toBe(true);
    }
    expect(sentTimeOf(asLeader(leader), 1_000)).toBe(0);
  });
});

/** True time passes; the leader's clock runs `percent` slow, the follower's as much fast. Both heard each other at 0. */
function isEverUnsafe(percent: number): boolean {
  const { state, sentNs: startNs } = settledLeader();
  const voter = followerOf();
  receive(voter, 1, appendEntries(), startNs);
  for (let passedNs = 0; passedNs < 300 * millisecond; passedNs += millisecond / 4) {
    const leaderNs = startNs + Math.floor((passedNs * (100 - percent)) / 100);
    const voterNs = startNs + Math.floor((passedNs * (100 + percent)) / 100);
    const mayVote = stickiness(voter, voterNs) === undefined;
    if (mayVote && reasonAt(state, leaderNs) === undefined) return true;
  }
  return false;
}

describe('clocks that drift', () => {
  it.each([0, 5, 9, limits.clockDriftPercentMax])('by %d %%, within the bound, leave the lease safe', (percent) => {
    expect(isEverUnsafe(percent)).toBe(false);
  });

  it.each([limits.clockDriftPercentMax + 2, 30])('by %d %%, beyond the bound, break it', (percent) => {
    expect(isEverUnsafe(percent)).toBe(true);
  });
});
