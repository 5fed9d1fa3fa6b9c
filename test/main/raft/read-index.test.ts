import { describe, expect, it } from 'vitest';
import { limits, paperTimings } from '../../../shared/cluster-config.ts';
import type { ConfirmedReadMode, ReadIndexReply } from '../../../shared/raft-message.ts';
import type { Effects } from '../../../main/raft/contract.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import {
  accepted,
  appendEntries,
  asFollower,
  asLeader,
  candidateOf,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  refused,
  sent,
  stateOf,
} from '../../support/core-messages.ts';

const askAgain = { ticket: 1, kind: 'ask-again' };

/** Its no-op is committed. */
function settledLeader(): RaftState {
  const state = leaderOf();
  receive(state, 1, accepted({ matchIndex: 1 }));
  return state;
}

function read(state: RaftState, ticket = 1, nowNs = 0, mode: ConfirmedReadMode = 'linearizable') {
  return step(state, { type: 'read', tickets: [ticket], mode }, nowNs);
}

/** Under which round a follower has asked its leader. */
function askedRound(effects: Effects): number {
  return sent(effects, 'read-index')[0]?.message.round ?? 0;
}

function answerTo(round: number, fields: Partial<ReadIndexReply> = {}): ReadIndexReply {
  return { kind: 'read-index-reply', term: 1, round, success: true, readIndex: 0, ...fields };
}

describe('a leader that is asked', () => {
  it('asks a majority whether it still leads, and answers with the commit index of the beginning', () => {
    const state = settledLeader();
    const asked = read(state);
    expect(asked.reads).toEqual([]);
    const [to1] = sent(asked, 'append-entries');
    const effects = receive(state, 1, accepted({ round: to1?.message.round ?? 0, matchIndex: 1 }));
    expect(effects.reads).toEqual([{ ticket: 1, kind: 'confirmed', readIndex: 1 }]);
    expect(eventsOf(effects, 'read-confirmed')).toMatchObject([{ readIndex: 1, reads: 1 }]);
  });

  it('an answer to an earlier call proves nothing (rule read-index-confirms)', () => {
    const state = settledLeader();
    const earlier = state.nextRound - 1;
    read(state);
    for (const from of [1, 2])
      expect(receive(state, from, accepted({ round: earlier, matchIndex: 1 })).reads).toEqual([]);
  });

  it('an answer of an earlier term proves nothing', () => {
    const state = settledLeader();
    read(state);
    expect(receive(state, 1, accepted({ term: 1, round: state.nextRound, matchIndex: 1 })).reads).toEqual([]);
  });

  it('a refusal for the log proves office as well as an acceptance', () => {
    const state = settledLeader();
    const [, to2] = sent(read(state), 'append-entries');
    const effects = receive(state, 2, refused({ round: to2?.message.round ?? 0, conflictIndex: 1 }));
    expect(effects.reads).toMatchObject([{ kind: 'confirmed' }]);
  });

  it('one answer confirms every read that began before its call, and none that began after', () => {
    const state = settledLeader();
    read(state, 1);
    const [call] = sent(read(state, 2), 'append-entries');
    read(state, 3);
    const effects = receive(state, 1, accepted({ round: call?.message.round ?? 0, matchIndex: 1 }));
    expect(effects.reads.map(({ ticket }) => ticket)).toEqual([1, 2]);
    expect(asLeader(state).pendingReads).toHaveLength(1);
  });

  it('waits for the commit of its own term first (rule read-waits-for-own-term-commit)', () => {
    const state = leaderOf({ log: [1] });
    expect(read(state).sends).toEqual([]);
    const [call] = sent(receive(state, 1, accepted({ round: state.nextRound - 1, matchIndex: 2 })), 'append-entries');
    const effects = receive(state, 1, accepted({ round: call?.message.round ?? 0, matchIndex: 2 }));
    expect(effects.reads).toEqual([{ ticket: 1, kind: 'confirmed', readIndex: 2 }]);
  });

  it('begins as soon as its own disk has made that commit', () => {
    const cluster = new CoreCluster({ size: 1 });
    cluster.node(0).slowDisk = true;
    cluster.timeOut(0);
    cluster.completeWrites(0);
    const ticket = cluster.read(0);
    expect(cluster.readAnswers.get(ticket)).toBeUndefined();
    cluster.completeWrites(0);
    expect(cluster.readAnswers.get(ticket)).toMatchObject({ kind: 'confirmed', readIndex: 1 });
  });

  it('says no to a question of an earlier term, whose asker follows another', () => {
    const answer = sent(
      receive(settledLeader(), 1, { kind: 'read-index', term: 1, round: 5, mode: 'linearizable' }),
      'read-index-reply',
    );
    expect(answer).toMatchObject([{ to: 1, message: { term: 2, success: false } }]);
  });

  it('alone in its cluster it is its own majority', () => {
    const cluster = new CoreCluster({ size: 1 });
    cluster.electNode(0);
    expect(cluster.readAnswers.get(cluster.read(0))).toMatchObject({ kind: 'confirmed', readIndex: 1 });
  });

  it('hands unconfirmed reads back when it loses its office', () => {
    const state = settledLeader();
    read(state);
    expect(receive(state, 1, appendEntries({ term: 9 })).reads).toEqual([askAgain]);
  });

  it('keeps at most so many reads waiting', () => {
    const state = leaderOf();
    for (let ticket = 0; ticket < limits.waitingRequestsMax; ticket++) expect(read(state, ticket).reads).toEqual([]);
    expect(read(state).reads).toEqual([askAgain]);
    const answer = sent(
      receive(state, 1, { kind: 'read-index', term: 2, round: 5, mode: 'linearizable' }),
      'read-index-reply',
    );
    expect(answer).toMatchObject([{ to: 1, message: { success: false } }]);
  });
});

