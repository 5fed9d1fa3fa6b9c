import { expect, it } from 'vitest';
import { makePayload, payloadTag } from '../../../main/workload/workload-payload.ts';

const textOf = (payload: Uint8Array): string => new TextDecoder().decode(payload);

it('says who wrote it, in the size that is asked for', () => {
  expect(textOf(makePayload('ab1cd', 35, 37, 16))).toBe('ab1cd.z.11......');
  expect(makePayload('ab1cd', 0, 1, 4_096).byteLength).toBe(4_096);
});

it('is longer where the name would not fit, so that no two are the same', () => {
  expect(textOf(makePayload('ab1cd', 1, 1, 1))).toBe('ab1cd.1.1');
  const all = new Set<string>();
  for (let client = 0; client < 40; client += 1) {
    for (let number = 0; number < 40; number += 1) all.add(textOf(makePayload('ab1cd', client, number, 3)));
  }
  expect(all.size).toBe(1_600);
});

it('has a tag of five digits for each seed', () => {
  expect(payloadTag(0)).toBe('00000');
  expect(payloadTag(2 ** 32 - 1)).toMatch(/^[0-9a-z]{5}$/);
  expect(payloadTag(1)).not.toBe(payloadTag(2));
});
