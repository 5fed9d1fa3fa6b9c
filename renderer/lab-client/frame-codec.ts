/** Frames are MessagePack. What the lab sends is taken at its word: it is our own process behind a token. */
import { Packr, Unpackr } from 'msgpackr';
import type { LabFrame, PageFrame } from '../../shared/bridge.ts';

const packr = new Packr({ useRecords: false });
/** Reads records and plain maps alike, both as objects. */
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

const labFrameTypes = new Set<unknown>(['welcome', 'refused', 'answer', 'events', 'gap']);

export function encodePageFrame(frame: PageFrame): Uint8Array<ArrayBuffer> {
  // The packer's result is a view into its large buffer, all of which a port would copy.
  return new Uint8Array(packr.pack(frame));
}

/** @returns undefined when the bytes are no frame of this protocol. */
export function decodeLabFrame(bytes: Uint8Array): LabFrame | undefined {
  try {
    const value: unknown = unpackr.unpack(bytes);
    if (typeof value !== 'object' || value === null || !('type' in value) || !labFrameTypes.has(value.type))
      return undefined;
    return value as LabFrame;
  } catch {
    return undefined;
  }
}
