/**
 * The index at the end of a session file that was closed cleanly: what is kept in memory of all chunks, so that opening reads
 * little. Last stands the end frame, always as long, which says where the index begins.
 */
import type { Landmark } from '../../shared/projection/landmarks.ts';
import { StoredChunk } from './chunk.ts';
import type { ChunkCache } from './chunk-cache.ts';
import { isStoredSummary, summaryOf, type StoredSummary } from './chunk-summary.ts';
import type { FrameStore } from './frame-store.ts';
import { encodeFrame, frameHeadBytes, frameTypes } from './frame.ts';
import { LandmarkBook, type LeftLandmarks } from './landmark-book.ts';
import { walkFrames } from './walk-frames.ts';

/** A chunk as the index has it: its landmarks are with all others, its seconds at their place. */
interface IndexedChunk {
  readonly summary: StoredSummary;
  readonly place: readonly [offset: number, summaryAt: number, end: number];
}

/** What an index frame holds: some of the chunks, some of the landmarks. */
interface IndexPart {
  readonly chunks: readonly IndexedChunk[];
  readonly landmarks: readonly Landmark[];
  readonly left: readonly LeftLandmarks[];
}

export interface SessionIndex {
  readonly chunks: readonly StoredChunk[];
  readonly landmarks: LandmarkBook;
}

const chunksPerFrame = 1_024;
const landmarksPerFrame = 20_000;
/** The offset of the index in the end frame: a string of so many digits, and a byte before it. */
const digits = 16;
const endBytes = frameHeadBytes + digits + 1;

/** May throw what the file system throws. */
export function writeIndex(frames: FrameStore, { chunks, landmarks: book }: SessionIndex): void {
  const start = frames.end;
  const { landmarks, left } = book.list();
  for (let at = 0; at < chunks.length; at += chunksPerFrame) {
    writePart(frames, { chunks: chunks.slice(at, at + chunksPerFrame).map(indexed), landmarks: [], left: [] });
  }
  for (let at = 0; at < landmarks.length; at += landmarksPerFrame) {
    writePart(frames, { chunks: [], landmarks: landmarks.slice(at, at + landmarksPerFrame), left: [] });
  }
  if (left.length > 0) writePart(frames, { chunks: [], landmarks: [], left });
  frames.append(encodeFrame(frameTypes.end, `${start}`.padStart(digits, '0')));
}

/** Undefined when the file does not end in an index that can be read. May throw what the file system throws. */
export function readIndex(frames: FrameStore, cache: ChunkCache, landmarksMax: number): SessionIndex | undefined {
  const endAt = frames.end - endBytes;
  const start = indexStart(frames, endAt);
  if (start === undefined) return undefined;
  const chunks: StoredChunk[] = [];
  const landmarks = new LandmarkBook(landmarksMax);
  for (const frame of walkFrames(frames, start, endAt)) {
    const part = frame.type === frameTypes.index && 'read' in frame ? frame.read() : undefined;
    if (!isIndexPart(part)) return undefined;
    landmarks.restore(part);
    for (const { summary, place } of part.chunks) {
      const [offset, summaryAt, end] = place;
      if (!isInOrder(chunks.at(-1), summary, place) || end > start) return undefined;
      chunks.push(new StoredChunk(summaryOf(summary), { frames, offset, summaryAt, end }, cache));
    }
  }
  return { chunks, landmarks };
}

function writePart(frames: FrameStore, part: IndexPart): void {
  frames.append(encodeFrame(frameTypes.index, part));
}

function indexed({ summary, place }: StoredChunk): IndexedChunk {
  const { firstPosition, endPosition, startNs, endNs, kinds, entries } = summary;
  const stored = { firstPosition, endPosition, startNs, endNs, kinds: kinds.list(), entries };
  return {
    summary: { ...stored, landmarks: [], seconds: [] },
    place: [place.offset, place.summaryAt, place.end],
  };
}

function indexStart(frames: FrameStore, endAt: number): number | undefined {
  if (endAt < 0) return undefined;
  for (const frame of walkFrames(frames, endAt, frames.end)) {
    if (frame.type !== frameTypes.end || !('read' in frame)) return undefined;
    const start = Number(frame.read());
    return Number.isSafeInteger(start) && start <= endAt ? start : undefined;
  }
  return undefined;
}

function isInOrder(
  last: StoredChunk | undefined,
  { firstPosition }: StoredSummary,
  [offset, summaryAt, end]: IndexedChunk['place'],
): boolean {
  const { summary, place } = last ?? {};
  return (
    firstPosition >= (summary?.endPosition ?? 0) &&
    offset >= (place?.end ?? 0) &&
    offset <= summaryAt &&
    summaryAt < end
  );
}

function isIndexPart(value: unknown): value is IndexPart {
  if (typeof value !== 'object' || value === null) return false;
  const { chunks, landmarks, left } = value as Partial<IndexPart>;
  return (
    Array.isArray(chunks) &&
    Array.isArray(landmarks) &&
    Array.isArray(left) &&
    chunks.every(({ summary, place }: IndexedChunk) => isStoredSummary(summary) && Array.isArray(place))
  );
}
