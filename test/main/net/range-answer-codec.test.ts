import { expect, it } from 'vitest';
import { FieldReader, type Problem } from '../../../main/net/field-reader.ts';
import { joinPayloads, PayloadReader } from '../../../main/net/payload-run.ts';
import { readRangeAnswer, writeRangeAnswer } from '../../../main/net/range-answer-codec.ts';
import type { RangeAnswer } from '../../../shared/client-request.ts';
import { limits } from '../../../shared/cluster-config.ts';

const foo = new TextEncoder().encode('foo');

function read(integers: readonly number[], payloads: Uint8Array): { answer: RangeAnswer; problem: Problem } {
  const problem: Problem = {};
  const run = new PayloadReader(payloads, problem);
  const fields = new FieldReader(integers, problem, 'the answer');
  const answer = readRangeAnswer(false, fields, run, problem);
  fields.end('the answer');
  run.end();
  return { answer, problem };
}

it('entries in a row take two integers each, and come back as they were', () => {
  const entries = Array.from({ length: 5 }, (_, at) => ({
    index: 4 + at,
    term: 2,
    kind: 'client' as const,
    payload: foo,
  }));
  const answer: RangeAnswer = { kind: 'index-range', entries, appliedIndex: 20 };
  const integers: number[] = [];
  const payloads: Uint8Array[] = [];
  writeRangeAnswer(answer, integers, payloads);
  expect(integers).toEqual([20, 5, 48, 4, 2, 3, 0, 3, 0, 3, 0, 3, 0, 3]);
  expect(read(integers, joinPayloads(payloads, 15))).toEqual({ answer, problem: {} });
});

it.each<[string, number[], string]>([
  ['an unknown kind', [9, 1, 53, 4, 2, 0], 'has the form 53'],
  ['a form above all', [9, 1, 64, 0], "an entry's form"],
  ['an entry of no term', [9, 1, 16, 4, 3], 'stands where none can'],
  ['an index that falls', [9, 2, 48, 4, 2, 1, 16, 4, 2], "an entry's index"],
  ['an entry behind the last', [9, 2, 48, limits.indexMax, 2, 1, 0, 2], 'stands where none can'],
  ['an entry at the last again', [9, 2, 48, limits.indexMax, 2, 1, 16, limits.indexMax, 2], 'stands where none can'],
  ['a no-op with a payload', [9, 1, 49, 4, 2, 3], "an entry's length"],
  ['an entry too few', [9, 2, 48, 4, 2, 3], "an entry's form"],
])('notes %s', (_what, integers, reason) => {
  expect(read(integers, foo).problem.reason).toContain(reason);
});
