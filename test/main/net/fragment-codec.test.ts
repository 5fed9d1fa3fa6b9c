import { expect, it } from 'vitest';
import {
  fragmentPrefixBytes,
  fragmentsHeldBytes,
  pieceBytes,
  pieceCount,
  readFragmentPrefix,
  readFragmentsHeld,
  writeFragmentPrefix,
  writeFragmentsHeld,
} from '../../../main/net/fragment-codec.ts';
import { limits } from '../../../shared/cluster-config.ts';

it('cuts any length into parts that fit and are all needed', () => {
  for (const total of [2, 9, 1_001, limits.messageBytesMax]) {
    for (const room of [1, 4, 1_304].filter((bytes) => bytes < total)) {
      const count = pieceCount(total, room);
      const size = pieceBytes(total, count);
      expect(size).toBeLessThanOrEqual(room);
      expect([(count - 1) * size < total, count * size >= total]).toEqual([true, true]);
    }
  }
});

const partOf = (index: number, count: number, totalBytes: number, bytes: number) => {
  const body = Buffer.alloc(fragmentPrefixBytes + bytes);
  writeFragmentPrefix({ message: 7, totalBytes, round: 5 }, body, 0);
  return readFragmentPrefix(body, index, count);
};

it('reads a part back, and refuses one that does not fit', () => {
  expect(partOf(1, 3, 10, 4)).toEqual({ ok: true, value: { message: 7, totalBytes: 10, round: 5 } });
  expect(partOf(2, 3, 10, 2)).toMatchObject({ ok: true });
  expect(partOf(2, 3, 10, 3)).toMatchObject({ why: 'malformed' });
  expect(partOf(3, 4, 9, 0)).toMatchObject({ why: 'malformed' });
  expect(partOf(0, 2, 0, 0)).toMatchObject({ why: 'malformed' });
  expect(partOf(0, 2, limits.messageBytesMax + 1, 4)).toMatchObject({ why: 'too-large' });
  expect(readFragmentPrefix(Buffer.alloc(3), 0, 2)).toMatchObject({ why: 'malformed' });
});

it('reads back what is held', () => {
  const held = { message: 7, count: 9, bits: Buffer.from([255, 1]) };
  const body = Buffer.alloc(fragmentsHeldBytes(9));
  writeFragmentsHeld(held, body, 0);
  expect(readFragmentsHeld(body)).toEqual({ ok: true, value: held });
  for (let length = 0; length < body.length; length += 1)
    expect(readFragmentsHeld(body.subarray(0, length))).toMatchObject({ why: 'malformed' });
});
