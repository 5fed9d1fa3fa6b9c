import { describe, expect, it } from 'vitest';
import { appendsOf, entriesFrom, sizeOf } from '../../../../renderer/components/client-panel/append-draft.ts';
import { limits } from '../../../../shared/cluster-config.ts';
import { entryOverheadBytes } from '../../../../shared/log-entry.ts';

const texts = (entries: readonly Uint8Array[]): string[] => entries.map((entry) => new TextDecoder().decode(entry));

describe('entriesFrom', () => {
  it('makes an entry of each line that is not blank', () => {
    expect(texts(entriesFrom('foo\r\n\n  \n bar \n', false))).toEqual(['foo', ' bar ']);
  });

  it('or one of all lines', () => {
    expect(texts(entriesFrom('foo\n\nbar\n', true))).toEqual(['foo\n\nbar\n']);
    expect(entriesFrom(' \n', true)).toEqual([]);
  });

  it('counts bytes, not characters', () => {
    expect(sizeOf(entriesFrom('ö\n→', false))).toBe(5);
  });
});

describe('appendsOf', () => {
  const bytes = (length: number): Uint8Array => new Uint8Array(length);
  const sizes = (appends: ReturnType<typeof appendsOf>): unknown =>
    typeof appends === 'string' ? appends : appends.map((entries) => entries.map((entry) => entry.byteLength));

  it('is one append of what fits into one', () => {
    expect(sizes(appendsOf([bytes(limits.entryPayloadBytesMax)]))).toEqual([[limits.entryPayloadBytesMax]]);
    expect(sizes(appendsOf([bytes(1), bytes(2)]))).toEqual([[1, 2]]);
  });

  it('names the entry that is too large, its size and the limit', () => {
    expect(appendsOf([bytes(1), bytes(limits.entryPayloadBytesMax + 1)])).toBe(
      'Entry 2 has 1,048,577 bytes; one entry holds up to 1,048,576. Split it.',
    );
  });

  it('is several appends, in order, where one would hold too much', () => {
    expect(sizes(appendsOf([bytes(600_000), bytes(600_001), bytes(3)]))).toEqual([[600_000], [600_001, 3]]);
    const appends = appendsOf(Array.from({ length: limits.entriesPerRequestMax + 1 }, () => bytes(1)));
    expect(typeof appends === 'string' ? appends : appends.map((entries) => entries.length)).toEqual([
      limits.entriesPerRequestMax,
      1,
    ]);
  });

  it('fills each append to its limit in bytes and not beyond', () => {
    const payload = bytes(limits.entryPayloadBytesMax / 2);
    const appends = appendsOf(Array.from({ length: 7 }, () => payload));
    for (const entries of typeof appends === 'string' ? [] : appends) {
      const size = entries.reduce((sum, entry) => sum + entry.byteLength + entryOverheadBytes, 0);
      expect(size).toBeLessThanOrEqual(limits.requestBytesMax);
    }
  });

  it('asks for at least one', () => {
    expect(appendsOf([])).toBe('Type at least one entry.');
  });
});
