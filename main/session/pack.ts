/**
 * Values as bytes: MessagePack with records (the keys of equal shapes are written once). Each packed value carries the
 * structures of its own records, so that it can be read by itself.
 */
import { Packr, Unpackr } from 'msgpackr';

const packr = new Packr({ useRecords: true });
/** Reads records and plain maps alike, both as objects. */
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

export function pack(value: unknown): Uint8Array<ArrayBuffer> {
  // The packer's result is a view into its large buffer.
  return new Uint8Array(packr.pack(value));
}

/** Throws when the bytes are no packed value. */
export function unpack(bytes: Uint8Array): unknown {
  return unpackr.unpack(bytes);
}
