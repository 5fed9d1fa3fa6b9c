import { describe, expect, it } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import {
  accepted,
  appendEntries,
  asLeader,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  sent,
  stateOf,
} from '../../support/core-messages.ts';

const millisecond = 1_000_000;
const patienceMs = paperTimings.electionTimeoutMaxMs;

function transfer(state: RaftState, to: number, nowNs = 0) {
  return step(state, { type: 'transfer-leadership', ticket: 1, to }, nowNs);
}

/** Node 1 has everything, node 2 nothing yet. */
function settledLeader(options: Parameters<typeof leaderOf>[0] = {}): RaftState {
  const state = leaderOf(options);
  receive(state, 1, accepted({ matchIndex: state.log.lastIndex }));
  return state;
}

/** All rules are on, node 0 leads, and everything is committed everywhere. */
function settledCluster(size = 3): CoreCluster {
  const cluster = new CoreCluster({ size, rulesOff: [] });
  cluster.electNode(0);
  cluster.run(120);
  return cluster;
}

describe('a leader that is to hand its office over', () => {
  it('asks a target that has everything to run at once', () => {
    const effects = transfer(settledLeader(), 1);
    expect(sent(effects, 'timeout-now')).toMatchObject([{ to: 1, after: 0, message: { term: 2 } }]);
    expect(eventsOf(effects, 'transfer-started')).toMatchObject([{ to: 1, term: 2, reason: 'node 1 has all entries' }]);
    expect(eventsOf(effects, 'timeout-now-sent')).toMatchObject([{ to: 1 }]);
  });

  it('brings the target up to date first', () => {
    const state = settledLeader();
    const begun = transfer(state, 2);
    expect(sent(begun, 'timeout-now')).toEqual([]);
    expect(eventsOf(begun, 'transfer-started')[0]?.reason).toBe('node 2 lacks 1 entries, and gets them first');
    const effects = receive(state, 2, accepted({ matchIndex: 1 }));
    expect(sent(effects, 'timeout-now')).toMatchObject([{ to: 2 }]);
  });

  it('takes no proposals meanwhile, and answers reads still', () => {
    const state = settledLeader();
    transfer(state, 1);
    const entries = [{ kind: 'client' as const, payload: new Uint8Array(1) }];
    const effects = step(state, { type: 'propose', proposals: [{ ticket: 5, entries }] }, 0);
    expect(effects.proposals).toEqual([{ ticket: 5, kind: 'transferring' }]);
    expect(effects.persist).toBeUndefined();
    expect(eventsOf(effects, 'request-held')).toMatchObject([{ what: 'append', count: 1 }]);
    const read = step(state, { type: 'read', tickets: [6], mode: 'linearizable' }, 0);
    expect(sent(read, 'append-entries')).toHaveLength(2);
  });

  it('repeats TimeoutNow with each heartbeat, since nothing answers it', () => {
    const state = settledLeader();
    const [first] = sent(transfer(state, 1), 'timeout-now');
    const effects = step(state, { type: 'deadline-passed' }, asLeader(state).heartbeatDeadlineNs);
    const [again] = sent(effects, 'timeout-now');
    expect(again?.message.term).toBe(2);
    expect(again?.message.round).toBeGreaterThan(first?.message.round ?? Infinity);
    expect(receive(state, 1, accepted({ matchIndex: 1 })).sends).toEqual([]);
  });

  it('leads on when the target does not run within an election timeout', () => {
    const state = settledLeader();
    transfer(state, 1);
    const dueNs = patienceMs * millisecond;
    while (asLeader(state).heartbeatDeadlineNs < dueNs) {
      const { heartbeatDeadlineNs } = asLeader(state);
      expect(step(state, { type: 'deadline-passed' }, heartbeatDeadlineNs).outcomes).toEqual([]);
    }
    const effects = step(state, { type: 'deadline-passed' }, dueNs);
    const reason = 'node 1 did not take the office in 300 ms; I lead on';
    expect(effects.outcomes).toEqual([{ ticket: 1, kind: 'refused', reason }]);
    expect(eventsOf(effects, 'transfer-ended')).toMatchObject([{ to: 1, done: false, reason }]);
    const entries = [{ kind: 'client' as const, payload: new Uint8Array(1) }];
    const proposed = step(state, { type: 'propose', proposals: [{ ticket: 5, entries }] }, dueNs);
    expect(proposed.proposals).toMatchObject([{ kind: 'appended' }]);
  });

  it('gives up in time even if no heartbeat is due then', () => {
    const state = settledLeader();
    asLeader(state).heartbeatDeadlineNs = 1e12;
    expect(transfer(state, 2, 7).wakeAtNs).toBe(patienceMs * millisecond + 7);
    const { outcomes } = step(state, { type: 'deadline-passed' }, patienceMs * millisecond + 7);
    expect(outcomes).toMatchObject([{ kind: 'refused', reason: expect.stringContaining('did not get all entries') }]);
  });
});

