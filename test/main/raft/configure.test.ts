import { describe, expect, it } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import {
  appendEntries,
  asLeader,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  requestVote,
} from '../../support/core-messages.ts';

const slower = { electionTimeoutMinMs: 1_500, electionTimeoutMaxMs: 3_000, heartbeatIntervalMs: 500 };

describe('rules', () => {
  it('that are switched off are off from the next input on, and it is said', () => {
    const state = followerOf({ rulesOff: ['pre-vote'] });
    const effects = step(state, { type: 'configure', rulesOff: ['one-vote-per-term'] }, 0);
    const reason = 'one-vote-per-term was switched off, pre-vote was switched on';
    expect(eventsOf(effects, 'rules-changed')).toEqual([
      { type: 'rules-changed', rulesOff: ['one-vote-per-term'], reason },
    ]);
    receive(state, 1, requestVote({ candidateId: 1 }), 160_000_000);
    receive(state, 2, requestVote({ candidateId: 2 }), 160_000_000);
    expect(state.votedFor).toBe(2);
  });

  it('come back with an empty list', () => {
    const state = followerOf({ rulesOff: ['pre-vote'] });
    const effects = step(state, { type: 'configure', rulesOff: [] }, 0);
    const reason = 'pre-vote was switched on';
    expect(eventsOf(effects, 'rules-changed')).toMatchObject([{ rulesOff: [], reason }]);
    expect(state.rulesOff).toEqual([]);
  });

  it('are left alone when only timings change', () => {
    const state = followerOf({ rulesOff: ['pre-vote'] });
    const effects = step(state, { type: 'configure', timings: slower }, 0);
    expect(effects.events).toEqual([]);
    expect(state).toMatchObject({ rulesOff: ['pre-vote'], timings: slower });
  });
});

describe('timings', () => {
  it('hold for a follower from the next word of its leader on', () => {
    const state = followerOf();
    const { electionDeadlineNs } = state;
    expect(step(state, { type: 'configure', timings: slower }, 0).wakeAtNs).toBe(electionDeadlineNs);
    receive(state, 1, appendEntries(), 1_000_000);
    expect(state.electionTimeoutNs).toBeGreaterThanOrEqual(1_500_000_000);
    expect(state.electionTimeoutNs).toBeLessThanOrEqual(3_000_000_000);
  });

  it('a leader that is to be quicker is so at once, and takes nobody for silent before it could answer', () => {
    const state = leaderOf();
    step(state, { type: 'configure', rulesOff: [], timings: slower }, 0);
    step(state, { type: 'deadline-passed' }, asLeader(state).heartbeatDeadlineNs);
    const nowNs = 540_000_000;
    const { wakeAtNs } = step(state, { type: 'configure', timings: paperTimings }, nowNs);
    expect(wakeAtNs).toBe(nowNs + 10_000_000);
    step(state, { type: 'deadline-passed' }, wakeAtNs);
    expect(state.role.name).toBe('leader');
    expect(asLeader(state).heartbeatDeadlineNs).toBe(wakeAtNs + 50_000_000);
  });

  it('hold for a leader from its next heartbeat on', () => {
    const state = leaderOf();
    step(state, { type: 'configure', timings: slower }, 0);
    const due = asLeader(state).heartbeatDeadlineNs;
    expect(step(state, { type: 'deadline-passed' }, due).wakeAtNs).toBe(due + 500_000_000);
  });

  it('can change in a whole cluster at work, and its leader stays', () => {
    const cluster = new CoreCluster({ size: 3, rulesOff: [] });
    const leader = cluster.elect();
    for (const timings of [slower, paperTimings, slower]) {
      // The leader last when it is to fall silent for longer, first when for less.
      const ids = [...cluster.nodes.keys()].filter((id) => id !== leader.id);
      const order = timings === slower ? [...ids, leader.id] : [leader.id, ...ids];
      cluster.run(1_000);
      for (const id of order) {
        cluster.configure(id, { timings });
        cluster.run(600);
      }
      expect(cluster.propose(leader.id, 'x').kind).toBe('appended');
    }
    expect(cluster.invariants.leaders).toBe(1);
  });
});
