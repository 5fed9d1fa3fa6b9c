import { expect, it } from 'vitest';
import type { Problem } from '../../../main/net/field-reader.ts';
import { joinPayloads, PayloadReader } from '../../../main/net/payload-run.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const payloads = [bytes('foo'), bytes(''), bytes('ba')];

it('joins payloads and hands them out again', () => {
  const problem: Problem = {};
  const joined = joinPayloads(payloads, 5);
  expect(joined).toEqual(bytes('fooba'));
  const reader = new PayloadReader(joined, problem);
  expect([3, 0, 2].map((count) => reader.take(count))).toEqual(payloads);
  reader.end();
  expect(problem).toEqual({});
});

it('notes payloads that end too soon, and what is left over', () => {
  const short: Problem = {};
  const reader = new PayloadReader(bytes('fo'), short);
  expect(reader.take(3)).toEqual(new Uint8Array(0));
  expect(short.reason).toContain('end before');
  const long: Problem = {};
  new PayloadReader(bytes('fo'), long).end();
  expect(long.reason).toContain('left behind');
});
