import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getInteger, setInteger, uuidFromBytes, uuidToBytes } from '../../../main/disk/byte-fields.ts';

describe('integers in eight bytes', () => {
  it('come back, up to 2^53 − 1', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        const view = new DataView(new ArrayBuffer(9));
        setInteger(view, 1, value);
        expect(getInteger(view, 1)).toBe(value);
        expect(view.getBigUint64(1, true)).toBe(BigInt(value));
      }),
    );
  });

  it('are refused when they are above, negative or broken', () => {
    const view = new DataView(new ArrayBuffer(8));
    for (const value of [2 ** 53, -1, 0.5, Number.NaN]) expect(() => setInteger(view, 0, value)).toThrow('2^53 − 1');
    view.setBigUint64(0, 2n ** 53n, true);
    expect(getInteger(view, 0)).toBeUndefined();
  });
});

describe('uuids in sixteen bytes', () => {
  it('come back', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(uuidFromBytes(uuidToBytes(uuid))).toBe(uuid);
      }),
    );
  });

  it('are refused in any other form', () => {
    for (const text of ['', 'no', '123e4567e89b42d3a456426614174000', '123E4567-E89B-42D3-A456-426614174000']) {
      expect(() => uuidToBytes(text)).toThrow('not a uuid');
    }
  });
});
