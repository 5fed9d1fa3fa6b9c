import { describe, expect, it } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { votersOnly, type SnapshotMeta } from '../../../shared/configuration.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import { accepted, asLeader, eventsOf, leaderOf, receive, refused, sent } from '../../support/core-messages.ts';

const millisecond = 1_000_000;
const heartbeatNs = paperTimings.heartbeatIntervalMs * millisecond;

const snapshot: SnapshotMeta = {
  lastIncludedIndex: 10,
  lastIncludedTerm: 1,
  configuration: votersOnly([0, 1, 2]),
  configurationIndex: 0,
  totalBytes: 250,
};

/** Its log holds entries 11 to 13 and the no-op 14; node 1 has said that its own ends at 4. */
function leaderWithSnapshot() {
  const tuning = { snapshotChunkBytesMax: 100 };
  const state = leaderOf({ compacted: { index: 10, term: 1 }, snapshot, log: [1, 1, 1], tuning });
  const round = state.nextRound - 1;
  const effects = receive(state, 1, refused({ round, conflictTerm: 0, conflictIndex: 5 }));
  return { state, effects };
}

function progressOf(state: RaftState, follower = 1) {
  const progress = asLeader(state).progress.get(follower);
  if (!progress) throw new Error(`no follower ${follower}`);
  return progress;
}

describe('a follower that needs entries which are compacted', () => {
  it('is sent the snapshot, one chunk at a time', () => {
    const { state, effects } = leaderWithSnapshot();
    expect(sent(effects, 'install-snapshot')).toMatchObject([
      { to: 1, after: 0, message: { ...snapshot, term: 2, leaderId: 0, offset: 0, byteCount: 100 } },
    ]);
    expect(eventsOf(effects, 'snapshot-sending')).toMatchObject([
      { follower: 1, lastIncludedIndex: 10, offset: 0, totalBytes: 250, reason: 'bytes 0 to 100 of 250' },
    ]);
    expect(eventsOf(effects, 'follower-progress').at(-1)).toMatchObject({ follower: 1, mode: 'snapshot' });
    expect(progressOf(state)).toMatchObject({ mode: 'snapshot', inFlight: [], snapshot: { offset: 0 } });
  });

  it('gets nothing else meanwhile but heartbeats, which stand before the log', () => {
    const { state } = leaderWithSnapshot();
    const entries = [{ kind: 'client' as const, payload: new Uint8Array(1) }];
    const proposed = step(state, { type: 'propose', proposals: [{ ticket: 1, entries }] }, 0);
    expect(proposed.sends.map(({ to }) => to)).not.toContain(1);
    const beat = step(state, { type: 'deadline-passed' }, heartbeatNs);
    const [heartbeat] = sent(beat, 'append-entries').filter(({ to }) => to === 1);
    expect(heartbeat?.message).toMatchObject({ prevLogIndex: 0, prevLogTerm: 0, entryCount: 0 });
  });

  it('is sent the chunk again with each heartbeat, under a new round', () => {
    const { state, effects } = leaderWithSnapshot();
    const [first] = sent(effects, 'install-snapshot');
    const [again] = sent(step(state, { type: 'deadline-passed' }, heartbeatNs), 'install-snapshot');
    expect(again?.message).toMatchObject({ offset: 0, byteCount: 100 });
    expect(again?.message.round).toBeGreaterThan(first?.message.round ?? Infinity);
  });

  it('that answers nothing gets heartbeats only; its answer to one brings the next chunk', () => {
    const { state } = leaderWithSnapshot();
    const silentNs = paperTimings.electionTimeoutMaxMs * millisecond;
    expect(sent(step(state, { type: 'deadline-passed' }, silentNs), 'install-snapshot')).toEqual([]);
    const effects = receive(state, 1, accepted({ round: state.nextRound - 1 }), silentNs + millisecond);
    expect(sent(effects, 'install-snapshot')).toMatchObject([{ to: 1, message: { offset: 0 } }]);
  });

  it('begins anew when the leader has a newer snapshot by now', () => {
    const { state } = leaderWithSnapshot();
    receive(state, 2, accepted({ round: state.nextRound - 1, matchIndex: 14 }));
    const newer = { ...snapshot, lastIncludedIndex: 12, totalBytes: 300 };
    step(state, { type: 'snapshot-persisted', snapshot: newer }, 0);
    const effects = step(state, { type: 'deadline-passed' }, heartbeatNs);
    expect(sent(effects, 'install-snapshot')).toMatchObject([
      { message: { lastIncludedIndex: 12, offset: 0, totalBytes: 300 } },
    ]);
  });

  it('with a window full of lost messages is found when its next entry is compacted', () => {
    const tuning = { inFlightMessagesMax: 2, appendEntriesCountMax: 1 };
    const state = leaderOf({ log: [1, 1, 1, 1], tuning });
    for (const node of [1, 2]) receive(state, node, refused({ round: state.nextRound - 1, conflictIndex: 1 }));
    for (const node of [1, 2]) receive(state, node, accepted({ round: state.nextRound - 1, matchIndex: 1 }));
    expect(progressOf(state)).toMatchObject({ mode: 'replicate', nextIndex: 4, inFlight: { length: 2 } });
    receive(state, 2, accepted({ round: state.nextRound - 1, matchIndex: 5 }));
    expect(state.commitIndex).toBe(5);
    step(
      state,
      { type: 'snapshot-persisted', snapshot: { ...snapshot, lastIncludedIndex: 5, lastIncludedTerm: 2 } },
      0,
    );
    step(state, { type: 'deadline-passed' }, heartbeatNs);
    const effects = receive(state, 1, accepted({ round: state.nextRound - 1, matchIndex: 0 }));
    expect(sent(effects, 'install-snapshot')).toMatchObject([{ to: 1, message: { lastIncludedIndex: 5 } }]);
  });
});

