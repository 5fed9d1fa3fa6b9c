import { expect, it } from 'vitest';
import { makePayload, numberOfPayload } from '../../../main/sim/payload.ts';

it('carries its number, whatever its length', () => {
  for (const [number, length] of [
    [0, 8],
    [1, 4],
    [0xffff0003, 100],
    [77, 0],
  ] as const) {
    const payload = makePayload(number, length);
    expect(numberOfPayload(payload)).toBe(number);
    expect(payload.byteLength).toBe(Math.max(4, length));
  }
});
