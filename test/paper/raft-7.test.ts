/**
 * The extended Raft paper, §7 and Figure 13: snapshots and log compaction, sentence by sentence. Each test has the
 * sentence as its name.
 */
import { describe, expect, it } from 'vitest';
import { votersOnly } from '../../shared/configuration.ts';
import { describeSnapshot } from '../../main/raft/compaction.ts';
import { termAt } from '../../main/raft/log-shape.ts';
import { configurationOf } from '../../main/raft/state.ts';
import { CoreCluster } from '../support/core-cluster.ts';
import {
  appendEntries,
  eventsOf,
  followerOf,
  installSnapshot,
  logOf,
  receive,
  sent,
} from '../support/core-messages.ts';

/** Node 0 leads; it, node 1 and, if it is not cut off, node 2 have applied six entries. */
function sixEntries(cutOff: readonly number[] = []): CoreCluster {
  const cluster = new CoreCluster({ size: 3, rulesOff: [], tuning: { snapshotChunkBytesMax: 100 } });
  cluster.electNode(0);
  cluster.run(60);
  cluster.isolate(...cutOff);
  for (const text of ['a', 'b', 'c', 'd', 'e']) cluster.propose(0, text);
  cluster.run(60);
  return cluster;
}

describe('§7', () => {
  it('"Each server takes snapshots independently, covering just the committed entries in its log."', () => {
    const cluster = sixEntries();
    cluster.takeSnapshot(1);
    expect(cluster.all.map(({ core }) => core.log.base.index)).toEqual([0, 6, 0]);
    const state = followerOf({ log: [1, 1, 1] });
    expect(() => describeSnapshot(state, 1, 0)).toThrow(/only committed entries/);
  });

  it('"the last included index is the index of the last entry in the log that the snapshot replaces …, and the last included term is the term of this entry"', () => {
    const cluster = sixEntries();
    cluster.takeSnapshot(0, 4);
    expect(cluster.node(0).core.snapshot).toMatchObject({ lastIncludedIndex: 4, lastIncludedTerm: 1 });
  });

  it('"These are preserved to support the AppendEntries consistency check for the first log entry following the snapshot"', () => {
    const cluster = sixEntries();
    cluster.takeSnapshot(1);
    const { core } = cluster.node(1);
    expect([termAt(core.log, 6), termAt(core.log, 5)]).toEqual([1, undefined]);
    cluster.propose(0, 'behind the snapshot');
    cluster.run(60);
    expect(core.log).toMatchObject({ base: { index: 6 }, lastIndex: 7 });
  });

  it('"To enable cluster membership changes (Section 6), the snapshot also includes the latest configuration in the log as of last included index."', () => {
    const configurations = [{ index: 2, configuration: votersOnly([0, 1]) }];
    const state = followerOf({ log: [1, 1, 1], configurations });
    receive(state, 1, appendEntries({ prevLogIndex: 3, prevLogTerm: 1, leaderCommit: 3 }));
    expect(describeSnapshot(state, 3, 0)).toMatchObject({ configurationIndex: 2, configuration: votersOnly([0, 1]) });
    expect(describeSnapshot(state, 1, 0)).toMatchObject({
      configurationIndex: 0,
      configuration: votersOnly([0, 1, 2]),
    });
  });

  it('"Once a server completes writing a snapshot, it may delete all log entries up through the last included index"', () => {
    const cluster = sixEntries();
    cluster.node(0).slowDisk = true;
    cluster.takeSnapshot(0);
    expect(cluster.node(0).core.log.base.index).toBe(0);
    cluster.completeWrites(0);
    expect(cluster.node(0).core.log.base.index).toBe(6);
  });

  it('"the leader must occasionally send snapshots to followers that lag behind. This happens when the leader has already discarded the next log entry that it needs to send to a follower."', () => {
    const cluster = sixEntries([2]);
    cluster.takeSnapshot(0);
    cluster.heal();
    cluster.run(500);
    expect(eventsOf(cluster.node(2), 'snapshot-installed')).toMatchObject([{ lastIncludedIndex: 6 }]);
    expect(cluster.node(2).applied).toHaveLength(6);
  });

  it('otherwise not: "most of the log" that it still holds goes as entries', () => {
    const cluster = sixEntries([2]);
    cluster.takeSnapshot(0, 1);
    cluster.heal();
    cluster.run(500);
    expect(eventsOf(cluster.node(2), 'snapshot-installed')).toEqual([]);
    expect(cluster.node(2).applied).toHaveLength(6);
  });

  it('"the follower discards its entire log; it is all superseded by the snapshot and may possibly have uncommitted entries that conflict with the snapshot"', () => {
    const state = followerOf({ log: [1, 2, 2, 2], term: 3 });
    const effects = receive(state, 1, installSnapshot({ term: 3, lastIncludedIndex: 2, lastIncludedTerm: 3 }));
    expect(effects.persist).toMatchObject({ installSnapshot: { lastIncludedIndex: 2 } });
    expect(state.log).toMatchObject({ lastIndex: 2, sizes: [] });
  });

  it('"If instead the follower receives a snapshot that describes a prefix of its log …, entries following the snapshot are still valid and must be retained."', () => {
    const state = followerOf({ log: [1, 1, 1, 1] });
    receive(state, 1, installSnapshot({ lastIncludedIndex: 2 }));
    expect(state.log.lastIndex).toBe(4);
  });
});

