import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { CoreInput } from '../../../main/raft/contract.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import { soakCluster } from '../../support/core-soak.ts';
import {
  appendEntries,
  candidateOf,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  requestVote,
  stateOf,
  vote,
} from '../../support/core-messages.ts';

const roles = [
  ['follower', followerOf],
  ['candidate', candidateOf],
  ['leader', leaderOf],
] as const;

describe('the same state and the same inputs', () => {
  it.each(roles)('give the same effects and the same state, to the last field: %s', (_role, make) => {
    const inputs: CoreInput[] = [
      { type: 'deadline-passed' },
      { type: 'propose', proposals: [{ ticket: 1, entries: [{ kind: 'client', payload: new Uint8Array(3) }] }] },
      { type: 'read', tickets: [1, 2], mode: 'linearizable' },
      { type: 'persisted', write: 2 },
      { type: 'message', from: 1, message: requestVote({ term: 3 }) },
      { type: 'message', from: 1, message: appendEntries({ term: 4, entries: [] }) },
    ];
    const state = make();
    const clone = structuredClone(state);
    for (const [position, input] of inputs.entries()) {
      const nowNs = state.electionDeadlineNs + position;
      expect(step(clone, structuredClone(input), nowNs)).toEqual(step(state, input, nowNs));
      expect(clone).toEqual(state);
    }
  });

  it('give the same run of a whole cluster under faults', () => {
    expect(soakCluster(11, 5, 300)).toEqual(soakCluster(11, 5, 300));
  });

  it('another seed gives another run', () => {
    const leaders = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => new CoreCluster({ size: 5, seed }).elect().id);
    expect(new Set(leaders).size).toBeGreaterThan(1);
  });
});

describe('a message', () => {
  it.each([
    ['of this very server', 0, requestVote({ candidateId: 0, term: 5 })],
    ['of an absurdly high term', 1, requestVote({ term: limits.termJumpMax + 2 })],
  ])('%s is not taken in', (_what, from, message) => {
    const state = stateOf();
    const before = structuredClone(state);
    const effects = receive(state, from, message);
    expect(effects).toMatchObject({ persist: undefined, sends: [] });
    expect(eventsOf(effects, 'message-ignored')).toMatchObject([{ from, kind: 'request-vote' }]);
    expect(state).toEqual(before);
  });

  it('of a server that is no member is taken in: this one may not have heard of it yet (dissertation §4.1)', () => {
    const state = stateOf();
    const [reply] = receive(state, 9, requestVote({ candidateId: 9, term: 5 })).sends;
    expect(reply).toMatchObject({ to: 9, message: { voteGranted: true } });
  });

  it.each(roles)('of a higher term is adopted by a %s before anything else, in the same write', (_role, make) => {
    const state = make();
    const effects = receive(state, 1, appendEntries({ term: 6, prevLogIndex: 4, prevLogTerm: 6 }));
    expect(effects.persist).toMatchObject({ hardState: { term: 6, votedFor: null } });
    expect(state).toMatchObject({ term: 6, role: { name: 'follower', leaderId: 1 } });
  });

  it('of the same term leaves the term and the vote as they are', () => {
    const state = candidateOf();
    expect(receive(state, 1, vote({ round: 0 })).persist).toBeUndefined();
    expect(state).toMatchObject({ term: 2, votedFor: 0 });
  });
});

it('every step says when to come back', () => {
  for (const [, make] of roles) {
    const state = make();
    const { wakeAtNs } = step(state, { type: 'persisted', write: 0 }, 0);
    expect(wakeAtNs).toBeGreaterThan(0);
    expect(Number.isSafeInteger(wakeAtNs)).toBe(true);
  }
});