describe('another server that is asked', () => {
  it('asks the leader, and hands on what it answers', () => {
    const state = followerOf({ log: [1, 1] });
    const [question] = sent(read(state), 'read-index');
    expect(question).toMatchObject({ to: 1, after: 0, message: { term: 1 } });
    const round = question?.message.round ?? 0;
    const effects = receive(state, 1, { kind: 'read-index-reply', term: 1, round, success: true, readIndex: 2 });
    expect(effects.reads).toEqual([{ ticket: 1, kind: 'confirmed', readIndex: 2 }]);
    expect(asFollower(state).forwardedReads).toEqual([]);
  });

  it.each([
    ['a follower that knows no leader', stateOf],
    ['a candidate', candidateOf],
  ])('%s does not know whom to ask', (_who, make) => {
    expect(read(make()).reads).toEqual([askAgain]);
  });

  it('asks again when no answer comes, with one question for all, and never in a hurry', () => {
    const state = followerOf();
    read(state, 1, 0);
    const [second] = sent(read(state, 2, 0), 'read-index');
    const retryNs = 2 * paperTimings.heartbeatIntervalMs * 1_000_000;
    expect(step(state, { type: 'deadline-passed' }, retryNs - 1)).toMatchObject({ sends: [], wakeAtNs: retryNs });
    const effects = step(state, { type: 'deadline-passed' }, retryNs);
    expect(sent(effects, 'read-index')).toEqual([second]);
    expect(effects.wakeAtNs).toBeGreaterThan(retryNs);
  });

  it('takes an answer that comes after it has asked again: slow links must not starve reads', () => {
    const state = followerOf();
    const [question] = sent(read(state, 1, 0), 'read-index');
    step(state, { type: 'deadline-passed' }, 101_000_000);
    const round = question?.message.round ?? 0;
    const effects = receive(state, 1, { kind: 'read-index-reply', term: 1, round, success: true, readIndex: 0 });
    expect(effects.reads).toMatchObject([{ kind: 'confirmed' }]);
  });

  it('an answer holds for the reads that began before its question, not for later ones', () => {
    const state = followerOf();
    read(state, 1);
    const [question] = sent(read(state, 2), 'read-index');
    read(state, 3);
    const round = question?.message.round ?? 0;
    const effects = receive(state, 1, { kind: 'read-index-reply', term: 1, round, success: true, readIndex: 0 });
    expect(effects.reads.map(({ ticket }) => ticket)).toEqual([1, 2]);
  });

  it('an answer that comes twice, or to an earlier life, finds no read', () => {
    const state = followerOf();
    for (const round of [state.nextRound - 4_294_967_296, state.nextRound - 1]) {
      read(state);
      const effects = receive(state, 1, { kind: 'read-index-reply', term: 1, round, success: true, readIndex: 0 });
      expect(effects.reads).toEqual([]);
      expect(eventsOf(effects, 'message-ignored')).toHaveLength(1);
    }
  });

  it.each([
    ['the asked server does not lead', answerTo],
    ['another term begins', () => appendEntries({ term: 2, leaderId: 2 })],
  ])('gives the read back when %s', (_why, message) => {
    const state = followerOf();
    const [question] = sent(read(state), 'read-index');
    const answer = message(question?.message.round ?? 0, { success: false });
    expect(receive(state, 1, answer).reads).toEqual([askAgain]);
    expect(asFollower(state).forwardedReads).toEqual([]);
  });

  it('an answer by lease is not good enough for a read that asked for more', () => {
    const state = followerOf();
    const linearizable = askedRound(read(state, 1));
    const lease = askedRound(read(state, 2, 0, 'lease'));
    expect(receive(state, 1, answerTo(lease)).reads).toMatchObject([{ ticket: 2, kind: 'confirmed' }]);
    expect(receive(state, 1, answerTo(lease)).reads).toEqual([]);
    expect(receive(state, 1, answerTo(linearizable)).reads).toMatchObject([{ ticket: 1, kind: 'confirmed' }]);
  });

  it('an answer by a round is good enough for all that began before', () => {
    const state = followerOf();
    read(state, 1, 0, 'lease');
    const round = askedRound(read(state, 2));
    const { reads } = receive(state, 1, answerTo(round));
    expect(reads.map(({ ticket, kind }) => [ticket, kind])).toEqual([
      [1, 'confirmed'],
      [2, 'confirmed'],
    ]);
  });

  it('asks again with one question of each mode', () => {
    const state = followerOf();
    for (const [ticket, mode] of (['lease', 'linearizable', 'lease', 'linearizable', 'lease'] as const).entries()) {
      read(state, ticket, 0, mode);
    }
    const { nextRound } = state;
    const again = sent(step(state, { type: 'deadline-passed' }, 101_000_000), 'read-index');
    expect(again.map(({ message }) => [message.mode, message.round])).toEqual([
      ['linearizable', nextRound - 2],
      ['lease', nextRound - 1],
    ]);
  });

  it('gives the read back when it starts an election', () => {
    const state = followerOf();
    read(state);
    expect(step(state, { type: 'deadline-passed' }, state.electionDeadlineNs).reads).toEqual([askAgain]);
  });

  it('keeps at most so many questions open', () => {
    const state = followerOf();
    for (let ticket = 0; ticket < limits.waitingRequestsMax; ticket++) read(state, ticket);
    expect(read(state).reads).toEqual([askAgain]);
  });

  it('says no when it is asked for an index but does not lead', () => {
    const effects = receive(followerOf(), 2, { kind: 'read-index', term: 1, round: 8, mode: 'linearizable' });
    expect(effects.sends).toEqual([
      { to: 2, after: 0, message: { kind: 'read-index-reply', term: 1, round: 8, success: false, readIndex: 0 } },
    ]);
  });
});