describe('a whole cluster with tiny chunks', () => {
  /** Node 2 is cut off while the others append, commit and compact. */
  function laggingCluster() {
    const cluster = new CoreCluster({ size: 3, rulesOff: [], tuning: { snapshotChunkBytesMax: 64 } });
    cluster.electNode(0);
    cluster.run(60);
    cluster.isolate(2);
    for (let count = 0; count < 10; count++) cluster.propose(0, `entry ${count}`);
    cluster.run(60);
    for (const id of [0, 1]) cluster.takeSnapshot(id);
    return cluster;
  }
  const caughtUp = (cluster: CoreCluster) => () => cluster.node(2).applied.length === cluster.node(0).applied.length;

  it('brings a follower back that was cut off', () => {
    const cluster = laggingCluster();
    cluster.heal();
    cluster.run(1_000, caughtUp(cluster));
    expect(caughtUp(cluster)()).toBe(true);
    expect(eventsOf(cluster.node(2), 'snapshot-installed')).toHaveLength(1);
    cluster.propose(0, 'the next');
    cluster.run(60);
    expect(cluster.node(2).log.length).toBe(cluster.node(0).log.length);
  });

  it('goes on where it was after a change of leader', () => {
    const cluster = laggingCluster();
    cluster.heal();
    const received = () => eventsOf(cluster.node(2), 'snapshot-chunk-taken');
    cluster.run(1_000, () => received().length === 3);
    cluster.crash(0);
    cluster.run(3_000, () => eventsOf(cluster.node(2), 'snapshot-installed').length === 1);
    const offsets = received().map(({ offset }) => offset);
    expect(new Set(offsets).size).toBe(offsets.length);
    expect(new Set(received().map(({ from }) => from))).toEqual(new Set([0, 1]));
  });

  it('begins anew when the follower restarts in the middle', () => {
    const cluster = laggingCluster();
    cluster.heal();
    cluster.run(1_000, () => eventsOf(cluster.node(2), 'snapshot-chunk-taken').length === 3);
    cluster.crash(2);
    cluster.restart(2);
    cluster.run(1_000, caughtUp(cluster));
    expect(eventsOf(cluster.node(2), 'snapshot-chunk-taken')[0]?.offset).toBe(0);
    expect(caughtUp(cluster)()).toBe(true);
  });

  it('serves a follower that has lost its folder, which counts for nothing until it is added again', () => {
    const cluster = laggingCluster();
    cluster.heal();
    cluster.run(1_000, caughtUp(cluster));
    cluster.crash(2);
    cluster.wipe(2);
    cluster.restart(2);
    cluster.run(1_000, caughtUp(cluster));
    expect(caughtUp(cluster)()).toBe(true);
    cluster.isolate(1);
    const { commitIndex } = cluster.node(0).core;
    cluster.propose(0, 'not to be committed');
    cluster.run(150);
    expect(cluster.node(2).log.length).toBe(cluster.node(0).log.length);
    expect(cluster.node(0).core.commitIndex).toBe(commitIndex);
  });

  it('compacts while a follower lags, again and again', () => {
    const cluster = laggingCluster();
    for (let round = 0; round < 5; round++) {
      cluster.heal();
      cluster.run(20);
      cluster.isolate(2);
      cluster.propose(0, `round ${round}`);
      cluster.run(60);
      for (const id of [0, 1]) cluster.takeSnapshot(id);
    }
    cluster.heal();
    cluster.run(2_000, caughtUp(cluster));
    expect(caughtUp(cluster)()).toBe(true);
  });
});
