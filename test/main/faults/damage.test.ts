import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damageBytes } from '../../../main/faults/damage.ts';

function bitsThatDiffer(left: Uint8Array, right: Uint8Array): number {
  let bits = 0;
  left.forEach((byte, at) => {
    for (let differing = byte ^ (right[at] ?? 0); differing > 0; differing >>= 1) bits += differing & 1;
  });
  return bits;
}

describe('damageBytes', () => {
  it('flips one to eight bits of a copy, the same ones for the same seed', () => {
    const property = fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.integer(), (bytes, seed) => {
      const original = bytes.slice();
      const damaged = damageBytes(bytes, seed);
      expect(bytes).toEqual(original);
      expect(damaged).toHaveLength(bytes.length);
      const differing = bitsThatDiffer(bytes, damaged);
      expect(differing >= 1 && differing <= 8).toBe(true);
      expect(damageBytes(bytes, seed)).toEqual(damaged);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('leaves a Buffer as it is, and the memory that it is a part of', () => {
    const memory = Buffer.alloc(200);
    expect(damageBytes(memory.subarray(50, 100), 3).some((byte) => byte !== 0)).toBe(true);
    expect(memory.every((byte) => byte === 0)).toBe(true);
  });

  it('finds nothing to flip in nothing', () => {
    expect(damageBytes(new Uint8Array(0), 1)).toEqual(new Uint8Array(0));
  });
});
