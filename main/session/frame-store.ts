/** Where frames are put, one behind the other, and read again: a file, or memory. */

export interface FrameStore {
  /** Frames are checked with it: see frame.ts. */
  readonly seed: number;
  /** Where the next frame will stand: everything before it was appended. */
  readonly end: number;
  /** Completes `frame` for its place, and keeps it. May throw what the file system throws. @returns its offset */
  append(frame: Uint8Array<ArrayBuffer>): number;
  /** Fewer bytes than asked for where there are no more. May throw what the file system throws. */
  read(offset: number, bytes: number): Uint8Array;
}