describe('Figure 13, InstallSnapshot RPC, receiver implementation', () => {
  const chunk = (offset: number) => installSnapshot({ offset, totalBytes: 8 });

  it('1. "Reply immediately if term < currentTerm"', () => {
    const effects = receive(followerOf({ term: 5 }), 1, installSnapshot({ term: 4 }));
    expect(effects).toMatchObject({ chunk: undefined, persist: undefined });
    expect(sent(effects, 'install-snapshot-reply')).toMatchObject([{ message: { term: 5, installed: false } }]);
  });

  it('2. "Create new snapshot file if first chunk (offset is 0)" 3. "Write data into snapshot file at given offset"', () => {
    const state = followerOf();
    expect([0, 4].map((offset) => receive(state, 1, chunk(offset)).chunk?.offset)).toEqual([0, 4]);
  });

  it('4. "Reply and wait for more data chunks if done is false"', () => {
    const state = followerOf();
    const effects = receive(state, 1, chunk(0));
    expect(sent(effects, 'install-snapshot-reply')).toMatchObject([{ message: { nextOffset: 4, installed: false } }]);
    expect(state.log.lastIndex).toBe(0);
  });

  it('5. "Save snapshot file, discard any existing or partial snapshot with a smaller index"', () => {
    const state = followerOf();
    receive(state, 1, chunk(0));
    receive(state, 1, installSnapshot({ lastIncludedIndex: 20 }));
    expect(state).toMatchObject({ incoming: null, snapshot: { lastIncludedIndex: 20 } });
    const late = receive(state, 1, chunk(4));
    expect(late).toMatchObject({ chunk: undefined, persist: undefined });
  });

  it('6. "If existing log entry has same index and term as snapshot\'s last included entry, retain log entries following it and reply"', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1, 1, 1]) }));
    const effects = receive(state, 1, installSnapshot({ lastIncludedIndex: 2 }));
    expect(sent(effects, 'install-snapshot-reply')).toMatchObject([{ message: { installed: true } }]);
    expect(state.log.lastIndex).toBe(3);
  });

  it('7. "Discard the entire log" 8. "Reset state machine using snapshot contents (and load snapshot\'s cluster configuration)"', () => {
    const state = followerOf({ log: [1, 1] });
    const configuration = votersOnly([0, 1, 2, 3]);
    const effects = receive(state, 1, installSnapshot({ configuration, configurationIndex: 6 }));
    expect(state.log).toEqual({ base: { index: 10, term: 1 }, runs: [], lastIndex: 10, sizes: [] });
    expect(effects.restore).toMatchObject({ lastIncludedIndex: 10, configuration });
    expect(configurationOf(state)).toEqual(configuration);
  });
});
