/**
 * What stands behind the header of a fragment, and in the answer that says which ones are there; byte tables in README.md.
 * A message of `totalBytes` in `count` parts is cut at multiples of ceil(totalBytes / count).
 */
import { limits } from '../../shared/cluster-config.ts';
import { refuse, type Decoded } from './decoded.ts';

export const fragmentPrefixBytes = 16;

/** Before the bytes of each part. */
export interface FragmentPrefix {
  /** The sender's number for the message: the number of the datagram that began it. */
  readonly message: number;
  /** The length of the whole body. */
  readonly totalBytes: number;
  /** The message's round, for who watches. */
  readonly round: number;
}

/** Which parts of a message have arrived. */
export interface FragmentsHeld {
  readonly message: number;
  readonly count: number;
  /** One bit per part, from the lowest bit of the first byte. */
  readonly bits: Uint8Array;
}

export function writeFragmentPrefix(
  { message, totalBytes, round }: FragmentPrefix,
  target: Buffer,
  offset: number,
): void {
  target.writeUIntBE(message, offset, 6);
  target.writeUInt32BE(totalBytes, offset + 6);
  target.writeUIntBE(round, offset + 10, 6);
}

/** @param body behind the header of a datagram that calls itself part `index` of `count`, at least 2 */
export function readFragmentPrefix(body: Buffer, index: number, count: number): Decoded<FragmentPrefix> {
  if (body.length < fragmentPrefixBytes) return refuse('malformed', 'It ends before the part that it should carry.');
  const message = body.readUIntBE(0, 6);
  const totalBytes = body.readUInt32BE(6);
  if (totalBytes > limits.messageBytesMax)
    return refuse('too-large', `Its message has ${totalBytes} bytes; the limit is ${limits.messageBytesMax}.`);
  const size = pieceBytes(totalBytes, count);
  const fits = message > 0 && Math.ceil(totalBytes / size) === count;
  if (!fits || body.length - fragmentPrefixBytes !== Math.min(size, totalBytes - index * size))
    return refuse('malformed', `It is no part ${index} of ${count} of ${totalBytes} bytes.`);
  return { ok: true, value: { message, totalBytes, round: body.readUIntBE(10, 6) } };
}

/** The length of every part but the last, which may be shorter. */
export function pieceBytes(totalBytes: number, count: number): number {
  return Math.ceil(totalBytes / count);
}

/** How many parts of at most `roomBytes` a body needs. */
export function pieceCount(totalBytes: number, roomBytes: number): number {
  const wanted = Math.ceil(totalBytes / roomBytes);
  // Even parts may be so much smaller that one fewer would do.
  return Math.ceil(totalBytes / pieceBytes(totalBytes, wanted));
}

export function writeFragmentsHeld({ message, count, bits }: FragmentsHeld, target: Buffer, offset: number): void {
  target.writeUIntBE(message, offset, 6);
  target.writeUInt16BE(count, offset + 6);
  target.set(bits, offset + 8);
}

export function fragmentsHeldBytes(count: number): number {
  return 8 + Math.ceil(count / 8);
}

export function readFragmentsHeld(body: Buffer): Decoded<FragmentsHeld> {
  if (body.length < 8) return refuse('malformed', 'It ends before it says what has arrived.');
  const count = body.readUInt16BE(6);
  if (count < 2 || count > limits.fragmentsPerMessageMax || body.length !== fragmentsHeldBytes(count))
    return refuse('malformed', `It speaks of ${count} parts in ${body.length} bytes.`);
  const message = body.readUIntBE(0, 6);
  // Numbers begin at 1; 0 would fit every message that has not left yet.
  if (message === 0) return refuse('malformed', 'It speaks of a message without a number.');
  return { ok: true, value: { message, count, bits: body.subarray(8) } };
}
