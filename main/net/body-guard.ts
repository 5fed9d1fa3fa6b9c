/**
 * Looks over a message body before the MessagePack library reads it. Our messages need few of the format's forms, so
 * everything else (maps, extensions, records, lengths beyond the end, deep nesting) is stopped here: a stranger's bytes
 * reach only the plainest part of the library.
 */

/** A body is an array of fields; a field may be an array, of integers mostly; and a failure holds the place of an entry. */
const depthMax = 3;

/** True when `body` is exactly one array of non-negative numbers, booleans, nils, strings, byte strings and such arrays. */
export function isPlainBody(body: Uint8Array): boolean {
  const first = body[0];
  if (first === undefined || arrayLength(body, 0) === undefined) return false;
  return skipValue(body, 0, depthMax) === body.length;
}

/** @returns the offset behind the value at `offset`, or -1 when it is not plain or not all there. */
function skipValue(body: Uint8Array, offset: number, depthLeft: number): number {
  const token = body[offset];
  if (token === undefined) return -1;
  if (token < 0x80) return offset + 1;
  const count = arrayLength(body, offset);
  if (count === undefined) return skipScalar(body, offset, token);
  // Each element takes a byte at least.
  if (depthLeft === 0 || count > body.length - offset) return -1;
  let next = offset + (token === 0xdc ? 3 : 1);
  for (let element = 0; element < count; element += 1) {
    next = skipValue(body, next, depthLeft - 1);
    if (next === -1) return -1;
  }
  return next;
}

/** The number of elements of the array that begins at `offset`; undefined when none does. */
function arrayLength(body: Uint8Array, offset: number): number | undefined {
  const token = body[offset] ?? 0;
  if (token >= 0x90 && token <= 0x9f) return token - 0x90;
  return token === 0xdc ? readLength(body, offset + 1, 2) : undefined;
}

/** Everything of one token, and where its length stands in another one, that length. */
function skipScalar(body: Uint8Array, offset: number, token: number): number {
  const width = scalarWidth(body, offset, token);
  return width === undefined || offset + width > body.length ? -1 : offset + width;
}

function scalarWidth(body: Uint8Array, offset: number, token: number): number | undefined {
  if (token >= 0xa0 && token <= 0xbf) return 1 + token - 0xa0; // short string
  switch (token) {
    case 0xc0: // nil
    case 0xc2: // false
    case 0xc3: // true
      return 1;
    case 0xcc: // unsigned, 8 bits
      return 2;
    case 0xcd: // unsigned, 16 bits
      return 3;
    case 0xce: // unsigned, 32 bits
      return 5;
    case 0xcb: // 64-bit float: how the library writes integers above 2^32
      return 9;
    case 0xc4: // bytes
    case 0xd9: // string
      return 2 + readLength(body, offset + 1, 1);
    case 0xc5:
    case 0xda:
      return 3 + readLength(body, offset + 1, 2);
    case 0xc6: // bytes, above 65,535 of them
      return 5 + readLength(body, offset + 1, 2) * 65_536 + readLength(body, offset + 3, 2);
    default:
      return undefined;
  }
}

/** A big-endian length; past the end it counts as more than any body has. */
function readLength(body: Uint8Array, offset: number, width: 1 | 2): number {
  const high = body[offset];
  if (high === undefined) return Number.MAX_SAFE_INTEGER;
  if (width === 1) return high;
  const low = body[offset + 1];
  return low === undefined ? Number.MAX_SAFE_INTEGER : high * 256 + low;
}
