import { describe, expect, it } from 'vitest';
import { required } from '../../../shared/assert.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { Progress, RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster, termsOf } from '../../support/core-cluster.ts';
import {
  accepted,
  asLeader,
  candidateOf,
  eventsOf,
  followerOf,
  leaderOf,
  logOf,
  receive,
  refused,
  sent,
} from '../../support/core-messages.ts';

function progressOf(state: RaftState, follower: NodeId): Progress {
  return required(asLeader(state).progress.get(follower), `progress of ${follower}`);
}

function lastRound(state: RaftState): number {
  return state.nextRound - 1;
}

describe('a follower accepts', () => {
  it('its matchIndex rises and the leader streams from now on', () => {
    const state = leaderOf({ log: [1, 1] });
    receive(state, 1, accepted({ round: lastRound(state), matchIndex: 3 }));
    expect(progressOf(state, 1)).toMatchObject({ mode: 'replicate', matchIndex: 3, nextIndex: 4, inFlight: [] });
  });

  it('and the entry commits once a majority has it', () => {
    const state = leaderOf();
    const effects = receive(state, 2, accepted({ matchIndex: 1 }));
    expect(effects.apply).toEqual({ from: 1, to: 1 });
    expect(eventsOf(effects, 'commit-advanced')).toMatchObject([
      { from: 0, to: 1, reason: '2 of 3 have it on disk, a majority' },
    ]);
  });

  it('late answers in any order never bring matchIndex down', () => {
    const state = leaderOf({ log: [1, 1] });
    for (const matchIndex of [3, 1, 0, 2]) receive(state, 1, accepted({ matchIndex }));
    expect(progressOf(state, 1)).toMatchObject({ matchIndex: 3, nextIndex: 4 });
  });

  it('an answer to an earlier call does not end the probe', () => {
    const state = leaderOf({ log: [1, 1, 1, 1] });
    receive(state, 1, accepted({ matchIndex: 2 }));
    expect(progressOf(state, 1)).toMatchObject({ mode: 'probe', matchIndex: 2, nextIndex: 5 });
  });

  it('a heartbeat that is accepted ends the probe: the logs agree up to there', () => {
    const state = leaderOf({ log: [1, 1] });
    const effects = receive(state, 1, accepted({ matchIndex: 2 }));
    expect(progressOf(state, 1)).toMatchObject({ mode: 'replicate', matchIndex: 2 });
    expect(sent(effects, 'append-entries')).toMatchObject([{ to: 1, message: { prevLogIndex: 2, entryCount: 1 } }]);
  });

  it('a heartbeat while a probe with entries is under way: those are sent again, and a loss is found', () => {
    const state = leaderOf({ log: [1, 1], tuning: { inFlightMessagesMax: 1 } });
    receive(state, 1, refused({ round: state.nextRound - 1, conflictIndex: 1 }));
    expect(asLeader(state).progress.get(1)).toMatchObject({ mode: 'probe', nextIndex: 1, inFlight: { length: 1 } });
    const effects = receive(state, 1, accepted({ round: 1, matchIndex: 0 }));
    expect(sent(effects, 'append-entries')).toMatchObject([{ to: 1, message: { prevLogIndex: 0, entryCount: 3 } }]);
    expect(asLeader(state).progress.get(1)).toMatchObject({ mode: 'replicate', nextIndex: 4, inFlight: { length: 1 } });
    const beat = step(state, { type: 'deadline-passed' }, asLeader(state).heartbeatDeadlineNs);
    const [heartbeat] = sent(beat, 'append-entries').filter(({ to }) => to === 1);
    expect(heartbeat?.message).toMatchObject({ prevLogIndex: 3, entryCount: 0 });
    const round = heartbeat?.message.round ?? 0;
    const again = receive(state, 1, refused({ round, conflictIndex: 1 }));
    expect(sent(again, 'append-entries')).toMatchObject([{ to: 1, message: { prevLogIndex: 0, entryCount: 3 } }]);
  });

  it('what the leader does not have is not believed: it goes on working', () => {
    const state = leaderOf();
    const effects = receive(state, 1, accepted({ matchIndex: 50 }));
    expect(eventsOf(effects, 'message-ignored')).toMatchObject([
      { reason: 'it acknowledges entry 50, but my log ends at 1' },
    ]);
    expect(progressOf(state, 1)).toMatchObject({ matchIndex: 0, nextIndex: 1 });
    expect(() => step(state, { type: 'deadline-passed' }, asLeader(state).heartbeatDeadlineNs)).not.toThrow();
  });
});

