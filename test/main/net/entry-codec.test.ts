import { describe, expect, it } from 'vitest';
import { entriesFields, readEntries } from '../../../main/net/entry-codec.ts';
import { FieldReader, type Problem } from '../../../main/net/field-reader.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';

const foo = new TextEncoder().encode('foo');
const none = new Uint8Array(0);
const configuration = { voters: [{ id: 1, storage: 70 }], outgoing: [{ id: 2, storage: 0 }], learners: [] };
const session = { sessionId: 6, sequence: 4, lowestOpen: 2 };
const previous = { prevLogIndex: 8, prevLogTerm: 2 };
const entries: readonly LogEntry[] = [
  { index: 9, term: 2, kind: 'client', payload: foo },
  { index: 10, term: 3, kind: 'client', payload: foo, more: true },
  { index: 11, term: 3, kind: 'client', payload: foo, continues: true },
  { index: 12, term: 3, kind: 'client', payload: foo, expect: { prevLogIndex: 8, prevLogTerm: 1 } },
  { index: 13, term: 3, kind: 'client', payload: foo, session },
  { index: 14, term: 3, kind: 'client', payload: foo, session: { ...session, sequence: 5 } },
  { index: 15, term: 3, kind: 'client', payload: foo, session: { ...session, sequence: 6 }, more: true },
  { index: 16, term: 3, kind: 'client', payload: foo, session: { ...session, sequence: 8 } },
  { index: 17, term: 4, kind: 'noop', payload: none },
  { index: 18, term: 4, kind: 'configuration', payload: none, configuration },
  { index: 19, term: 4, kind: 'session', payload: none },
  { index: 20, term: 4, kind: 'retention', payload: none, retainEntries: 500 },
];
const nine = entries.slice(0, 8).length * 3;

function read(fields: unknown, place = previous): { entries: LogEntry[]; problem: Problem } {
  const problem: Problem = {};
  const reader = new FieldReader(fields, problem, 'the message');
  const value = readEntries(reader, place, problem);
  reader.end('the message');
  return { entries: value, problem };
}

describe('the entry codec', () => {
  it('has the integers of the table in README.md', () => {
    const [integers, payloads] = entriesFields(entries, previous);
    expect(integers).toEqual(
      [
        [0, 3],
        [3, 3, 3],
        [4, 3],
        [8, 8, 1, 3],
        [16, 6, 4, 2, 3],
        [32, 3],
        [34, 3],
        [16, 6, 8, 2, 3],
        [65, 4, 1],
        [64, 2, 1, 1, 0, 1, 70, 2, 0],
        [64, 3],
        [64, 4, 500],
      ].flat(),
    );
    expect(Buffer.from(payloads).toString()).toBe('foo'.repeat(8));
    expect(payloads).toHaveLength(nine);
  });

  it('brings entries back at the indexes where they stand', () => {
    expect(read(entriesFields(entries, previous))).toEqual({ entries, problem: {} });
    const first = { index: 1, term: 1, kind: 'client', payload: new Uint8Array(limits.entryPayloadBytesMax) } as const;
    const place = { prevLogIndex: 0, prevLogTerm: 0 };
    const back = read(entriesFields([first], place), place);
    expect([back.problem, back.entries[0]?.payload.length]).toEqual([{}, limits.entryPayloadBytesMax]);
  });

  it.each<[string, unknown[], string]>([
    ['term 0', [[1, 0, 0], none], "an entry's term"],
    ['an unknown form', [[128, 3], foo], "an entry's form"],
    ['an unknown kind', [[64, 5], none], "an entry's kind"],
    ['a client kind that is not one', [[64, 0], none], "an entry's kind"],
    ['a no-op with a payload', [[64, 1], foo], 'something is left'],
    ['a no-op that continues', [[68, 1], none], "no client's has the form 68"],
    ['a no-op that expects', [[72, 1, 0, 0], none], "no client's has the form 72"],
    ['a configuration without its servers', [[64, 2], none], 'the number of voters'],
    ['a retention of half an entry', [[64, 4, 0.5], none], 'retainEntries'],
    ['a retention without its number', [[64, 4], none], 'retainEntries'],
    ['a missing expectation', [[8], none], 'prevLogIndex'],
    ['half a session', [[16, 1, 1], foo], 'lowestOpen'],
    ['a session whose request is answered', [[16, 1, 4, 5, 3], foo], 'lowestOpen'],
    ['a session with too many open', [[16, 1, limits.sessionWindowMax + 1, 1, 3], foo], 'lowestOpen'],
    ['a session without an id', [[16, 0, 1, 1, 3], foo], "session's id"],
    ['a session that never began', [[32, 3], foo], 'a session goes on that can not'],
    ['a session too far', [[16, 1, limits.sessionWindowMax, 1, 0, 32, 3], foo], 'a session goes on that can not'],
    ['a session twice', [[48, 1, 1, 1, 3], foo], 'has the form 48'],
    ['a second entry with a condition', [[12, 8, 2, 3], foo], 'continues a request'],
    ['a second entry with a session', [[20, 1, 1, 1, 3], foo], 'continues a request'],
    ['a payload that ends too soon', [[0, 4], foo], 'payloads end before'],
    ['a payload too many', [[0, 2], foo], 'something is left'],
    ['a payload over the limit', [[0, limits.entryPayloadBytesMax + 1], foo], "an entry's length"],
    ['no list', [7, none], 'not a list'],
  ])('notes %s', (_what, fields, reason) => {
    expect(read(fields).problem.reason).toContain(reason);
  });
});
