import { describe, expect, it } from 'vitest';
import { FieldReader, type Problem } from '../../../main/net/field-reader.ts';
import {
  expectationIntegers,
  goesOn,
  nextSession,
  readExpectation,
  readSession,
  sessionIntegers,
} from '../../../main/net/session-codec.ts';
import { limits } from '../../../shared/cluster-config.ts';

const session = { sessionId: 6, sequence: 4, lowestOpen: 2 };

function readerOf(integers: number[]): FieldReader {
  const problem: Problem = {};
  return new FieldReader(integers, problem, 'the message');
}

it('conditions and sessions come back as they were', () => {
  const expectation = { prevLogIndex: 9, prevLogTerm: 3 };
  expect(readExpectation(readerOf(expectationIntegers(expectation)))).toEqual(expectation);
  expect(readSession(readerOf(sessionIntegers(session)))).toEqual(session);
});

describe('a session goes on', () => {
  it('with its next request, while no other answer has come', () => {
    const next = { ...session, sequence: 5 };
    expect(nextSession(session)).toEqual(next);
    expect(goesOn(session, next)).toBe(true);
    const others = [session, { ...next, sequence: 6 }, { ...next, sessionId: 7 }, { ...next, lowestOpen: 3 }];
    expect(others.map((other) => goesOn(session, other))).toEqual([false, false, false, false]);
    expect(goesOn(undefined, next)).toBe(false);
  });

  it('no further than so many requests may be open, and than numbers go', () => {
    expect(nextSession(undefined)).toBeUndefined();
    expect(nextSession({ ...session, sequence: limits.sessionWindowMax + 1 })).toBeUndefined();
    const last = Number.MAX_SAFE_INTEGER;
    expect(nextSession({ ...session, sequence: last, lowestOpen: last })).toBeUndefined();
  });
});
