import { describe, expect, it } from 'vitest';
import { entriesFrom, problemOfEntries, sizeOf } from '../../../../renderer/components/client-panel/append-draft.ts';
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

describe('problemOfEntries', () => {
  const bytes = (length: number): Uint8Array => new Uint8Array(length);

  it('finds nothing wrong with what fits', () => {
    expect(problemOfEntries([bytes(limits.entryPayloadBytesMax)])).toBeUndefined();
  });

  it('names the entry that is too large, its size and the limit', () => {
    const problem = problemOfEntries([bytes(1), bytes(limits.entryPayloadBytesMax + 1)]);
    expect(problem).toBe('Entry 2 has 1,048,577 bytes; one entry holds up to 1,048,576. Split it.');
  });

  it('names the total and the limit when all together are too large', () => {
    const problem = problemOfEntries([bytes(600_000), bytes(600_000)]);
    expect(problem).toContain(`${(1_200_000 + 2 * entryOverheadBytes).toLocaleString('en')} bytes`);
    expect(problem).toContain('1,179,648');
  });

  it('names the count and the limit, and asks for at least one', () => {
    expect(problemOfEntries(Array.from({ length: 257 }, () => bytes(1)))).toContain('up to 256');
    expect(problemOfEntries([])).toBe('Type at least one entry.');
  });
});
