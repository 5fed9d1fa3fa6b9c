import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { decodeEntry, encodeEntry, entryBodyBytes } from '../../../main/disk/entry-body.ts';

const plain: LogEntry = { index: 7, term: 3, kind: 'client', payload: Uint8Array.of(1, 2, 3) };
const conditional: LogEntry = { ...plain, expect: { prevLogIndex: 6, prevLogTerm: 2 }, continues: true };

function bodyOf(entry: LogEntry): Uint8Array {
  const body = new Uint8Array(entryBodyBytes(entry));
  encodeEntry(body, entry);
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
    for (const entry of [plain, conditional, { ...plain, payload: new Uint8Array(0) }]) {
      expect(decodeEntry(bodyOf(entry))).toEqual(entry);
    }
  });

  it('is nothing when its fields are cut', () => {
    expect(decodeEntry(bodyOf(plain).subarray(0, 17))).toBeUndefined();
    expect(decodeEntry(bodyOf(conditional).subarray(0, 33))).toBeUndefined();
  });

  it.each([
    ['an index above 2^53 − 1', 6, 0x20],
    ['a term above 2^53 − 1', 15, 1],
    ['an unknown kind', 16, 2],
    ['an unknown flag', 17, 4],
    ['an absurd expectation', 25, 1],
  ])('is nothing with %s', (_, at, value) => {
    const body = bodyOf(conditional);
    body[at] = value;
    expect(decodeEntry(body)).toBeUndefined();
  });
});
