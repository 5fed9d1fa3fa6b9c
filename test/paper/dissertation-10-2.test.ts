/**
 * Ongaro's dissertation, §10.2: writing to the leader's disk in parallel (§10.2.1), batching and pipelining (§10.2.2),
 * sentence by sentence. Each test has the sentence as its name.
 */
import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/cluster-config.ts';
import type { RaftState } from '../../main/raft/state.ts';
import { step } from '../../main/raft/step.ts';
import { CoreCluster } from '../support/core-cluster.ts';
import { accepted, asLeader, leaderOf, receive, refused, sent } from '../support/core-messages.ts';

/** Node 0 leads three servers; its own disk takes its time. */
function slowLeader(): CoreCluster {
  const cluster = new CoreCluster({ size: 3, rulesOff: [] });
  cluster.electNode(0);
  cluster.run(100);
  cluster.flights = [];
  cluster.node(0).slowDisk = true;
  return cluster;
}

function propose(state: RaftState, count: number) {
  const entries = Array.from({ length: count }, () => ({ kind: 'client' as const, payload: new Uint8Array(10) }));
  return step(state, { type: 'propose', proposals: [{ ticket: 1, entries }] }, 0);
}

function streamingLeader(): RaftState {
  const state = leaderOf();
  receive(state, 1, accepted({ matchIndex: 1 }));
  return state;
}

describe('§10.2.1', () => {
  it('"The leader can write its disk in parallel with replicating to the followers"', () => {
    const cluster = slowLeader();
    cluster.propose(0, 'x');
    expect(cluster.node(0).writes).toHaveLength(1);
    expect(cluster.inFlight({ kind: 'append-entries' }).map(({ to }) => to)).toEqual([1, 2]);
  });

  it('"The leader may even commit an entry before it has been written to its own disk, if a majority of followers have written it to their disks; this is still safe."', () => {
    const cluster = slowLeader();
    cluster.propose(0, 'x');
    cluster.settle({ to: 1 });
    cluster.deliver({ from: 1 });
    expect(cluster.node(0).core.commitIndex).toBe(1);
    cluster.settle();
    expect(cluster.node(0).core).toMatchObject({ commitIndex: 2, persistedIndex: 1 });
    cluster.crash(0);
    cluster.run(3_000, () => cluster.leader !== undefined);
    expect(cluster.leader?.log[1]).toMatchObject({ kind: 'client' });
  });

  it("the leader's own copy counts once its disk has it, and not before", () => {
    const cluster = slowLeader();
    cluster.crash(2);
    cluster.propose(0, 'x');
    cluster.settle();
    expect(cluster.node(0).core.commitIndex).toBe(1);
    cluster.completeWrites(0);
    expect(cluster.node(0).core.commitIndex).toBe(2);
  });
});

describe('§10.2.2', () => {
  it('batching: entries that came together travel together, up to a limit', () => {
    const state = streamingLeader();
    const effects = propose(state, limits.appendEntriesCountMax + 10);
    expect(sent(effects, 'append-entries').map(({ message }) => message.entryCount)).toEqual([
      limits.appendEntriesCountMax,
      10,
    ]);
  });

  it('pipelining: "the leader … can update nextIndex … immediately after sending an RPC, rather than waiting for its acknowledgement"', () => {
    const state = streamingLeader();
    propose(state, 1);
    expect(asLeader(state).progress.get(1)).toMatchObject({ matchIndex: 1, nextIndex: 3 });
  });

  it('"This allows another RPC to pipeline the next entry behind the preceding one."', () => {
    const state = streamingLeader();
    const sends = [propose(state, 1), propose(state, 1), propose(state, 1)].flatMap((effects) =>
      sent(effects, 'append-entries'),
    );
    expect(sends.map(({ message }) => message.prevLogIndex)).toEqual([1, 2, 3]);
  });

  it('"The leader must decrement its next index back to its original value to retry" when messages are lost', () => {
    const state = streamingLeader();
    for (let count = 0; count < 3; count++) propose(state, 1);
    const beat = step(state, { type: 'deadline-passed' }, asLeader(state).heartbeatDeadlineNs);
    const [heartbeat] = sent(beat, 'append-entries');
    expect(heartbeat?.message).toMatchObject({ prevLogIndex: 4, entryCount: 0 });
    const answer = refused({ round: heartbeat?.message.round ?? 0, conflictIndex: 2 });
    const effects = receive(state, 1, answer);
    expect(sent(effects, 'append-entries')).toMatchObject([{ message: { prevLogIndex: 1, entryCount: 3 } }]);
  });

  it('messages that overtake each other only cost time: the consistency check keeps the log whole', () => {
    const cluster = new CoreCluster({ size: 3, rulesOff: [] });
    cluster.electNode(0);
    cluster.run(100);
    for (const text of ['a', 'b', 'c', 'd']) cluster.propose(0, text);
    cluster.flights.reverse();
    cluster.run(300);
    for (const { log, applied } of cluster.all) expect([log.length, applied.length]).toEqual([5, 5]);
  });

  it('a new leader finds out first where the logs agree, one message at a time', () => {
    const state = leaderOf({ log: [1, 1] });
    propose(state, 1);
    expect(asLeader(state).progress.get(1)).toMatchObject({ mode: 'probe', inFlight: { length: 1 } });
    expect(sent(propose(state, 1), 'append-entries')).toEqual([]);
    receive(state, 1, accepted({ matchIndex: 3 }));
    expect(asLeader(state).progress.get(1)?.mode).toBe('replicate');
  });

  it('the window of unanswered messages is bounded', () => {
    const state = streamingLeader();
    for (let count = 0; count < 3 * limits.inFlightMessagesMax; count++) propose(state, 1);
    expect(asLeader(state).progress.get(1)?.inFlight).toHaveLength(limits.inFlightMessagesMax);
  });
});
