/**
 * Conditions and sessions of requests, as integers in a row. Requests of one session mostly follow each other: such a one
 * is said to go on where the one before it stood, and takes no integers at all.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { Expectation, SessionStamp } from '../../shared/log-entry.ts';
import type { FieldReader } from './field-reader.ts';

export function expectationIntegers({ prevLogIndex, prevLogTerm }: Expectation): [number, number] {
  return [prevLogIndex, prevLogTerm];
}

/** Two integers: index and term of the last client entry that the client has seen, (0, 0) for none. */
export function readExpectation(integers: FieldReader): Expectation {
  const prevLogIndex = integers.integer("an expectation's prevLogIndex", limits.indexMax);
  const prevLogTerm = integers.integer("an expectation's prevLogTerm", limits.termMax);
  return { prevLogIndex, prevLogTerm };
}

export function sessionIntegers({ sessionId, sequence, lowestOpen }: SessionStamp): [number, number, number] {
  return [sessionId, sequence, lowestOpen];
}

/** Three integers: which session, which of its requests, and which one is the lowest whose answer the client lacks. */
export function readSession(integers: FieldReader): SessionStamp {
  const sessionId = integers.integer("a session's id", limits.indexMax, 1);
  const sequence = integers.integer("a session's sequence", Number.MAX_SAFE_INTEGER, 1);
  const lowest = Math.max(1, sequence - limits.sessionWindowMax + 1);
  return { sessionId, sequence, lowestOpen: integers.integer("a session's lowestOpen", sequence, lowest) };
}

/** True for the next request of the same session, with the same answers outstanding. */
export function goesOn(former: SessionStamp | undefined, next: SessionStamp): boolean {
  return (
    former !== undefined &&
    next.sequence === former.sequence + 1 &&
    next.sessionId === former.sessionId &&
    next.lowestOpen === former.lowestOpen
  );
}

/** The one for which `goesOn` is true; undefined where none can be. */
export function nextSession(former: SessionStamp | undefined): SessionStamp | undefined {
  if (former === undefined) return undefined;
  const { sessionId, lowestOpen } = former;
  const sequence = former.sequence + 1;
  if (sequence - lowestOpen >= limits.sessionWindowMax || sequence > Number.MAX_SAFE_INTEGER) return undefined;
  return { sessionId, sequence, lowestOpen };
}
