import { describe, expect, it } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { nextDeadlineNs } from '../../../main/raft/deadline.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import {
  appendEntries,
  asFollower,
  asLeader,
  candidateOf,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  sent,
  stateOf,
} from '../../support/core-messages.ts';

const heartbeatNs = paperTimings.heartbeatIntervalMs * 1_000_000;

describe('a deadline that has not come', () => {
  it.each([
    ['follower', followerOf],
    ['candidate', candidateOf],
    ['leader', leaderOf],
  ])('does nothing to a %s', (_role, make) => {
    const state = make();
    const before = structuredClone(state);
    const effects = step(state, { type: 'deadline-passed' }, nextDeadlineNs(state) - 1);
    expect(effects).toMatchObject({ persist: undefined, sends: [], events: [], wakeAtNs: nextDeadlineNs(before) });
    expect(state).toEqual(before);
  });
});

describe('a deadline that has come', () => {
  it('without a leader starts an election, and says how long it was silent', () => {
    const state = stateOf();
    const effects = step(state, { type: 'deadline-passed' }, 240_000_000 + state.electionDeadlineNs);
    expect(state).toMatchObject({ term: 2, votedFor: 0, role: { name: 'candidate' } });
    expect(eventsOf(effects, 'election-started')[0]?.reason).toMatch(/^no leader was heard for \d+ ms$/);
  });

  it('names the leader that fell silent', () => {
    const state = followerOf();
    const effects = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(eventsOf(effects, 'election-started')[0]?.reason).toMatch(/^nothing from the leader, node 1, for \d+ ms$/);
  });

  it('lets a candidate begin the next election', () => {
    const state = candidateOf();
    const { electionDeadlineNs } = state;
    const effects = step(state, { type: 'deadline-passed' }, electionDeadlineNs);
    expect(state).toMatchObject({ term: 3, votedFor: 0, role: { name: 'candidate', votes: [] } });
    expect(sent(effects, 'request-vote').map(({ to, message }) => [to, message.term])).toEqual([
      [1, 3],
      [2, 3],
    ]);
    expect(eventsOf(effects, 'election-started')[0]?.reason).toMatch(
      /^the election of term 2 was not decided in \d+ ms$/,
    );
    expect(state.electionDeadlineNs).toBeGreaterThan(electionDeadlineNs);
  });

  it('lets a leader send heartbeats and nothing else; it never times out', () => {
    const state = leaderOf();
    const due = asLeader(state).heartbeatDeadlineNs;
    const effects = step(state, { type: 'deadline-passed' }, due + 5);
    expect(effects.sends.map(({ to }) => to)).toEqual([1, 2]);
    expect(effects).toMatchObject({ persist: undefined, wakeAtNs: due + 5 + heartbeatNs });
    step(state, { type: 'deadline-passed' }, due + 1e12);
    expect(state.role.name).toBe('leader');
  });
});

describe('the next deadline', () => {
  it('of a follower moves on with each message of its leader', () => {
    const state = followerOf();
    for (const nowNs of [1e6, 2e6, 3e6]) {
      const { wakeAtNs } = receive(state, 1, appendEntries(), nowNs);
      expect(wakeAtNs).toBe(nowNs + state.electionTimeoutNs);
    }
  });

  it('is the retry of a read when that is earlier', () => {
    const state = followerOf();
    const { wakeAtNs } = step(state, { type: 'read', tickets: [1], mode: 'linearizable' }, 0);
    expect(wakeAtNs).toBe(asFollower(state).forwardedReads[0]?.retryAtNs);
    expect(wakeAtNs).toBe(2 * heartbeatNs);
  });

  it('lies ahead after every step at that time, so that a node comes to rest', () => {
    for (const make of [stateOf, followerOf, candidateOf, leaderOf]) {
      const state = make();
      for (let times = 0; times < 5; times++) {
        const nowNs = nextDeadlineNs(state);
        expect(step(state, { type: 'deadline-passed' }, nowNs).wakeAtNs).toBeGreaterThan(nowNs);
      }
    }
  });
});

it('a leader that works keeps its office: nobody else times out in ten minutes', () => {
  const cluster = new CoreCluster({ size: 3 });
  const leader = cluster.elect();
  const { term } = leader.core;
  cluster.run(600_000);
  expect(cluster.all.map(({ core }) => core.term)).toEqual([term, term, term]);
  expect(leader.role).toBe('leader');
});
