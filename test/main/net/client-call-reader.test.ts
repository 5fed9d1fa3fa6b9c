import { expect, it } from 'vitest';
import { readClientCall } from '../../../main/net/client-call-reader.ts';
import { FieldReader, type Problem } from '../../../main/net/field-reader.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { nodeIdMax } from '../../../shared/ids.ts';

const foo = new TextEncoder().encode('foo');
const none = new Uint8Array(0);
const many = (count: number, what: number): number[] => Array.from({ length: count }, () => what);

function read(integers: unknown, payloads: unknown): Problem {
  const problem: Problem = {};
  const fields = new FieldReader([integers, payloads], problem, 'the message');
  readClientCall(fields, problem, 1);
  fields.end('the message');
  return problem;
}

it('takes an empty call, and one that is full', () => {
  expect(read([], none)).toEqual({});
  expect(read(many(limits.requestsPerCallMax, 2), none)).toEqual({});
  expect(read([24, Number.MAX_SAFE_INTEGER, 2 ** 32 - 1, 3], foo)).toEqual({});
});

it.each<[string, unknown, unknown, string]>([
  ['no list', 5, none, 'requests is not a list'],
  ['no payloads', [], 5, 'payloads is not'],
  ['a form above all', [512, 3], foo, "a request's form"],
  ['an unknown kind', [6], none, 'has the form 6'],
  ['a range with entries', [257, 1, 2], none, 'has the form 257'],
  ['an opening with a session', [66, 1, 1, 1], none, 'has the form 66'],
  ['number 0', [10, 0], none, "a request's number"],
  ['a number behind the last', [10, Number.MAX_SAFE_INTEGER, 2], none, 'numbers come to an end'],
  ['a timeout of weeks', [18, 2 ** 32], none, 'a timeout'],
  ['an append without a length', [0], none, 'a length'],
  ['a payload that is not there', [0, 4], foo, 'payloads end before'],
  ['a payload too many', [0, 2], foo, 'something is left'],
  ['a payload over the limit', [0, limits.entryPayloadBytesMax + 1], foo, 'a length'],
  ['too many entries', [256, limits.entriesPerRequestMax + 1], none, 'a number of entries'],
  ['entries over the limit', [256, 2, 600_000, 600_000], new Uint8Array(1_200_000), 'need 1200160 bytes'],
  ['half a condition', [128, 1], none, 'prevLogTerm'],
  ['a session of request 0', [64, 1, 0, 0, 3], foo, 'sequence'],
  ['a session that never began', [32, 3], foo, 'goes on that can not'],
  ['a session twice', [96, 1, 1, 1, 3], foo, 'has the form 96'],
  ['a range from nowhere', [1, -1, 2], none, 'startIndex'],
  ['a range without an end', [1, 1], none, 'endIndex'],
  ['an unknown way to read', [65, 1, 2, 3], none, 'a way to read'],
  ['a retention of half an entry', [3, 0.5], none, 'retainEntries'],
  ['too many voters', [4, limits.nodesMax + limits.learnersMax + 1], none, 'the number of voters'],
  ['half a voter', [4, 1, 1], none, 'a storage among the voters'],
  ['a voter twice', [4, 2, 1, 0, 1, 0, 0], none, 'one of the voters stands there twice'],
  ['a change without learners', [4, 1, 1, 0], none, 'the number of learners'],
  ['an outsider as successor', [5, nodeIdMax + 1], none, 'a successor'],
  ['too many requests', many(limits.requestsPerCallMax + 1, 2), none, 'more requests than 1024'],
])('notes %s', (_what, integers, payloads, reason) => {
  expect(read(integers, payloads).reason).toContain(reason);
});
