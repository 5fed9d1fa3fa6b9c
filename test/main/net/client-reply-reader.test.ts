import { expect, it } from 'vitest';
import { readClientCallReply } from '../../../main/net/client-reply-reader.ts';
import { FieldReader, type Problem } from '../../../main/net/field-reader.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { nodeIdMax } from '../../../shared/ids.ts';

const none = new Uint8Array(0);
const leader = [1, '127.0.0.1', 11_111];

function read(place: unknown, integers: unknown, texts: unknown = [], payloads: unknown = none): Problem {
  const problem: Problem = {};
  const fields = new FieldReader([place, integers, texts, payloads], problem, 'the message');
  readClientCallReply(fields, problem, 1);
  fields.end('the message');
  return problem;
}

it('takes a reply without answers, with and without a leader', () => {
  expect(read(null, [])).toEqual({});
  expect(read(leader, [])).toEqual({});
  expect(read([nodeIdMax, 'fe80::1%eth0', 65_535], [])).toEqual({});
});

it.each<[string, unknown[], string]>([
  ['half a leader', [[1, '127.0.0.1'], []], "the leader's port"],
  ['an outsider as leader', [[nodeIdMax + 1, '127.0.0.1', 1], []], "the leader's id"],
  ['a leader to be looked up', [[1, 'example.org', 1], []], 'no literal address'],
  ['a leader behind a long name', [[1, 'x'.repeat(65), 1], []], "the leader's host"],
  ['a leader at no port', [[1, '127.0.0.1', 65_536], []], "the leader's port"],
  ['no list', [null, 5], 'answers is not a list'],
  ['no sentences', [null, [], 5], 'sentences is not a list'],
  ['no payloads', [null, [], [], 5], 'payloads is not'],
  ['an unknown kind', [null, [6]], 'has the form 6'],
  ['a form above all', [null, [128]], "an answer's form"],
  ['an opening with a term', [null, [66, 1]], 'has the form 66'],
  ['number 0', [null, [10, 0, 1]], "an answer's number"],
  ['a number behind the last', [null, [10, Number.MAX_SAFE_INTEGER, 1, 2, 1]], 'numbers come to an end'],
  ['an append of no term', [null, [0]], 'goes on where none can'],
  ['an append behind the last', [null, [80, limits.indexMax, 1, 0]], 'goes on where none can'],
  ['an append that ends before it begins', [null, [112, 5, 4, 1]], 'lastIndex'],
  ['an opening without its session', [null, [2]], 'sessionId'],
  ['session 0', [null, [2, 0]], 'sessionId'],
  ['a retention without its index', [null, [3]], 'index'],
  ['an unknown failure', [null, [7, 13], ['why']], 'failure code'],
  ['a failure without its sentence', [null, [7, 0]], 'failure message'],
  ['a sentence without its failure', [null, [], ['why']], 'sentences has 1 fields'],
  ['a failure that talks too long', [null, [7, 0], ['x'.repeat(1_001)]], 'failure message'],
  ['half a last entry', [null, [23, 0, 4], ['why']], 'last client term'],
  ['a range that has too much', [null, [1, 9, limits.rangeEntriesMax + 1]], 'a number of entries'],
  ['too many answers', [null, Array.from({ length: 2_050 }, (_, at) => (at % 2 === 0 ? 3 : 1))], 'more answers than'],
  ['a payload too many', [null, [], [], new Uint8Array(1)], 'something is left'],
])('notes %s', (_what, [place, integers, texts, payloads], reason) => {
  expect(read(place, integers, texts, payloads).reason).toContain(reason);
});
