import { describe, expect, it } from 'vitest';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import {
  appendEntries,
  asCandidate,
  followerOf,
  logOf,
  persistAll,
  receive,
  someStorage,
  stateOf,
  vote,
} from '../../support/core-messages.ts';

describe('a write that has reached the disk', () => {
  it('makes its entries count, and those of every earlier write', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1]) }));
    receive(state, 1, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: logOf([1], 2) }));
    expect(state.persistedIndex).toBe(0);
    step(state, { type: 'persisted', write: 2 }, 0);
    expect(state).toMatchObject({ persistedIndex: 2, persistedWrite: 2, pendingWrites: [] });
  });

  it('reported late or twice, takes nothing back', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1, 1]) }));
    for (const write of [1, 1, 0]) step(state, { type: 'persisted', write }, 0);
    expect(state).toMatchObject({ persistedIndex: 2, persistedWrite: 1 });
  });

  it('late does not count for entries that have replaced its own (the ABA of late completions)', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1, 1, 1]) }));
    receive(
      state,
      2,
      appendEntries({ term: 2, leaderId: 2, prevLogIndex: 1, prevLogTerm: 1, entries: logOf([2, 2, 2], 2) }),
    );
    step(state, { type: 'persisted', write: 1 }, 0);
    expect(state.persistedIndex).toBe(1);
    step(state, { type: 'persisted', write: 2 }, 0);
    expect(state.persistedIndex).toBe(4);
  });

  it('is not needed again for what was on disk before a truncation', () => {
    const state = followerOf({ log: [1, 1, 1] });
    receive(state, 1, appendEntries({ term: 2, prevLogIndex: 1, prevLogTerm: 1, entries: logOf([2], 2) }));
    expect(state.persistedIndex).toBe(1);
    persistAll(state);
    expect(state.persistedIndex).toBe(2);
  });
});

describe('a candidate', () => {
  it('counts its own vote when it is on disk, not before (rule persist-before-reply)', () => {
    const state = stateOf();
    step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(asCandidate(state).votes).toEqual([]);
    persistAll(state);
    expect(asCandidate(state).votes).toEqual([{ id: 0, storage: someStorage }]);
    expect(persistAll(state).events).toEqual([]);
  });

  it('does not take the vote of an earlier term for the present one', () => {
    const state = stateOf();
    step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    step(state, { type: 'persisted', write: 1 }, state.electionDeadlineNs - 1);
    expect(asCandidate(state).votes).toEqual([]);
  });

  it('alone in its cluster leads from that moment', () => {
    const cluster = new CoreCluster({ size: 1 });
    const node = cluster.node(0);
    node.slowDisk = true;
    cluster.timeOut(0);
    expect(node.role).toBe('candidate');
    cluster.completeWrites(0);
    expect(node.role).toBe('leader');
    expect(node.applied).toEqual([]);
    cluster.completeWrites(0);
    expect(node.applied).toMatchObject([{ kind: 'noop', term: 1 }]);
  });

  it('may take office on the votes of others: its own is on disk before it asks', () => {
    const state = stateOf({ voters: [0, 1, 2, 3, 4] });
    const effects = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(effects.sends.map(({ after }) => after)).toEqual([1, 1, 1, 1]);
    const { round } = asCandidate(state);
    for (const from of [1, 2, 3]) receive(state, from, vote({ round }));
    expect(state.role.name).toBe('leader');
  });
});

describe('a power cut', () => {
  it('between a write and its completion takes back only what nobody was told', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    cluster.node(1).slowDisk = true;
    cluster.propose(0, 'not on the disk of node 1');
    cluster.deliver();
    expect(cluster.node(1).log).toHaveLength(2);
    expect(cluster.inFlight({ from: 1 })).toEqual([]);
    cluster.crash(1);
    cluster.restart(1);
    expect(cluster.node(1).log).toHaveLength(1);
    cluster.run(300);
    cluster.completeWrites(1);
    cluster.run(300);
    expect(cluster.node(1).applied).toHaveLength(2);
  });
});