describe('a rule that is off', () => {
  const rules = (effects: Effects) => eventsOf(effects, 'rule-waived').map(({ rule }) => rule);

  it('[read-waits-for-own-term-commit] is passed over once a read, not with each answer that comes', () => {
    const state = leaderOf({ voters: [0, 1, 2, 3, 4] });
    state.rulesOff = ['read-waits-for-own-term-commit'];
    expect(rules(read(state))).toEqual(['read-waits-for-own-term-commit']);
    const answer = refused({ round: state.nextRound - 1, conflictIndex: 1 });
    expect(rules(receive(state, 1, answer))).toEqual([]);
    expect(rules(read(state, 2))).toEqual(['read-waits-for-own-term-commit']);
  });

  it('[stale-term] a question of an older term is answered', () => {
    const question = { kind: 'read-index', term: 1, round: 8, mode: 'linearizable' } as const;
    const strict = settledLeader();
    expect(sent(receive(strict, 2, question), 'read-index-reply')).toMatchObject([{ message: { success: false } }]);
    const state = settledLeader();
    state.rulesOff = ['stale-term'];
    expect(rules(receive(state, 2, question))).toEqual(['stale-term']);
    expect(asLeader(state).pendingReads).toMatchObject([{ asker: { node: 2, round: 8 } }]);
  });
});

describe('a whole cluster', () => {
  it('a leader that was replaced without knowing it confirms no read', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    cluster.isolate(0);
    cluster.electNode(1);
    cluster.propose(1, 'what the old leader has not seen');
    cluster.run(200);
    const ticket = cluster.read(0);
    cluster.run(500);
    expect(cluster.readAnswers.get(ticket)).toBeUndefined();
    cluster.heal();
    cluster.run(500);
    expect(cluster.readAnswers.get(ticket)).toMatchObject({ kind: 'ask-again' });
  });

  it('every server answers a lease read in one round trip to the leader, which asks nobody', () => {
    const cluster = new CoreCluster({ size: 3, rulesOff: [] });
    cluster.electNode(0);
    cluster.run(60);
    cluster.flights = [];
    const tickets = [0, 1, 2].map((id) => cluster.read(id, 'lease'));
    cluster.deliver();
    expect(cluster.flights.map(({ message }) => message.kind)).toEqual(['read-index-reply', 'read-index-reply']);
    cluster.deliver();
    for (const ticket of tickets) expect(cluster.readAnswers.get(ticket)?.kind).toBe('confirmed');
  });

  it('every server confirms a read, even on a link that takes longer than the retry', () => {
    const cluster = new CoreCluster({
      size: 3,
      timings: { electionTimeoutMinMs: 1_500, electionTimeoutMaxMs: 3_000, heartbeatIntervalMs: 5 },
    });
    cluster.elect();
    cluster.latencyMs = 40;
    const tickets = [0, 1, 2].map((id) => cluster.read(id));
    cluster.run(1_000);
    for (const ticket of tickets) expect(cluster.readAnswers.get(ticket)?.kind).toBe('confirmed');
  });
});
