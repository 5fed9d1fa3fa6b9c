import { describe, expect, it } from 'vitest';
import { encodePreamble, formatVersion, preambleBytes, readPreamble } from '../../../main/disk/preamble.ts';

describe('preambles', () => {
  it('tell kind and version', () => {
    const bytes = new Uint8Array(preambleBytes);
    encodePreamble(bytes, 'log');
    expect(readPreamble(bytes, 'log')).toBe(formatVersion);
    expect(readPreamble(bytes, 'identity')).toBeUndefined();
  });

  it('tell a newer version from a damaged one', () => {
    const bytes = new Uint8Array(preambleBytes);
    encodePreamble(bytes, 'identity', 12);
    expect(readPreamble(bytes, 'identity')).toBe(12);
    bytes[8] = 13;
    expect(readPreamble(bytes, 'identity')).toBeUndefined();
    expect(readPreamble(bytes.subarray(0, 15), 'identity')).toBeUndefined();
  });
});
