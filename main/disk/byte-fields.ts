/**
 * Fields of records that DataView does not have: integers up to 2^53 − 1 in eight bytes or 2^48 − 1 in six, uuids in
 * sixteen.
 */
import { assert, AssertionError } from '../../shared/assert.ts';

const twoTo32 = 2 ** 32;
const highMax = 2 ** 21 - 1;

/** Writes a non-negative integer up to 2^53 − 1 as a little-endian u64. */
export function setInteger(view: DataView, at: number, value: number): void {
  // Several of them for each entry: the sentence is not made unless it is needed.
  if (!Number.isSafeInteger(value) || value < 0)
    throw new AssertionError(`only integers from 0 to 2^53 − 1 are stored, not ${value}`);
  view.setUint32(at, value >>> 0, true);
  view.setUint32(at + 4, value < twoTo32 ? 0 : Math.floor(value / twoTo32), true);
}

/** The integer at `at`, or undefined when it is above 2^53 − 1. */
export function getInteger(view: DataView, at: number): number | undefined {
  const high = view.getUint32(at + 4, true);
  return high > highMax ? undefined : high * twoTo32 + view.getUint32(at, true);
}

/** Writes an integer from 0 to 2^48 − 1 in six bytes. */
export function setInteger48(view: DataView, at: number, value: number): void {
  assert(
    Number.isInteger(value) && value >= 0 && value < 2 ** 48,
    `only integers from 0 to 2^48 − 1 fit, not ${value}`,
  );
  view.setUint32(at, value % twoTo32, true);
  view.setUint16(at + 4, Math.floor(value / twoTo32), true);
}

/** The integer in the six bytes at `at`. */
export function getInteger48(view: DataView, at: number): number {
  return view.getUint16(at + 4, true) * twoTo32 + view.getUint32(at, true);
}

/** The sixteen bytes of a uuid in its canonical 36-character form. */
export function uuidToBytes(uuid: string): Uint8Array {
  const digits = uuid.replaceAll('-', '');
  assert(/^[0-9a-f]{32}$/.test(digits) && uuid.length === 36, `not a uuid in canonical form: ${uuid}`);
  return Uint8Array.from({ length: 16 }, (_, position) =>
    Number.parseInt(digits.slice(position * 2, position * 2 + 2), 16),
  );
}

/** A uuid's canonical form from its sixteen bytes. */
export function uuidFromBytes(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}
