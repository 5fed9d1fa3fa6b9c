import { expect, it } from 'vitest';
import { exactBytes } from '../../../main/hosts/frame-bytes.ts';

it('takes a frame out of a larger buffer, so that nothing else is posted with it', () => {
  const frame = exactBytes(new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4));
  expect([...frame]).toEqual([1, 2, 3]);
  expect(frame.buffer.byteLength).toBe(3);
});

it('makes a plain Uint8Array of a Buffer', () => {
  const frame = exactBytes(Buffer.from([1, 2]));
  expect(frame.constructor).toBe(Uint8Array);
  expect([...frame]).toEqual([1, 2]);
});

it('leaves a frame that is exact as it is', () => {
  const frame = new Uint8Array([1, 2, 3]);
  expect(exactBytes(frame)).toBe(frame);
});
