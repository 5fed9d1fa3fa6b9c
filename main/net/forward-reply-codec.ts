/**
 * The leader's answer to a forwarded append: where the entries stand, or why not.
 * `answer` is nil or `[firstIndex, lastIndex, term]`; `failure` is nil or `[code, message, lastClientEntry, leaderId,
 * firstIndex]`, the last three nil where the failure has none, `lastClientEntry` as `[index, term]`. Exactly one of the
 * two is given.
 */
import { assert } from '../../shared/assert.ts';
import type { AppendAnswer } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import { nodeIdMax } from '../../shared/ids.ts';
import type { ForwardAppendReply } from '../../shared/raft-message.ts';
import type { Failure, FailureCode } from '../../shared/result.ts';
import type { FieldReader, Problem } from './field-reader.ts';

/** A code's place is its number on the wire: append only. */
export const failureCodes: readonly FailureCode[] = [
  'no-leader',
  'timed-out',
  'conflict',
  'too-large',
  'overloaded',
  'invalid',
  'not-running',
  'leadership-lost',
  'unusable',
  'internal',
  'compacted',
  'session-expired',
  'refused',
];

/** @returns the two fields `answer` and `failure`. */
export function answerFields(reply: ForwardAppendReply): [unknown, unknown] {
  const { answer, failure } = reply;
  assert(
    (answer === undefined) !== (failure === undefined),
    'A reply to a forwarded append has either an answer or a failure.',
  );
  return [answer ? [answer.firstIndex, answer.lastIndex, answer.term] : null, failure ? encodeFailure(failure) : null];
}

function encodeFailure(failure: Failure): unknown[] {
  const { code, message, lastClientEntry, leaderId, firstIndex } = failure;
  return [
    failureCodes.indexOf(code),
    message.slice(0, limits.failureMessageCharsMax),
    lastClientEntry ? [lastClientEntry.index, lastClientEntry.term] : null,
    leaderId ?? null,
    firstIndex ?? null,
  ];
}

export function readForwardAppendReply(fields: FieldReader, problem: Problem, round: number): ForwardAppendReply {
  const answerReader = fields.optionalFields('answer');
  const answer = answerReader && readAnswer(answerReader);
  const failureReader = fields.optionalFields('failure');
  const failure = failureReader && readFailure(failureReader);
  if ((answer === undefined) === (failure === undefined)) problem.reason ??= 'it needs either an answer or a failure';
  return { kind: 'forward-append-reply', round, ...(answer && { answer }), ...(failure && { failure }) };
}

function readAnswer(fields: FieldReader): AppendAnswer {
  const firstIndex = fields.integer('firstIndex', limits.indexMax, 1);
  const lastIndex = fields.integer('lastIndex', limits.indexMax, firstIndex);
  const term = fields.integer('term', limits.termMax, 1);
  fields.end('answer');
  return { kind: 'append', firstIndex, lastIndex, term };
}

function readFailure(fields: FieldReader): Failure {
  const code = fields.choice('failure code', failureCodes) ?? 'internal';
  const message = fields.text('failure message', limits.failureMessageCharsMax);
  const last = fields.optionalFields('last client entry');
  const lastClientEntry = last && readLastClientEntry(last);
  const leaderId = fields.optionalInteger('leaderId', nodeIdMax);
  const firstIndex = fields.optionalInteger('firstIndex', limits.indexMax, 1);
  fields.end('failure');
  return {
    code,
    message,
    ...(lastClientEntry && { lastClientEntry }),
    ...(leaderId !== undefined && { leaderId }),
    ...(firstIndex !== undefined && { firstIndex }),
  };
}

function readLastClientEntry(fields: FieldReader): { index: number; term: number } {
  const index = fields.integer('last client index', limits.indexMax);
  const term = fields.integer('last client term', limits.termMax);
  fields.end('last client entry');
  return { index, term };
}
