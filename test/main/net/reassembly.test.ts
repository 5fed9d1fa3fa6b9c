import { expect, it } from 'vitest';
import { Reassembly } from '../../../main/net/reassembly.ts';
import { limits } from '../../../shared/cluster-config.ts';

const prefix = (message: number, totalBytes = 6) => ({ message, totalBytes, round: 1 });
const two = (byte: number): Uint8Array => new Uint8Array([byte, byte]);

it('puts parts together in any order, each once, and says what is there', () => {
  const reassembly = new Reassembly();
  expect(reassembly.take(1, prefix(4), 2, 3, two(3), 0).held?.bits).toEqual(new Uint8Array([4]));
  expect(reassembly.take(1, prefix(4), 0, 3, two(1), 0).body).toBeUndefined();
  expect(reassembly.take(1, prefix(4), 0, 3, two(1), 0).held?.bits).toEqual(new Uint8Array([5]));
  expect(reassembly.take(1, prefix(4), 1, 3, two(2), 0).body).toEqual(new Uint8Array([1, 1, 2, 2, 3, 3]));
  expect(reassembly.bytes).toBe(0);
  const late = reassembly.take(1, prefix(4), 1, 3, two(2), 0);
  expect([late.body, late.held?.bits]).toEqual([undefined, new Uint8Array([255])]);
});

it('is bounded in messages and bytes under a flood, and gives up what nothing came of', () => {
  const reassembly = new Reassembly();
  for (let message = 1; message < 5_000; message += 1) {
    reassembly.take(1, prefix(message, limits.messageBytesMax), 0, 2, new Uint8Array(limits.messageBytesMax / 2), 0);
    expect(reassembly.bytes).toBeLessThanOrEqual(limits.partialBytesMax);
    expect(reassembly.messages).toBeLessThanOrEqual(limits.partialMessagesMax);
  }
  reassembly.take(1, prefix(9_000), 0, 3, two(1), limits.partialMessageMs * 1e6 + 1);
  expect([reassembly.messages, reassembly.bytes]).toEqual([1, 6]);
  reassembly.take(2, prefix(9_000), 1, 3, two(1), limits.partialMessageMs * 1e6 + 2);
  expect([reassembly.messages, reassembly.bytes]).toEqual([1, 6]);
});
