import { expect, it } from 'vitest';
import { entryPayload } from '../../../main/node/entry-payload.ts';

it('writes text as UTF-8', () => {
  expect([...entryPayload('ö')]).toEqual([0xc3, 0xb6]);
});

it('copies bytes out of whatever they are a view of', () => {
  const view = new Uint8Array(1_000).fill(7).subarray(10, 12);
  const payload = entryPayload(view);
  expect([...payload]).toEqual([7, 7]);
  expect(payload.buffer.byteLength).toBe(2);
});
