import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSeal, tagBytes } from '../../../main/net/seal.ts';
import { AssertionError } from '../../../shared/assert.ts';

const seal = createSeal(new Uint8Array(32).fill(1));
const sealed = (): Uint8Array => {
  const bytes = new Uint8Array(100).fill(9);
  seal.stamp(bytes);
  return bytes;
};

it('tells any changed bit behind the constants, and another key', () => {
  expect(seal.isGenuine(sealed())).toBe(true);
  expect(createSeal(new Uint8Array(32).fill(2)).isGenuine(sealed())).toBe(false);
  for (let bit = 24; bit < 800; bit += 1) {
    const bytes = sealed();
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(seal.isGenuine(bytes), `bit ${bit}`).toBe(false);
  }
});

it.each([20, 1_000, 4_115, 4_116, 60_000])('is HMAC-SHA256 of %d bytes', (byteCount) => {
  const key = Buffer.alloc(32, 7);
  const bytes = Buffer.alloc(byteCount, 3);
  createSeal(key).stamp(bytes);
  const tag = createHmac('sha256', key).update(bytes.subarray(19)).digest().subarray(0, tagBytes);
  expect(bytes.subarray(3, 19)).toEqual(tag);
});

it('takes nothing but a whole key', () => {
  expect(() => createSeal(new Uint8Array(31))).toThrow(AssertionError);
  expect(tagBytes).toBeGreaterThanOrEqual(16);
});
