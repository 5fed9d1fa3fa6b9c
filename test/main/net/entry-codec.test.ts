import { describe, expect, it } from 'vitest';
import { decodeEntry, encodeEntry } from '../../../main/net/entry-codec.ts';
import type { Problem } from '../../../main/net/field-reader.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';

const foo = new TextEncoder().encode('foo');
const entries: readonly LogEntry[] = [
  { index: 9, term: 3, kind: 'client', payload: foo },
  { index: 9, term: 3, kind: 'client', payload: foo, continues: true },
  { index: 9, term: 3, kind: 'client', payload: foo, expect: { prevLogIndex: 8, prevLogTerm: 2 } },
  {
    index: 9,
    term: 3,
    kind: 'client',
    payload: new Uint8Array(limits.entryPayloadBytesMax),
    continues: true,
    expect: { prevLogIndex: 0, prevLogTerm: 0 },
  },
  { index: 9, term: 3, kind: 'noop', payload: new Uint8Array(0) },
];

describe('the entry codec', () => {
  it('has the fields of the table in README.md', () => {
    expect(entries.map((entry) => encodeEntry(entry).filter((field) => typeof field === 'number'))).toEqual([
      [3, 0],
      [3, 2],
      [3, 4, 8, 2],
      [3, 6, 0, 0],
      [3, 1],
    ]);
  });

  it('brings an entry back at the index where it stands', () => {
    for (const entry of entries) {
      const problem: Problem = {};
      expect(decodeEntry(encodeEntry(entry), 12, problem)).toEqual({ ...entry, index: 12 });
      expect(problem).toEqual({});
    }
  });

  it.each([
    ['term 0', [0, 0, foo], 'term'],
    ['an unknown flag', [3, 8, foo], 'flags'],
    ['a no-op with a payload', [3, 1, foo], 'payload'],
    ['a no-op that continues', [3, 3, new Uint8Array(0)], 'no-op'],
    ['a no-op that expects', [3, 5, new Uint8Array(0), 0, 0], 'no-op'],
    ['a missing expectation', [3, 4, foo], 'prevLogIndex'],
    ['an expectation without its flag', [3, 0, foo, 8, 2], 'has 5 fields'],
    ['a payload over the limit', [3, 0, new Uint8Array(limits.entryPayloadBytesMax + 1)], 'payload'],
    ['no fields', 7, 'not a list'],
  ])('notes %s', (_what, fields, reason) => {
    const problem: Problem = {};
    decodeEntry(fields, 1, problem);
    expect(problem.reason).toContain(reason);
  });
});
