import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { Server } from '../../../shared/configuration.ts';
import type { RuleId } from '../../../shared/rules.ts';
import type { MembershipChange } from '../../../main/raft/contract.ts';
import { isSameSet, withKnownFolders, without } from '../../../main/raft/membership-request.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import {
  accepted,
  asLeader,
  electionExtras,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  someStorage,
} from '../../support/core-messages.ts';

const named = (...ids: number[]): Server[] => ids.map((id) => ({ id, storage: 0 }));

/** Leads {0,1,2} and has committed its no-op. */
function settledLeader(rulesOff: readonly RuleId[] = electionExtras): RaftState {
  const state = leaderOf({ rulesOff });
  receive(state, 1, accepted({ matchIndex: state.log.lastIndex, round: state.nextRound - 1 }));
  return state;
}

function ask(state: RaftState, change: Partial<MembershipChange>) {
  const whole = { mode: 'joint', voters: named(0, 1, 2), learners: [], ...change } as const;
  const effects = step(state, { type: 'change-membership', ticket: 7, change: whole }, state.lastHeardNs);
  return { effects, outcome: effects.outcomes[0] };
}

describe('a change is refused, in a sentence for a person', () => {
  const range = (count: number, from = 0) => named(...Array.from({ length: count }, (_, position) => from + position));
  const { nodesMax, learnersMax } = limits;

  it('more learners than a cluster has, while new voters catch up: no follower would take that configuration', () => {
    const learners = range(learnersMax, 10);
    const state = leaderOf({ bootstrap: { voters: named(0, 1, 2), outgoing: [], learners } });
    receive(state, 1, accepted({ matchIndex: state.log.lastIndex, round: state.nextRound - 1 }));
    const { outcome } = ask(state, { voters: named(0, 1, 2, 3), learners });
    const reason = '33 servers would learn while the new voters catch up, and a cluster has up to 32 learners';
    expect(outcome).toEqual({ ticket: 7, kind: 'refused', reason });
    expect(ask(state, { voters: named(0, 1, 2, 10), learners: learners.slice(1) }).outcome).toBeUndefined();
  });

  it.each<[string, Partial<MembershipChange>, string]>([
    ['no voters', { voters: [] }, 'a cluster without a voter decides nothing; name at least one'],
    ['too many voters', { voters: range(nodesMax + 1) }, 'a cluster has up to 9 voters, not 10'],
    ['too many learners', { learners: range(learnersMax + 1, 10) }, 'a cluster has up to 32 learners, not 33'],
    ['a voter twice', { voters: named(0, 1, 1) }, 'node 1 is named twice; a server either votes or learns'],
    ['voter and learner', { learners: named(2) }, 'node 2 is named twice; a server either votes or learns'],
    ['nothing to do', { voters: named(2, 1, 0) }, 'nothing is to be changed: {0,1,2} is in force'],
    [
      'single-server with two added',
      { mode: 'single-server', voters: named(0, 1, 2, 3, 4) },
      'a single-server change adds or removes one voter; this one adds 2 and removes 0',
    ],
    [
      'single-server with one replaced',
      { mode: 'single-server', voters: named(0, 1, 3) },
      'a single-server change adds or removes one voter; this one adds 1 and removes 1',
    ],
    [
      'this leader with another folder',
      { voters: [...named(1, 2), { id: 0, storage: someStorage + 1 }] },
      'I am node 0 and have another folder than the one that is to be added',
    ],
  ])('%s', (_what, change, reason) => {
    const state = settledLeader();
    const before = structuredClone(state);
    const { effects, outcome } = ask(state, change);
    expect(outcome).toEqual({ ticket: 7, kind: 'refused', reason });
    expect(eventsOf(effects, 'request-held')).toMatchObject([{ what: 'membership-change', count: 1, reason }]);
    expect(effects).toMatchObject({ persist: undefined, sends: [] });
    expect(state).toEqual(before);
  });

  it('while another one is under way', () => {
    const state = settledLeader();
    ask(state, { voters: named(0, 1) });
    expect(ask(state, { voters: named(0, 2) }).outcome).toMatchObject({
      kind: 'refused',
      reason: 'another change of membership is under way: {0,1,2}→{0,1} at entry 2',
    });
  });

  it('while the office is being handed over', () => {
    const state = settledLeader();
    asLeader(state).transfer = { ticket: 1, to: 2, deadlineNs: 1e12, timeoutNowSent: false };
    expect(ask(state, { voters: named(0, 1) }).outcome).toMatchObject({
      kind: 'refused',
      reason: 'the office is being handed over to node 2',
    });
  });

  it('by a server that does not lead, which says who does', () => {
    expect(ask(followerOf(), { voters: named(0, 1) }).outcome).toEqual({ ticket: 7, kind: 'not-leader', leaderId: 1 });
  });
});

describe('rule config-after-own-term-commit (dissertation §4.1)', () => {
  it('a leader begins no change before it has committed an entry of its own term', () => {
    expect(ask(leaderOf(), { voters: named(0, 1) }).outcome).toMatchObject({
      kind: 'refused',
      rule: 'config-after-own-term-commit',
    });
    expect(ask(settledLeader(), { voters: named(0, 1) }).outcome).toBeUndefined();
  });

  it('off, it begins, and says that it would not have', () => {
    const off = [...electionExtras, 'config-after-own-term-commit' as const];
    const early = ask(leaderOf({ rulesOff: off }), { voters: named(0, 1) });
    expect(early.outcome).toBeUndefined();
    expect(eventsOf(early.effects, 'rule-waived')).toMatchObject([{ rule: 'config-after-own-term-commit' }]);
    const inTime = ask(settledLeader(off), { voters: named(0, 1) });
    expect(eventsOf(inTime.effects, 'rule-waived')).toEqual([]);
    // What is refused for another reason does not need the rule.
    const wrong = ask(leaderOf({ rulesOff: off }), { voters: [] });
    expect(eventsOf(wrong.effects, 'rule-waived')).toEqual([]);
  });
});

describe('folders', () => {
  const present = { voters: [{ id: 1, storage: 11 }], outgoing: [], learners: [{ id: 2, storage: 22 }] };

  it('a member keeps its own when none is named; a stranger may come with any', () => {
    expect(withKnownFolders(present, { mode: 'joint', voters: named(1, 2), learners: named(3) })).toMatchObject({
      voters: [
        { id: 1, storage: 11 },
        { id: 2, storage: 22 },
      ],
      learners: [{ id: 3, storage: 0 }],
    });
  });

  it('another folder makes another server', () => {
    const replaced = withKnownFolders(present, { mode: 'joint', voters: [{ id: 1, storage: 12 }], learners: [] });
    expect(without(replaced.voters, present.voters)).toEqual([{ id: 1, storage: 12 }]);
    expect(isSameSet(replaced.voters, present.voters)).toBe(false);
  });
});
