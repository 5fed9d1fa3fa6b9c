/** Bytes by chance: any at all, and ones that were changed on their way. */
import { drawInteger, type RandomState } from '../../../shared/random.ts';

export function drawBytes(random: RandomState, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let place = 0; place < length; place += 1) bytes[place] = drawInteger(random, 0, 255);
  return bytes;
}

export function drawOne<Item>(random: RandomState, items: readonly Item[]): Item {
  const item = items[drawInteger(random, 0, items.length - 1)];
  if (item === undefined) throw new Error('There is nothing to draw from.');
  return item;
}

/** One to four changes: a bit, a byte, bytes put in, bytes cut out, an end of another datagram. The result is never `whole`. */
export function mutate(random: RandomState, whole: Uint8Array, other: Uint8Array, from = 0): Uint8Array {
  let bytes: Buffer = Buffer.from(whole);
  for (let changes = drawInteger(random, 1, 4); changes > 0; changes -= 1)
    bytes = mutateOnce(random, bytes, other, from);
  return Buffer.compare(bytes, whole) === 0 ? Buffer.concat([bytes, new Uint8Array(1)]) : bytes;
}

function mutateOnce(random: RandomState, bytes: Buffer, other: Uint8Array, from: number): Buffer {
  const place = drawInteger(random, Math.min(from, bytes.length), bytes.length);
  const head = bytes.subarray(0, place);
  switch (drawInteger(random, 0, 4)) {
    case 0:
      if (place < bytes.length) bytes[place] = (bytes[place] ?? 0) ^ (1 << drawInteger(random, 0, 7));
      return bytes;
    case 1:
      if (place < bytes.length) bytes[place] = drawInteger(random, 0, 255);
      return bytes;
    case 2:
      return Buffer.concat([head, drawBytes(random, drawInteger(random, 1, 6)), bytes.subarray(place)]);
    case 3:
      return Buffer.concat([head, bytes.subarray(place + drawInteger(random, 1, 6))]);
    default:
      return Buffer.concat([head, other.subarray(place)]);
  }
}
