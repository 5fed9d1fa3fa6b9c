import { describe, expect, it } from 'vitest';
import { checkAppendArguments, checkMembershipArguments } from '../../../main/node/check-arguments.ts';

describe('what is no list is refused with a sentence', () => {
  it.each([undefined, null, 'foo', {}, { entries: 'foo' }, { entries: null }])('append(%j)', (request) => {
    const message = "entries must be a list of texts or bytes. Call append({ entries: ['foo'] }).";
    expect(checkAppendArguments(request)).toEqual({ code: 'invalid', message });
  });

  it.each([
    [undefined, 'voters'],
    [{}, 'voters'],
    [{ voters: 0 }, 'voters'],
    [{ voters: ['0'] }, 'voters'],
    [{ voters: [null] }, 'voters'],
    [{ voters: [0], learners: null }, 'learners'],
    [{ voters: [0], learners: '1' }, 'learners'],
  ])('changeMembership(%j)', (change, field) => {
    const message = `${field} must be a list of node ids. Call changeMembership({ voters: [0, 1, 2] }).`;
    expect(checkMembershipArguments(change)).toEqual({ code: 'invalid', message });
  });
});

it('lists are left to the check of the request', () => {
  expect(checkAppendArguments({ entries: [] })).toBeUndefined();
  expect(checkMembershipArguments({ voters: [0] })).toBeUndefined();
  expect(checkMembershipArguments({ voters: [{ id: 0, storage: 7 }], learners: [99] })).toBeUndefined();
});
