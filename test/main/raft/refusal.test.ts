import { describe, expect, it } from 'vitest';
import { logRefusal } from '../../../main/raft/refusal.ts';
import { beginStep } from '../../../main/raft/step-context.ts';
import { stateOf } from '../../support/core-messages.ts';

function asks(lastLogIndex: number, lastLogTerm: number) {
  return {
    kind: 'request-vote',
    term: 9,
    round: 1,
    candidateId: 1,
    lastLogIndex,
    lastLogTerm,
    transfer: false,
  } as const;
}

describe('[5.4.1] a vote is refused for a log that is less up-to-date', () => {
  const voter = beginStep(stateOf({ log: [1, 2, 2] }), 0);

  it.each([
    ['an earlier last term, however long', asks(9, 1)],
    ['the same last term, but shorter', asks(2, 2)],
  ])('%s', (_what, call) => {
    expect(logRefusal(voter, call)).toMatchObject({ rule: 'up-to-date-vote' });
  });

  it.each([
    ['the same end', asks(3, 2)],
    ['the same last term and longer', asks(4, 2)],
    ['a later last term, however short', asks(1, 3)],
  ])('and not for %s', (_what, call) => {
    expect(logRefusal(voter, call)).toBeUndefined();
  });

  it('the reason names both ends', () => {
    expect(logRefusal(voter, asks(2, 2))?.reason).toBe("the candidate's log ends at 2 (term 2), mine at 3 (term 2)");
  });
});
