/**
 * Opens a session file: by its index where it was closed cleanly, by reading all of it where it was not. What can't be read is
 * left out, and said.
 */
import { fail, succeed, type Result } from '../../shared/result.ts';
import { ChunkCache } from './chunk-cache.ts';
import { FileFrames } from './file-frames.ts';
import { frameTypes } from './frame.ts';
import { LandmarkBook } from './landmark-book.ts';
import { formatVersion, hasMagic, preambleBytes, readPreamble } from './preamble.ts';
import { messageOf } from './recording.ts';
import { FileScan } from './file-scan.ts';
import { isSessionHeader, type SessionHeader } from './session-header.ts';
import { readIndex } from './session-index.ts';
import type { StreamContent } from './stream-content.ts';
import { storeLimits } from './stream-store.ts';
import { walkFrames } from './walk-frames.ts';

export interface OpenedFile {
  readonly header: SessionHeader;
  readonly content: StreamContent;
  /** What is missing or damaged, in sentences; empty when it was closed cleanly. */
  readonly problems: readonly string[];
  readonly close: () => void;
}

/** Never throws. The failure's sentence names the file. */
export function openFile(file: string): Result<OpenedFile> {
  let frames: FileFrames;
  try {
    frames = FileFrames.open(file);
  } catch (error) {
    return fail('unusable', `${file} can't be opened: ${messageOf(error)}`);
  }
  const opened = read(file, frames);
  if (!opened.ok) frames.close();
  return opened;
}

function read(file: string, frames: FileFrames): Result<OpenedFile> {
  try {
    const problem = preambleProblem(frames.read(0, preambleBytes));
    if (problem !== undefined) return fail('unusable', `${file} ${problem}`);
    const found = readHeader(frames);
    if (!found) return fail('unusable', `${file} can't be read: its head is damaged or missing.`);
    const { header, end } = found;
    const cache = new ChunkCache(storeLimits.decodedEventsMax);
    const indexed = readIndex(frames, cache, storeLimits.landmarksMax);
    const scan = indexed ? undefined : FileScan.read(frames, end, cache, storeLimits.landmarksMax);
    if (scan?.refusal !== undefined) return fail('unusable', `${file} ${scan.refusal}`);
    const recording = { file, bytes: frames.end, bytesMax: frames.end, stopped: 'It is a recorded session.' };
    const content: StreamContent = {
      session: header.session,
      recording,
      chunks: indexed?.chunks ?? scan?.chunks ?? [],
      landmarks: indexed?.landmarks ?? scan?.landmarks ?? new LandmarkBook(0),
      latestLandmarks: [],
      second: scan?.second ?? null,
    };
    return succeed({ header, content, problems: scan?.problems ?? [], close: () => frames.close() });
  } catch (error) {
    return fail('unusable', `${file} can't be read: ${messageOf(error)}`);
  }
}

function preambleProblem(bytes: Uint8Array): string | undefined {
  if (!hasMagic(bytes)) return 'is not a session file of Raft Lab.';
  const preamble = readPreamble(bytes);
  if (!preamble) return "can't be read: its first bytes are damaged or missing.";
  if (preamble.version > formatVersion)
    return `was recorded by a newer version of Raft Lab (file format ${preamble.version}; this one reads up to ${formatVersion}). Open it with that version.`;
  return undefined;
}

/** The first frame, and where it ends. */
function readHeader(frames: FileFrames): { readonly header: SessionHeader; readonly end: number } | undefined {
  for (const frame of walkFrames(frames, preambleBytes, frames.end)) {
    const header = frame.type === frameTypes.header && 'read' in frame ? frame.read() : undefined;
    return isSessionHeader(header) ? { header, end: frame.end } : undefined;
  }
  return undefined;
}
