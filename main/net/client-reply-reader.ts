/**
 * Takes the answers for a client out of the fields of their body, each with its type and bounds.
 */
import { isIP } from 'node:net';
import type { AppendAnswer, ClientAnswer, DoneAnswer } from '../../shared/client-request.ts';
import { limits, type Member } from '../../shared/cluster-config.ts';
import { nodeIdMax } from '../../shared/ids.ts';
import type { ClientCallReply, NumberedAnswer } from '../../shared/raft-message.ts';
import type { Failure } from '../../shared/result.ts';
import { answerForm, answerFormBits, failureKind, kindMask, requestKinds } from './client-call-forms.ts';
import { firstFormerAnswer, type FormerAnswer } from './client-reply-codec.ts';
import type { FieldReader, Problem } from './field-reader.ts';
import { failureCodes } from './forward-reply-codec.ts';
import { PayloadReader } from './payload-run.ts';
import { readRangeAnswer } from './range-answer-codec.ts';

const formMax = 127;

interface Reading {
  readonly integers: FieldReader;
  readonly texts: FieldReader;
  readonly payloads: PayloadReader;
  readonly problem: Problem;
}

/** Reads the fields behind the round; what is wrong is noted in `problem`. */
export function readClientCallReply(fields: FieldReader, problem: Problem, round: number): ClientCallReply {
  const place = fields.optionalFields('leader');
  const leader = place ? readLeader(place, problem) : null;
  const integers = fields.fieldsOf('answers');
  const texts = fields.fieldsOf('sentences');
  const payloads = new PayloadReader(fields.bytes('payloads', limits.messageBytesMax), problem);
  const reading = { integers, texts, payloads, problem };
  const answers: NumberedAnswer[] = [];
  const former = firstFormerAnswer();
  while (integers.hasMore && problem.reason === undefined) {
    if (answers.length === limits.requestsPerCallMax) problem.reason = `it has more answers than ${answers.length}`;
    answers.push(readAnswer(reading, former));
  }
  texts.end('sentences');
  payloads.end();
  return { kind: 'client-call-reply', round, leader, answers };
}

/** Longer than any literal address with the name of its interface. */
const hostCharsMax = 64;

function readLeader(fields: FieldReader, problem: Problem): Member {
  const id = fields.integer("the leader's id", nodeIdMax);
  const host = fields.text("the leader's host", hostCharsMax);
  const port = fields.integer("the leader's port", 65_535);
  fields.end('leader');
  if (isIP(host) === 0) problem.reason ??= "the leader's host is no literal address";
  return { id, address: { host, port } };
}

function readAnswer(reading: Reading, former: FormerAnswer): NumberedAnswer {
  const { integers, problem } = reading;
  const form = integers.integer("an answer's form", formMax);
  const allowed = answerFormBits[form & kindMask] ?? -1;
  if (allowed === -1 || (form & ~(kindMask | answerForm.number | allowed)) !== 0)
    problem.reason ??= `an answer has the form ${form}`;
  const number =
    (form & answerForm.number) === 0
      ? former.number + 1
      : integers.integer("an answer's number", Number.MAX_SAFE_INTEGER, 1);
  if (number > Number.MAX_SAFE_INTEGER) problem.reason ??= 'its numbers come to an end';
  former.number = number;
  if ((form & kindMask) === failureKind) return { number, result: { ok: false, failure: readFailure(form, reading) } };
  return { number, result: { ok: true, value: readValue(form, reading, former) } };
}

function readValue(form: number, { integers, payloads, problem }: Reading, former: FormerAnswer): ClientAnswer {
  const kind = requestKinds[form & kindMask];
  switch (kind) {
    case 'append':
      return readAppended(form, integers, former, problem);
    case 'index-range':
      return readRangeAnswer((form & answerForm.continueAt) !== 0, integers, payloads, problem);
    case 'open-session':
      return { kind, sessionId: integers.integer('sessionId', limits.indexMax, 1) };
    default:
      return { kind: kind as DoneAnswer['kind'], index: integers.integer('index', limits.indexMax) };
  }
}

function readAppended(form: number, integers: FieldReader, former: FormerAnswer, problem: Problem): AppendAnswer {
  const firstIndex =
    (form & answerForm.firstIndex) === 0 ? former.lastIndex + 1 : integers.integer('firstIndex', limits.indexMax, 1);
  const lastIndex =
    (form & answerForm.lastIndex) === 0 ? firstIndex : integers.integer('lastIndex', limits.indexMax, firstIndex);
  const term = (form & answerForm.term) === 0 ? former.term : integers.integer('term', limits.termMax, 1);
  if (firstIndex > limits.indexMax || term === 0) problem.reason ??= 'an append goes on where none can';
  former.lastIndex = lastIndex;
  former.term = term;
  return { kind: 'append', firstIndex, lastIndex, term };
}

function readFailure(form: number, { integers, texts }: Reading): Failure {
  const code = integers.choice('failure code', failureCodes) ?? 'internal';
  const message = texts.text('failure message', limits.failureMessageCharsMax);
  const last = (form & answerForm.lastClientEntry) === 0 ? undefined : readLastClientEntry(integers);
  const leaderId = (form & answerForm.leaderId) === 0 ? undefined : integers.integer('leaderId', nodeIdMax);
  const firstIndex =
    (form & answerForm.firstHeldIndex) === 0 ? undefined : integers.integer('firstIndex', limits.indexMax, 1);
  return {
    code,
    message,
    ...(last && { lastClientEntry: last }),
    ...(leaderId !== undefined && { leaderId }),
    ...(firstIndex !== undefined && { firstIndex }),
  };
}

function readLastClientEntry(integers: FieldReader): { index: number; term: number } {
  const index = integers.integer('last client index', limits.indexMax);
  return { index, term: integers.integer('last client term', limits.termMax) };
}
