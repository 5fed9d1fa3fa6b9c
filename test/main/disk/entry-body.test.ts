import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { decodeEntry, encodeEntry, entryBodyBytes } from '../../../main/disk/entry-body.ts';

const plain: LogEntry = { index: 7, term: 3, kind: 'client', payload: Uint8Array.of(1, 2, 3) };
const configuration = {
  voters: [
    { id: 1, storage: 0 },
    { id: 65_535, storage: 2 ** 48 - 1 },
  ],
  outgoing: [{ id: 1, storage: 0 }],
  learners: [{ id: 3, storage: 258 }],
};
const empty = new Uint8Array(0);
const further: readonly LogEntry[] = [
  { ...plain, session: { sessionId: 5, sequence: 9, lowestOpen: 4 }, more: true },
  { ...plain, expect: { prevLogIndex: 0, prevLogTerm: 0 }, session: { sessionId: 5, sequence: 9, lowestOpen: 4 } },
  { ...plain, continues: true, more: true },
  { index: 8, term: 3, kind: 'session', payload: empty },
  { index: 8, term: 3, kind: 'retention', payload: empty, retainEntries: 1000 },
  { index: 8, term: 3, kind: 'configuration', payload: empty, configuration },
  { ...plain, kind: 'configuration', configuration: { ...configuration, outgoing: [], learners: [] } },
];
const conditional: LogEntry = { ...plain, expect: { prevLogIndex: 6, prevLogTerm: 2 }, continues: true };

function bodyOf(entry: LogEntry): Uint8Array {
  const body = new Uint8Array(entryBodyBytes(entry));
  encodeEntry(body, new DataView(body.buffer), 0, entry);
  return body;
}

describe('an entry’s body', () => {
  it('stands where the README says', () => {
    expect([...bodyOf(plain)]).toEqual([7, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
    const behindTerm = [0, 3, 6, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3];
    expect([...bodyOf(conditional).subarray(16)]).toEqual(behindTerm);
    expect(bodyOf({ ...plain, kind: 'noop' })[16]).toBe(1);
  });

  it('comes back', () => {
    for (const entry of [plain, conditional, { ...plain, payload: empty }, ...further]) {
      expect(decodeEntry(bodyOf(entry))).toEqual(entry);
    }
  });

  it('is nothing when its fields are cut', () => {
    expect(decodeEntry(bodyOf(plain).subarray(0, 17))).toBeUndefined();
    expect(decodeEntry(bodyOf(conditional).subarray(0, 33))).toBeUndefined();
    for (const entry of further) {
      const fieldsEnd = entryBodyBytes(entry) - entry.payload.length;
      expect(decodeEntry(bodyOf(entry).subarray(0, fieldsEnd))).toEqual({ ...entry, payload: empty });
      const isCut = entry.kind !== 'session' && !(entry.continues && entry.more);
      const cut = isCut ? decodeEntry(bodyOf(entry).subarray(0, fieldsEnd - 1)) : undefined;
      expect(cut).toBeUndefined();
    }
  });

  it('is not written with another kind’s fields, or without its own', () => {
    for (const wrong of [
      { ...plain, retainEntries: 1 },
      { ...plain, configuration },
      { ...plain, kind: 'retention' as const },
      { ...plain, kind: 'configuration' as const },
    ]) {
      const body = new Uint8Array(500);
      expect(() => encodeEntry(body, new DataView(body.buffer), 0, wrong)).toThrow('wrong fields');
    }
  });

  it.each([
    ['an index above 2^53 − 1', 6, 0x20],
    ['a term above 2^53 − 1', 15, 1],
    ['an unknown kind', 16, 5],
    ['an unknown flag', 17, 16],
    ['an absurd expectation', 25, 1],
  ])('is nothing with %s', (_, at, value) => {
    const body = bodyOf(conditional);
    body[at] = value;
    expect(decodeEntry(body)).toBeUndefined();
  });
});