describe('a transfer is refused', () => {
  const joint = { ...votersOnly([0, 1]), outgoing: votersOnly([0, 1, 2]).voters };
  const learning = { ...votersOnly([0, 1]), learners: votersOnly([2]).voters };
  const change = { mode: 'joint', voters: [], learners: [] } as const;

  it.each([
    ['to the leader itself', settledLeader(), 0, 'I lead already'],
    ['to a stranger', settledLeader(), 7, "node 7 has no vote, so it can't lead"],
    ['to a learner', settledLeader({ bootstrap: learning }), 2, "node 2 has no vote, so it can't lead"],
    ['while the configuration is joint', settledLeader({ bootstrap: joint }), 1, 'a change of membership is under way'],
  ])('%s', (_why, state, to, reason) => {
    const effects = transfer(state, to);
    expect(effects.outcomes).toEqual([{ ticket: 1, kind: 'refused', reason }]);
    expect(eventsOf(effects, 'request-held')).toMatchObject([{ what: 'transfer', count: 1, reason }]);
    expect(asLeader(state)).toMatchObject({ transfer: null, leaseAllowed: true });
  });

  it('while another one is under way', () => {
    const state = settledLeader();
    transfer(state, 1);
    expect(transfer(state, 2).outcomes).toMatchObject([
      { kind: 'refused', reason: 'the office is being handed over to node 1' },
    ]);
    expect(asLeader(state).transfer?.to).toBe(1);
  });

  it('while a membership change is under way, or a configuration is not committed', () => {
    const changing = settledLeader();
    asLeader(changing).change = { ticket: 3, change, phase: 'catch-up', index: 0, catchUp: null };
    expect(transfer(changing, 1).outcomes).toMatchObject([{ reason: 'a change of membership is under way' }]);
    const uncommitted = settledLeader();
    uncommitted.configurations.push({ index: 2, configuration: votersOnly([0, 1]) });
    expect(transfer(uncommitted, 1).outcomes).toMatchObject([{ reason: 'a change of membership is under way' }]);
  });

  it('to a server that came back with another folder (rule no-amnesia)', () => {
    const voters = [0, 1, 2].map((id) => ({ id, storage: 1 }));
    const state = settledLeader({ bootstrap: { voters, outgoing: [], learners: [] } });
    receive(state, 2, accepted({ round: state.nextRound - 1, storage: 77 }));
    expect(transfer(state, 2).outcomes).toMatchObject([{ kind: 'refused', rule: 'no-amnesia' }]);
  });

  it('by a server that does not lead: it names the leader', () => {
    expect(transfer(followerOf(), 2).outcomes).toEqual([{ ticket: 1, kind: 'not-leader', leaderId: 1 }]);
    expect(transfer(stateOf(), 2).outcomes).toEqual([{ ticket: 1, kind: 'not-leader', leaderId: null }]);
  });
});

