/**
 * Frames as bytes: MessagePack. Each frame carries the structures of its own records, so that it can be read by itself,
 * sent to several pages, or left out.
 */
import { Packr, Unpackr } from 'msgpackr';
import { pageFrameSchema, type LabFrame, type PageFrame } from '../../shared/bridge.ts';
import { limits } from '../../shared/cluster-config.ts';
import { describeSchemaProblem } from '../../shared/schema-problem.ts';

const packr = new Packr({ useRecords: true });
/** Pages write plain maps; without `mapsAsObjects` they would be read as a Map. */
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });

/** A frame of a page, or what is wrong with it; `commandId` when it was a command that can still be answered. */
export type DecodedPageFrame =
  | { readonly ok: true; readonly frame: PageFrame }
  | { readonly ok: false; readonly problem: string; readonly commandId?: number };

export function encodeLabFrame(frame: LabFrame): Uint8Array<ArrayBuffer> {
  // The packer's result is a view into its large buffer, all of which a port would copy.
  return new Uint8Array(packr.pack(frame));
}

/** Never throws, whatever the bytes are. */
export function decodePageFrame(bytes: Uint8Array): DecodedPageFrame {
  if (bytes.byteLength > limits.frameBytesMax) {
    return {
      ok: false,
      problem: `The frame has ${bytes.byteLength} bytes; a frame holds up to ${limits.frameBytesMax}.`,
    };
  }
  let value: unknown;
  try {
    value = unpackr.unpack(bytes);
  } catch (error) {
    return {
      ok: false,
      problem: `The frame is not MessagePack: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const parsed = pageFrameSchema.safeParse(value);
  if (parsed.success) return { ok: true, frame: parsed.data };
  const problem = describeSchemaProblem(parsed.error, 'frame');
  const commandId = commandIdOf(value);
  return { ok: false, problem, ...(commandId !== undefined && { commandId }) };
}

function commandIdOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('type' in value) || value.type !== 'command' || !('id' in value)) return undefined;
  return typeof value.id === 'number' && Number.isSafeInteger(value.id) && value.id >= 0 ? value.id : undefined;
}
