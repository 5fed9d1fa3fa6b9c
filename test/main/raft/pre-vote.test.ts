import { describe, expect, it } from 'vitest';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import { followerOf, preVoteYes, stateOf } from '../../support/core-messages.ts';
import type { PreVote } from '../../../shared/raft-message.ts';

const millisecond = 1_000_000;
const allRules = { rulesOff: [] } as const;

function preVote(fields: Partial<PreVote> = {}): PreVote {
  return { kind: 'pre-vote', term: 2, round: 9, candidateId: 1, lastLogIndex: 0, lastLogTerm: 0, ...fields };
}

describe('[D9.6] before it raises its term, a server asks whether it would win', () => {
  it('asks every other voter for the term that it would take, and takes it only with a majority', () => {
    const state = stateOf(allRules);
    const asked = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(asked.sends.map(({ to, message }) => [to, message.kind, message.term])).toEqual([
      [1, 'pre-vote', 2],
      [2, 'pre-vote', 2],
    ]);
    expect(asked.persist).toBeUndefined();
    expect(state).toMatchObject({ term: 1, votedFor: null, role: { name: 'follower' } });

    const round = asked.sends[0]?.message.round ?? 0;
    const elects = step(state, { type: 'message', from: 2, message: preVoteYes({ round }) }, 0);
    expect(state).toMatchObject({ term: 2, votedFor: 0, role: { name: 'candidate' } });
    expect(elects.sends.map(({ message }) => message.kind)).toEqual(['request-vote', 'request-vote']);
  });

  it('counts each voter once, and only answers to this question', () => {
    const state = stateOf({ ...allRules, voters: [0, 1, 2, 3, 4] });
    const asked = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    const round = asked.sends[0]?.message.round ?? 0;
    const yes = (from: number, of: number): void => {
      step(state, { type: 'message', from, message: preVoteYes({ round: of }) }, 0);
    };
    yes(1, round);
    yes(1, round);
    yes(2, round - 1);
    expect(state.role.name).toBe('follower');
    yes(2, round);
    expect(state.role.name).toBe('candidate');
  });

  it('a refusal of a higher term is adopted, and the next question is about the term above it', () => {
    const state = stateOf(allRules);
    const asked = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    const round = asked.sends[0]?.message.round ?? 0;
    step(state, { type: 'message', from: 2, message: preVoteYes({ term: 7, round, voteGranted: false }) }, 0);
    expect(state).toMatchObject({ term: 7, role: { name: 'follower', preVote: null } });
    const again = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(again.sends[0]?.message).toMatchObject({ kind: 'pre-vote', term: 8 });
  });

  it('a server alone in its cluster needs to ask nobody', () => {
    const state = stateOf({ ...allRules, voters: [0] });
    step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(state).toMatchObject({ term: 2, role: { name: 'candidate' } });
  });
});

describe('a yes to a pre-vote', () => {
  const ask = (message: PreVote, options = {}, nowNs = 150_000_000) => {
    const state = stateOf({ ...allRules, ...options });
    const deadlineNs = state.electionDeadlineNs;
    const [reply] = step(state, { type: 'message', from: 1, message }, nowNs).sends;
    return { state, deadlineNs, reply: reply?.message };
  };

  it('binds nobody: no term is adopted, no vote given, no timer wound up, nothing written', () => {
    const { state, deadlineNs, reply } = ask(preVote());
    expect(reply).toMatchObject({ kind: 'pre-vote-reply', voteGranted: true, term: 1, round: 9 });
    expect(state).toMatchObject({ term: 1, votedFor: null, lastWrite: 0, electionDeadlineNs: deadlineNs });
  });

  it('is given by one who voted for another in the present term', () => {
    expect(ask(preVote(), { votedFor: 2 }).reply).toMatchObject({ voteGranted: true });
  });

  it.each([
    ['a term that is not above mine', preVote({ term: 1 }), {}],
    ['a log that is less up-to-date than mine', preVote({ lastLogIndex: 1, lastLogTerm: 1 }), { log: [1, 1] }],
  ])('is refused for %s', (_what, message, options) => {
    expect(ask(message, options).reply).toMatchObject({ voteGranted: false });
  });

  it('[D4.2.3] is refused while a leader is heard, and given after the minimum election timeout', () => {
    const state = followerOf(allRules);
    const answerAt = (nowMs: number) =>
      step(state, { type: 'message', from: 2, message: preVote({ candidateId: 2 }) }, nowMs * millisecond).sends[0]
        ?.message;
    expect(answerAt(149)).toMatchObject({ voteGranted: false });
    expect(answerAt(150)).toMatchObject({ voteGranted: true });
  });
});

describe('clusters with all rules on', () => {
  it('a server that was cut off returns without deposing the leader', () => {
    const cluster = new CoreCluster({ size: 3, ...allRules });
    cluster.run(
      2_000,
      () => cluster.leader !== undefined && cluster.all.every(({ core }) => core.term === cluster.leader?.core.term),
    );
    const leader = cluster.leader?.id ?? -1;
    const term = cluster.leader?.core.term;
    const away = [0, 1, 2].find((id) => id !== leader) ?? -1;
    cluster.isolate(away);
    cluster.run(3_000);
    expect(cluster.node(away).core.term).toBe(term);
    cluster.heal();
    cluster.run(1_000);
    expect(cluster.leader?.id).toBe(leader);
    expect(cluster.all.map(({ core }) => core.term)).toEqual([term, term, term]);
  });
});