describe('a leader that lost its office in a transfer', () => {
  function deposed(): RaftState {
    const state = settledLeader();
    transfer(state, 1);
    const call = { kind: 'request-vote', term: 3, round: 9, candidateId: 1, lastLogIndex: 1, lastLogTerm: 2 } as const;
    const { outcomes } = receive(state, 1, { ...call, transfer: true });
    expect(outcomes).toEqual([]);
    expect(state.role.name).toBe('follower');
    return state;
  }

  it('is done when the target leads', () => {
    const state = deposed();
    const effects = receive(state, 1, appendEntries({ term: 3 }));
    expect(effects.outcomes).toEqual([{ ticket: 1, kind: 'done', index: 0 }]);
    expect(eventsOf(effects, 'transfer-ended')).toMatchObject([{ done: true, reason: 'node 1 leads term 3' }]);
    expect(receive(state, 1, appendEntries({ term: 3 })).outcomes).toEqual([]);
  });

  it('does not know what became of it when another one leads', () => {
    const effects = receive(deposed(), 2, appendEntries({ term: 4, leaderId: 2 }));
    expect(effects.outcomes).toEqual([{ ticket: 1, kind: 'unknown', reason: 'node 2 leads instead' }]);
  });

  it('nor when it is elected again', () => {
    const state = deposed();
    const nowNs = state.electionDeadlineNs;
    step(state, { type: 'deadline-passed' }, nowNs);
    step(state, { type: 'persisted', write: state.lastWrite }, nowNs);
    const round = state.role.name === 'candidate' ? state.role.round : 0;
    const yes = { kind: 'request-vote-reply', term: state.term, round, storage: 1, voteGranted: true } as const;
    const { outcomes } = receive(state, 2, yes, nowNs);
    expect(outcomes).toEqual([{ ticket: 1, kind: 'unknown', reason: 'I was elected again' }]);
  });

  it('nor when nobody is heard in time', () => {
    const state = deposed();
    const untilNs = state.handedOver?.untilNs ?? 0;
    let effects = step(state, { type: 'deadline-passed' }, 0);
    while (effects.wakeAtNs < untilNs) {
      effects = step(state, { type: 'deadline-passed' }, effects.wakeAtNs);
      expect(effects.outcomes).toEqual([]);
    }
    expect(effects.wakeAtNs).toBe(untilNs);
    const { outcomes } = step(state, { type: 'deadline-passed' }, untilNs);
    expect(outcomes).toMatchObject([{ ticket: 1, kind: 'unknown' }]);
    expect(state.handedOver).toBe(null);
  });
});

describe('a whole cluster', () => {
  it('hands over in three message delays, with all rules on', () => {
    const cluster = settledCluster();
    const ticket = cluster.transferLeadership(0, 2);
    cluster.run(10, () => cluster.outcomes.has(ticket));
    expect(cluster.outcomes.get(ticket)).toEqual({ ticket, kind: 'done', index: 0 });
    expect(cluster.leader?.id).toBe(2);
    cluster.run(2_000);
    expect(cluster.leader?.id).toBe(2);
    expect(cluster.invariants.leaders).toBe(2);
  });

  it('with two servers, and back', () => {
    const cluster = settledCluster(2);
    for (const [from, to] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const ticket = cluster.transferLeadership(from, to);
      cluster.run(100, () => cluster.outcomes.has(ticket));
      expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
    }
  });

  it('survives the loss of the first TimeoutNow', () => {
    const cluster = settledCluster();
    const ticket = cluster.transferLeadership(0, 1);
    expect(cluster.drop({ kind: 'timeout-now' })).toHaveLength(1);
    cluster.run(100, () => cluster.outcomes.has(ticket));
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
  });

  it('to a server that is down: the leader serves again after an election timeout', () => {
    const cluster = settledCluster();
    cluster.crash(2);
    const ticket = cluster.transferLeadership(0, 2);
    expect(cluster.propose(0, 'x').kind).toBe('transferring');
    cluster.run(patienceMs + 1);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('refused');
    expect(cluster.propose(0, 'x').kind).toBe('appended');
    expect(cluster.leader?.id).toBe(0);
  });

  it('what was proposed before the transfer is kept, and serves from the new leader', () => {
    const cluster = settledCluster();
    for (const text of ['a', 'b', 'c']) cluster.propose(0, text);
    const ticket = cluster.transferLeadership(0, 1);
    cluster.run(100, () => cluster.outcomes.has(ticket));
    cluster.run(100);
    const texts = cluster.node(1).applied.map(({ payload }) => new TextDecoder().decode(payload));
    expect(texts.filter((text) => text !== '')).toEqual(['a', 'b', 'c']);
  });
});
