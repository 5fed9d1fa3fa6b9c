import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import type { Effects } from '../../../main/raft/contract.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import { accepted, asLeader, eventsOf, leaderOf, receive, sent } from '../../support/core-messages.ts';

function propose(state: RaftState, count: number, bytes = 1): Effects {
  const entries = Array.from({ length: count }, () => ({ kind: 'client' as const, payload: new Uint8Array(bytes) }));
  return step(state, { type: 'propose', proposals: [{ ticket: 1, entries }] }, 0);
}

describe('while probing', () => {
  it('one message at a time, whatever is proposed', () => {
    const state = leaderOf();
    expect(sent(propose(state, 5), 'append-entries')).toEqual([]);
    expect(asLeader(state).progress.get(1)).toMatchObject({
      mode: 'probe',
      nextIndex: 1,
      inFlight: [{ lastIndex: 1 }],
    });
  });

  it('the answer brings everything that has come meanwhile', () => {
    const state = leaderOf();
    propose(state, 5);
    const effects = receive(state, 1, accepted({ matchIndex: 1 }));
    expect(sent(effects, 'append-entries')).toMatchObject([
      { to: 1, after: 0, message: { prevLogIndex: 1, prevLogTerm: 2, entryCount: 5 } },
    ]);
  });

  it('a probe without an answer is given up at the next heartbeat, but not at each read', () => {
    const state = leaderOf();
    receive(state, 2, accepted({ matchIndex: 1 }));
    step(state, { type: 'read', tickets: [1], mode: 'linearizable' }, 0);
    expect(sent(propose(state, 1), 'append-entries').map(({ to }) => to)).toEqual([2]);
    step(state, { type: 'deadline-passed' }, asLeader(state).heartbeatDeadlineNs);
    expect(sent(propose(state, 1), 'append-entries').map(({ to }) => to)).toEqual([1, 2]);
  });
});

describe('while replicating', () => {
  function streaming(): RaftState {
    const state = leaderOf();
    receive(state, 1, accepted({ matchIndex: 1 }));
    return state;
  }

  it('nextIndex runs ahead of the answers', () => {
    const state = streaming();
    propose(state, 2);
    const effects = propose(state, 3);
    expect(sent(effects, 'append-entries')).toMatchObject([
      { to: 1, message: { prevLogIndex: 3, entryCount: 3, leaderCommit: 1 } },
    ]);
    expect(asLeader(state).progress.get(1)).toMatchObject({ matchIndex: 1, nextIndex: 7 });
  });

  it('a full window waits for an answer', () => {
    const state = streaming();
    for (let count = 0; count < limits.inFlightMessagesMax; count++) {
      expect(sent(propose(state, 1), 'append-entries')).toHaveLength(1);
    }
    expect(sent(propose(state, 1), 'append-entries')).toEqual([]);
    expect(sent(receive(state, 1, accepted({ matchIndex: 2 })), 'append-entries')).toMatchObject([
      { message: { entryCount: 1 } },
    ]);
  });

  it('so does a window that is full of bytes, with one message more than the limit at most', () => {
    const state = leaderOf({ tuning: { inFlightBytesMax: 2_500 } });
    receive(state, 1, accepted({ matchIndex: 1 }));
    for (let count = 0; count < 3; count++) expect(sent(propose(state, 1, 1_000), 'append-entries')).toHaveLength(1);
    expect(sent(propose(state, 1, 1_000), 'append-entries')).toEqual([]);
    expect(asLeader(state).progress.get(1)?.inFlight).toHaveLength(3);
    // Two thousand bytes are under way then: the fourth message may follow.
    const effects = receive(state, 1, accepted({ matchIndex: 2 }));
    expect(sent(effects, 'append-entries')).toMatchObject([{ to: 1, message: { prevLogIndex: 4, entryCount: 1 } }]);
  });

  it('one message may always be under way, however small the window is', () => {
    const state = leaderOf({ tuning: { inFlightBytesMax: 1 } });
    receive(state, 1, accepted({ matchIndex: 1 }));
    expect(sent(propose(state, 1, 1_000), 'append-entries')).toHaveLength(1);
    expect(sent(propose(state, 1, 1_000), 'append-entries')).toEqual([]);
  });

  it('messages stay below the limits of bytes and entries', () => {
    const state = streaming();
    const large = sent(propose(state, 4, 20_000), 'append-entries').map(({ message }) => message.entryCount);
    expect(large).toEqual([2, 2]);
    const many = sent(propose(state, limits.appendEntriesCountMax + 1, 1), 'append-entries').map(
      ({ message }) => message.entryCount,
    );
    expect(many).toEqual([limits.appendEntriesCountMax, 1]);
  });

  it('what was lost is found by the next heartbeat, which stands behind it', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    cluster.propose(0, 'lost on its way to node 1');
    cluster.drop({ to: 1 });
    cluster.run(100);
    expect(cluster.node(1).applied).toHaveLength(2);
  });

  it('a whole window that was lost costs one refusal', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    for (let number = 0; number < 40; number++) cluster.propose(0, `entry ${number}`);
    cluster.drop({ to: 1 });
    cluster.run(100);
    expect(cluster.node(1).log).toHaveLength(41);
    expect(eventsOf(cluster.node(1), 'append-refused')).toHaveLength(1);
  });
});

describe('a heartbeat', () => {
  it('goes to everyone, without entries, behind everything that was sent', () => {
    const state = leaderOf({ log: [1] });
    receive(state, 1, accepted({ matchIndex: 2 }));
    propose(state, 3);
    const effects = step(state, { type: 'deadline-passed' }, asLeader(state).heartbeatDeadlineNs);
    expect(sent(effects, 'append-entries')).toMatchObject([
      { to: 1, after: 0, message: { prevLogIndex: 5, prevLogTerm: 2, entryCount: 0, leaderCommit: 2 } },
      { to: 2, after: 0, message: { prevLogIndex: 1, prevLogTerm: 1, entryCount: 0, leaderCommit: 2 } },
    ]);
  });
});
