/**
 * What simulated clients append: each payload begins with a number of its own, so that it can be told from every other.
 */
const numberBytes = 4;

/** @param byteLength at least 4 */
export function makePayload(number: number, byteLength: number): Uint8Array {
  const payload = new Uint8Array(Math.max(numberBytes, byteLength));
  new DataView(payload.buffer).setUint32(0, number);
  return payload;
}

/** Stands for the payload wherever a digest of it is wanted. */
export function numberOfPayload(payload: Uint8Array): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = payload;
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
}
