import { expect, it } from 'vitest';
import { FileSlot } from '../../../main/faults/file-slot.ts';

it('reads what lies below once, when it is needed', () => {
  let reads = 0;
  const slot = FileSlot.below(() => {
    reads += 1;
    return new Uint8Array([1, 2]);
  });
  expect([slot.isRead, reads]).toEqual([false, 0]);
  slot.read();
  expect(slot.isRead).toBe(true);
  expect(slot.file.contents()).toEqual(new Uint8Array([1, 2]));
  expect(slot.file).toBe(slot.file);
  expect(reads).toBe(1);
});

it('is read when it lies in memory', () => {
  const slot = FileSlot.of();
  expect([slot.isRead, slot.file.length]).toEqual([true, 0]);
});