describe('a follower refuses', () => {
  it.each([
    ['its log ends early: go on behind its end', { conflictTerm: 0, conflictIndex: 3 }, 3],
    ['its log is empty', { conflictTerm: 0, conflictIndex: 1 }, 1],
    ['a term that the leader has: the logs can agree up to its last entry', { conflictTerm: 2, conflictIndex: 2 }, 5],
    ['a term that the leader has not: all of it goes', { conflictTerm: 3, conflictIndex: 3 }, 3],
    ['nonsense: still one step back, so that probing ends', { conflictTerm: 0, conflictIndex: 99 }, 6],
  ])('because of %s', (_why, conflict, nextIndex) => {
    const state = leaderOf({ log: [1, 2, 2, 2, 4, 4] });
    const effects = receive(state, 1, refused({ term: 5, round: lastRound(state), ...conflict }));
    expect(progressOf(state, 1)).toMatchObject({ mode: 'probe', nextIndex, matchIndex: 0 });
    expect(sent(effects, 'append-entries')).toMatchObject([{ to: 1, message: { prevLogIndex: nextIndex - 1 } }]);
  });

  it('twice on the same guess: the second refusal says nothing new', () => {
    const state = leaderOf({ log: [1, 1, 1, 1] });
    step(state, { type: 'deadline-passed' }, asLeader(state).heartbeatDeadlineNs);
    const round = lastRound(state);
    receive(state, 1, refused({ round, conflictIndex: 3 }));
    const again = receive(state, 1, refused({ round: round - 1, conflictIndex: 2 }));
    expect(progressOf(state, 1).nextIndex).toBe(3);
    expect(sent(again, 'append-entries')).toEqual([]);
    expect(eventsOf(again, 'message-ignored')).toHaveLength(1);
  });

  it('late, with a log that ended before what it has acknowledged since: nothing happens', () => {
    const state = leaderOf({ log: [1, 1] });
    receive(state, 1, accepted({ matchIndex: 3 }));
    receive(state, 1, refused({ round: lastRound(state) + 1, conflictIndex: 2 }));
    expect(progressOf(state, 1)).toMatchObject({ mode: 'replicate', nextIndex: 4 });
  });

  it('never below matchIndex', () => {
    const state = leaderOf({ log: [1, 1, 1], term: 3 });
    receive(state, 1, accepted({ term: 4, matchIndex: 3 }));
    receive(state, 1, refused({ term: 4, round: lastRound(state), conflictTerm: 2, conflictIndex: 1 }));
    expect(progressOf(state, 1)).toMatchObject({ mode: 'probe', nextIndex: 4, matchIndex: 3 });
  });

  it('with a term that begins before matchIndex but conflicts behind it: the leader goes back all the same', () => {
    // Node 1 has entries 3 and 4 of term 1 that the others never saw. Node 0 leads with [1, 1] and its no-op at 3.
    const cluster = new CoreCluster({
      size: 3,
      disks: {
        0: { term: 1, log: logOf([1, 1]) },
        1: { term: 1, log: logOf([1, 1, 1, 1]) },
        2: { term: 1, log: logOf([1, 1]) },
      },
    });
    cluster.cut(0, 1);
    const leader = cluster.electNode(0);
    // It hears that the logs agree up to 2, then loses the no-op that comes next.
    cluster.heal();
    cluster.timeOut(0);
    cluster.deliver({ to: 1 });
    cluster.deliver({ to: 0, from: 1 });
    expect(progressOf(leader.core, 1)).toMatchObject({ mode: 'replicate', matchIndex: 2, nextIndex: 4 });
    cluster.drop({ to: 1, kind: 'append-entries' });
    cluster.run(200);
    expect(termsOf(cluster.node(1).log)).toEqual([1, 1, 2]);
    expect(progressOf(leader.core, 1)).toMatchObject({ mode: 'replicate', matchIndex: 3 });
  });
});

describe('probing ends after at most one refusal per term that differs', () => {
  it('10,000 entries of a lost term go in one step', () => {
    const lost = Array.from({ length: 10_000 }, () => 2);
    const cluster = new CoreCluster({
      size: 3,
      disks: {
        0: { term: 3, log: logOf([1, 3]) },
        1: { term: 2, log: logOf([1, ...lost]) },
        2: { term: 3, log: logOf([1, 3]) },
      },
    });
    cluster.electNode(0);
    expect(termsOf(cluster.node(1).log)).toEqual([1, 3, 4]);
    expect(eventsOf(cluster.node(1), 'append-refused').length).toBeLessThanOrEqual(2);
  });

  it('many terms on both sides', () => {
    const mine = [1, 1, 3, 3, 5, 5, 7, 7, 9, 9];
    const theirs = [1, 1, 2, 2, 4, 4, 6, 6, 8, 8];
    const cluster = new CoreCluster({
      size: 3,
      disks: { 0: { term: 9, log: logOf(mine) }, 1: { term: 8, log: logOf(theirs) }, 2: { term: 9, log: logOf(mine) } },
    });
    cluster.electNode(0);
    expect(termsOf(cluster.node(1).log)).toEqual([...mine, 10]);
    expect(eventsOf(cluster.node(1), 'append-refused').length).toBeLessThanOrEqual(6);
  });
});

describe('who no longer leads, or led another term', () => {
  it.each([
    ['follower', followerOf],
    ['candidate', candidateOf],
  ])('a %s ignores answers', (_role, make) => {
    const state = make();
    for (const reply of [
      accepted({ term: state.term, matchIndex: 1 }),
      refused({ term: state.term, conflictIndex: 1 }),
    ]) {
      const before = structuredClone(state);
      expect(eventsOf(receive(state, 1, reply), 'message-ignored')).toHaveLength(1);
      expect(state).toEqual(before);
    }
  });

  it('a leader ignores answers of an earlier term (rule stale-term)', () => {
    const state = leaderOf();
    const effects = receive(state, 1, accepted({ term: 1, matchIndex: 1 }));
    expect(eventsOf(effects, 'message-ignored')).toMatchObject([{ rule: 'stale-term' }]);
    expect(progressOf(state, 1).matchIndex).toBe(0);
  });

  it('a leader that hears of a higher term steps down', () => {
    const state = leaderOf();
    receive(state, 1, refused({ term: 7 }));
    expect(state).toMatchObject({ term: 7, role: { name: 'follower' } });
  });
});
