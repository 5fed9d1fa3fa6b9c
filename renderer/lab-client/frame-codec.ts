/** Frames are MessagePack. What the lab sends is taken at its word: it is our own process behind a token. */
import { Packr, Unpackr } from 'msgpackr';
import type { LabFrame, PageFrame } from '../../shared/bridge.ts';
import type { Result } from '../../shared/result.ts';

const packr = new Packr({ useRecords: false });
/** Reads records and plain maps alike, both as objects. */
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

const labFrameTypes = new Set<unknown>(['welcome', 'refused', 'answer', 'packed-answer', 'events', 'gap']);

export function encodePageFrame(frame: PageFrame): Uint8Array<ArrayBuffer> {
  // The packer's result is a view into its large buffer, all of which a port would copy.
  return new Uint8Array(packr.pack(frame));
}

/** A frame with everything in it unpacked. */
export type ReadFrame = Exclude<LabFrame, { type: 'packed-answer' }>;

/** @returns undefined when the bytes are no frame of this protocol. */
export function decodeLabFrame(bytes: Uint8Array): ReadFrame | undefined {
  try {
    const value: unknown = unpackr.unpack(bytes);
    if (typeof value !== 'object' || value === null || !('type' in value) || !labFrameTypes.has(value.type))
      return undefined;
    const frame = value as LabFrame;
    if (frame.type !== 'packed-answer') return frame;
    const result = unpackr.unpack(frame.packed) as Result<unknown>;
    return { type: 'answer', id: frame.id, result };
  } catch {
    return undefined;
  }
}
