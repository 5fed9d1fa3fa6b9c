/**
 * The answers for a client: integers in a row, the sentences of failures, and the payloads of ranges. Each answer begins
 * with its form, so that the answer to an append of a busy session takes one integer.
 */
import { assert } from '../../shared/assert.ts';
import type { AppendAnswer, ClientAnswer } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { ClientCallReply, NumberedAnswer } from '../../shared/raft-message.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { answerForm, failureKind, requestKinds } from './client-call-forms.ts';
import { failureCodes } from './forward-reply-codec.ts';
import { joinPayloads } from './payload-run.ts';
import { writeRangeAnswer } from './range-answer-codec.ts';

/** What an answer may take over from those before. */
export interface FormerAnswer {
  number: number;
  lastIndex: number;
  term: number;
}

export const firstFormerAnswer = (): FormerAnswer => ({ number: 0, lastIndex: 0, term: 0 });

interface Writing {
  readonly integers: number[];
  readonly texts: string[];
  readonly payloads: Uint8Array[];
}

/** @returns the five fields. Whoever calls has cut the answers so that they fit a message. */
export function callReplyFields({ round, leader, answers }: ClientCallReply): unknown[] {
  assert(answers.length <= limits.requestsPerCallMax, 'a reply is cut before it has too many answers');
  const writing: Writing = { integers: [], texts: [], payloads: [] };
  const former = firstFormerAnswer();
  for (const answer of answers) writeAnswer(answer, former, writing);
  const { integers, texts, payloads } = writing;
  let payloadBytes = 0;
  for (const { byteLength } of payloads) payloadBytes += byteLength;
  const place = leader === null ? null : [leader.id, leader.address.host, leader.address.port];
  return [round, place, integers, texts, joinPayloads(payloads, payloadBytes)];
}

function writeAnswer({ number, result }: NumberedAnswer, former: FormerAnswer, writing: Writing): void {
  const isNext = number === former.number + 1;
  const form = formOf(result, former) | (isNext ? 0 : answerForm.number);
  writing.integers.push(form);
  if (!isNext) writing.integers.push(number);
  former.number = number;
  if (!result.ok) writeFailure(result.failure, writing);
  else if (result.value.kind === 'append') writeAppended(result.value, form, former, writing.integers);
  else if (result.value.kind === 'index-range') writeRangeAnswer(result.value, writing.integers, writing.payloads);
  else writing.integers.push(result.value.kind === 'open-session' ? result.value.sessionId : result.value.index);
}

function formOf(result: Result<ClientAnswer>, { lastIndex, term }: FormerAnswer): number {
  if (!result.ok) {
    const { lastClientEntry, leaderId, firstIndex } = result.failure;
    const forms =
      (lastClientEntry ? answerForm.lastClientEntry : 0) | (leaderId === undefined ? 0 : answerForm.leaderId);
    return failureKind | forms | (firstIndex === undefined ? 0 : answerForm.firstHeldIndex);
  }
  const { value } = result;
  if (value.kind === 'append') {
    const first = value.firstIndex === lastIndex + 1 ? 0 : answerForm.firstIndex;
    return (
      first |
      (value.lastIndex === value.firstIndex ? 0 : answerForm.lastIndex) |
      (value.term === term ? 0 : answerForm.term)
    );
  }
  const kind = requestKinds.indexOf(value.kind);
  return value.kind === 'index-range' && value.continueAt !== undefined ? kind | answerForm.continueAt : kind;
}

function writeAppended(answer: AppendAnswer, form: number, former: FormerAnswer, integers: number[]): void {
  const { firstIndex, lastIndex, term } = answer;
  if ((form & answerForm.firstIndex) !== 0) integers.push(firstIndex);
  if ((form & answerForm.lastIndex) !== 0) integers.push(lastIndex);
  if ((form & answerForm.term) !== 0) integers.push(term);
  former.lastIndex = lastIndex;
  former.term = term;
}

function writeFailure(failure: Failure, { integers, texts }: Writing): void {
  const { code, message, lastClientEntry, leaderId, firstIndex } = failure;
  integers.push(failureCodes.indexOf(code));
  texts.push(message.slice(0, limits.failureMessageCharsMax));
  if (lastClientEntry) integers.push(lastClientEntry.index, lastClientEntry.term);
  if (leaderId !== undefined) integers.push(leaderId);
  if (firstIndex !== undefined) integers.push(firstIndex);
}
