import { describe, expect, it } from 'vitest';
import { required } from '../../../shared/assert.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import { accepted, asLeader, eventsOf, leaderOf, logOf, persistAll, receive } from '../../support/core-messages.ts';

function propose(state: RaftState): void {
  const entries = [{ kind: 'client' as const, payload: new Uint8Array(1) }];
  step(state, { type: 'propose', proposals: [{ ticket: 1, entries }] }, 0);
}

describe('commitment (Raft §5.3, §5.4.2)', () => {
  it('the leader counts itself only when its own disk has the entry (rule durable-quorum-commit)', () => {
    const state = leaderOf();
    receive(state, 1, accepted({ matchIndex: 1 }));
    propose(state);
    receive(state, 1, accepted({ matchIndex: 2 }));
    expect(state.commitIndex).toBe(1);
    expect(persistAll(state).apply).toEqual({ from: 2, to: 2 });
  });

  it('and commits without its own disk when the others are a majority', () => {
    const state = leaderOf();
    receive(state, 1, accepted({ matchIndex: 1 }));
    propose(state);
    receive(state, 1, accepted({ matchIndex: 2 }));
    expect(receive(state, 2, accepted({ matchIndex: 2 })).apply).toEqual({ from: 2, to: 2 });
  });

  it('an entry of an earlier term commits only with one of the own term (rule own-term-commit)', () => {
    const state = leaderOf({ log: [1, 1] });
    const held = receive(state, 1, accepted({ matchIndex: 2 }));
    expect(held.apply).toBeUndefined();
    expect(eventsOf(held, 'commit-held')).toMatchObject([{ index: 2, rule: 'own-term-commit' }]);
    expect(eventsOf(receive(state, 2, accepted({ matchIndex: 2 })), 'commit-held')).toEqual([]);
    expect(receive(state, 1, accepted({ matchIndex: 3 })).apply).toEqual({ from: 1, to: 3 });
  });

  it('one server alone commits what is on its disk, and nothing before that', () => {
    const cluster = new CoreCluster({ size: 1 });
    const node = cluster.electNode(0);
    node.slowDisk = true;
    cluster.propose(0, 'not durable yet');
    expect(node.applied).toHaveLength(1);
    cluster.completeWrites(0);
    expect(node.applied).toHaveLength(2);
  });

  it('a dead follower does not keep the others from committing', () => {
    const cluster = new CoreCluster({ size: 3, disks: { 0: { term: 1, log: logOf([1]) } } });
    cluster.crash(2);
    cluster.electNode(0);
    cluster.propose(0, 'without node 2');
    cluster.run(200);
    expect([0, 1].map((id) => cluster.node(id).applied.length)).toEqual([3, 3]);
    expect(required(asLeader(cluster.node(0).core).progress.get(2), 'node 2').matchIndex).toBe(0);
  });
});

describe('who counts', () => {
  const servers = (...ids: number[]) => ids.map((id) => ({ id, storage: 0 }));

  it('learners do not', () => {
    const bootstrap = { voters: servers(0, 1, 2), outgoing: [], learners: servers(3) };
    const state = leaderOf({ bootstrap });
    expect(receive(state, 3, accepted({ matchIndex: 1 })).apply).toBeUndefined();
    expect(receive(state, 2, accepted({ matchIndex: 1 })).apply).toEqual({ from: 1, to: 1 });
  });

  it('both majorities of a joint configuration do, and the event says so (rule joint-majorities)', () => {
    const bootstrap = { voters: servers(0, 1, 2), outgoing: servers(0, 3, 4), learners: [] };
    const state = leaderOf({ bootstrap });
    const held = receive(state, 1, accepted({ matchIndex: 1 }));
    expect(held.apply).toBeUndefined();
    expect(eventsOf(held, 'commit-held')).toMatchObject([{ index: 1, rule: 'joint-majorities' }]);
    const effects = receive(state, 3, accepted({ matchIndex: 1 }));
    expect(eventsOf(effects, 'commit-advanced')).toMatchObject([
      { to: 1, reason: '2 of 3 new and 2 of 3 old have it on disk, a majority' },
    ]);
  });

  it('off, the new servers decide alone, and it is said when the old ones were needed', () => {
    const bootstrap = { voters: servers(0, 1, 2), outgoing: servers(0, 3, 4), learners: [] };
    const state = leaderOf({ bootstrap, rulesOff: ['pre-vote', 'joint-majorities'] });
    const effects = receive(state, 1, accepted({ matchIndex: 1 }));
    expect(effects.apply).toEqual({ from: 1, to: 1 });
    expect(eventsOf(effects, 'rule-waived')).toMatchObject([{ rule: 'joint-majorities' }]);
  });
});
