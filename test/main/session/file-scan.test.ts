/** Finding the chunks of a file without an index. */
import { expect, it } from 'vitest';
import { ChunkCache } from '../../../main/session/chunk-cache.ts';
import { FileScan } from '../../../main/session/file-scan.ts';
import { encodeFrame, frameTypes } from '../../../main/session/frame.ts';
import { MemoryFrames } from '../../../main/session/memory-frames.ts';
import { ChunkFold } from '../../../main/session/chunk-fold.ts';
import { firstKeyframe } from '../../../main/session/keyframe.ts';
import { landmarkOf } from '../../../shared/projection/landmarks.ts';
import { viewBehind, wholeStory } from '../../support/kept-stream.ts';

const events = wholeStory().slice(0, 400);
const fullBook = { type: 'landmarks', fromNs: 0, toNs: 1e12, max: 10_000 } as const;

type Piece = 'keyframe' | 'events' | 'summary';

/** A chunk of the events from `first` to `end`, without some of its frames. */
function addChunk(frames: MemoryFrames, first: number, end: number, pieces: readonly Piece[]): void {
  const keyframe = { ...firstKeyframe, position: first, view: viewBehind(events, first) };
  const fold = new ChunkFold(keyframe);
  const chunk = events.slice(first, end);
  for (const event of chunk) fold.take(event);
  if (pieces.includes('keyframe')) frames.append(encodeFrame(frameTypes.keyframe, keyframe));
  if (pieces.includes('events')) frames.append(encodeFrame(frameTypes.events, [first, chunk]));
  if (pieces.includes('summary')) frames.append(encodeFrame(frameTypes.chunk, fold.summary()));
}

function scan(frames: MemoryFrames): FileScan {
  return FileScan.read(frames, 0, new ChunkCache(10_000), 1_000);
}

function spans({ chunks }: FileScan): readonly (readonly [number, number])[] {
  return chunks.map(({ summary }) => [summary.firstPosition, summary.endPosition]);
}

it('makes the summaries that are missing', () => {
  const frames = new MemoryFrames();
  addChunk(frames, 0, 100, ['keyframe', 'events', 'summary']);
  addChunk(frames, 100, 200, ['keyframe', 'events']);
  addChunk(frames, 200, 300, ['keyframe', 'events', 'summary']);
  addChunk(frames, 300, 400, ['keyframe', 'events']);
  const scanned = scan(frames);
  expect(spans(scanned)).toEqual([
    [0, 100],
    [100, 200],
    [200, 300],
    [300, 400],
  ]);
  const whole = events.flatMap((event, position) => landmarkOf(event, position) ?? []);
  expect(scanned.landmarks.between(fullBook, []).landmarks).toEqual(whole);
  expect(scanned.second).not.toBeNull();
});

it('holds events whose keyframe is missing', () => {
  const frames = new MemoryFrames();
  addChunk(frames, 0, 100, ['events', 'summary']);
  addChunk(frames, 100, 200, ['events']);
  const scanned = scan(frames);
  expect(spans(scanned)).toEqual([
    [0, 100],
    [100, 200],
  ]);
});

it('takes no events twice', () => {
  const frames = new MemoryFrames();
  addChunk(frames, 0, 100, ['keyframe', 'events', 'summary']);
  addChunk(frames, 50, 150, ['keyframe', 'events', 'summary']);
  const scanned = scan(frames);
  expect(spans(scanned)).toEqual([[0, 100]]);
  expect(scanned.problems[0]).toMatch(/from position 50 on stand in it twice/);
});

it('passes over a summary without events, and events that are none', () => {
  const frames = new MemoryFrames();
  addChunk(frames, 0, 100, ['summary']);
  frames.append(encodeFrame(frameTypes.events, 'nonsense'));
  frames.append(encodeFrame(frameTypes.chunk, 'nonsense'));
  expect(spans(scan(frames))).toEqual([]);
});
