import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../main/disk/crc32c.ts';

const ascending = Uint8Array.from({ length: 32 }, (_, at) => at);

describe('crc32c', () => {
  it.each([
    ['nothing', new Uint8Array(0), 0],
    ['the digits 1 to 9', new TextEncoder().encode('123456789'), 0xe3069283],
    ['32 zeros (RFC 3720 B.4)', new Uint8Array(32), 0x8a9136aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['32 ascending', ascending, 0x46dd794e],
    ['32 descending', ascending.toReversed(), 0x113fdb5c],
  ])('gives the published value of %s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it('goes on from what came before, at any cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
        const at = Math.min(cut, bytes.length);
        expect(crc32c(bytes, at, bytes.length, crc32c(bytes, 0, at))).toBe(crc32c(bytes));
      }),
    );
  });

  it('reads a view where it lies in its buffer', () => {
    const bytes = new TextEncoder().encode('xxx123456789yyy');
    expect(crc32c(bytes.subarray(3, 12))).toBe(0xe3069283);
    expect(crc32c(bytes, 3, 12)).toBe(0xe3069283);
  });

  it('never matches from another beginning', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), fc.nat(), (bytes, one, other) => {
        fc.pre(one !== other);
        expect(crc32c(bytes, 0, bytes.length, one)).not.toBe(crc32c(bytes, 0, bytes.length, other));
      }),
    );
  });
});
