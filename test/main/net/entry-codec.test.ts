import { describe, expect, it } from 'vitest';
import { decodeEntry, encodeEntry } from '../../../main/net/entry-codec.ts';
import type { Problem } from '../../../main/net/field-reader.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';

const foo = new TextEncoder().encode('foo');
const none = new Uint8Array(0);
const configuration = { voters: [{ id: 1, storage: 70 }], outgoing: [{ id: 2, storage: 0 }], learners: [] };
const entries: readonly LogEntry[] = [
  { index: 9, term: 3, kind: 'client', payload: foo },
  { index: 9, term: 3, kind: 'client', payload: foo, continues: true },
  { index: 9, term: 3, kind: 'client', payload: foo, expect: { prevLogIndex: 8, prevLogTerm: 2 } },
  {
    index: 9,
    term: 3,
    kind: 'client',
    payload: new Uint8Array(limits.entryPayloadBytesMax),
    expect: { prevLogIndex: 0, prevLogTerm: 0 },
    session: { sessionId: 6, sequence: 4, lowestOpen: 2 },
    more: true,
  },
  { index: 9, term: 3, kind: 'noop', payload: none },
  { index: 9, term: 3, kind: 'configuration', payload: none, configuration },
  { index: 9, term: 3, kind: 'session', payload: none },
  { index: 9, term: 3, kind: 'retention', payload: none, retainEntries: 500 },
];

describe('the entry codec', () => {
  it('has the fields of the table in README.md', () => {
    expect(entries.map((entry) => encodeEntry(entry).filter((field) => typeof field === 'number'))).toEqual([
      [3, 0],
      [3, 8],
      [3, 32, 8, 2],
      [3, 112, 0, 0, 6, 4, 2],
      [3, 1],
      [3, 2],
      [3, 3],
      [3, 4, 500],
    ]);
    expect(encodeEntry({ index: 9, term: 3, kind: 'configuration', payload: none, configuration }).slice(2)).toEqual([
      none,
      [1, 70],
      [2, 0],
      [],
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
    ['an unknown form', [3, 128, foo], 'form'],
    ['an unknown kind', [3, 5, none], 'names no kind'],
    ['a no-op with a payload', [3, 1, foo], 'payload'],
    ['a no-op that continues', [3, 9, none], 'kind noop'],
    ['a no-op that expects', [3, 33, none, 0, 0], 'kind noop'],
    ['a session that goes on', [3, 19, none], 'kind session'],
    ['a configuration with a payload', [3, 2, foo, [1, 0], [], []], 'payload'],
    ['a configuration without its lists', [3, 2, none], 'voters'],
    ['a retention of half an entry', [3, 4, none, 0.5], 'retainEntries'],
    ['a retention without its number', [3, 4, none], 'retainEntries'],
    ['a missing expectation', [3, 32, foo], 'prevLogIndex'],
    ['half a session', [3, 64, foo, 1, 1], 'lowestOpen'],
    ['a session whose request is answered', [3, 64, foo, 1, 4, 5], 'lowestOpen'],
    ['a session with too many open requests', [3, 64, foo, 1, limits.sessionWindowMax + 1, 1], 'lowestOpen'],
    ['a session without an id', [3, 64, foo, 0, 1, 1], "session's id"],
    ['a second entry with a condition', [3, 40, foo, 8, 2], 'continues a request'],
    ['a second entry with a session', [3, 72, foo, 1, 1, 1], 'continues a request'],
    ['an expectation without its flag', [3, 0, foo, 8, 2], 'has 5 fields'],
    ['a payload over the limit', [3, 0, new Uint8Array(limits.entryPayloadBytesMax + 1)], 'payload'],
    ['no fields', 7, 'not a list'],
  ])('notes %s', (_what, fields, reason) => {
    const problem: Problem = {};
    decodeEntry(fields, 1, problem);
    expect(problem.reason).toContain(reason);
  });
});
