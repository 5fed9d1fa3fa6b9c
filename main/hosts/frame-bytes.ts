/**
 * Frames between threads. Posting a view posts the whole buffer behind it, which may be a pool shared with others' data.
 */

/** The frame in a buffer of exactly its size: itself where that is so already, otherwise a copy. */
export function exactBytes(frame: Uint8Array): Uint8Array {
  const isExact = frame.byteLength === frame.buffer.byteLength && frame.constructor === Uint8Array;
  return isExact ? frame : new Uint8Array(frame);
}
