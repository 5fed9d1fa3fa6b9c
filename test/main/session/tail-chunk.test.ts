/** The chunk that is being filled. */
import { expect, it } from 'vitest';
import { ChunkFold } from '../../../main/session/chunk-fold.ts';
import { frameTypes } from '../../../main/session/frame.ts';
import { firstKeyframe } from '../../../main/session/keyframe.ts';
import { loadChunk } from '../../../main/session/loaded-chunk.ts';
import { MemoryFrames } from '../../../main/session/memory-frames.ts';
import { TailChunk } from '../../../main/session/tail-chunk.ts';
import { walkFrames } from '../../../main/session/walk-frames.ts';
import { wholeStory } from '../../support/kept-stream.ts';

const events = wholeStory().slice(0, 90);

function tailOf(count: number): TailChunk {
  const tail = new TailChunk(firstKeyframe, new ChunkFold(firstKeyframe));
  for (const event of events.slice(0, count)) tail.take(event);
  return tail;
}

function typesIn(frames: MemoryFrames): number[] {
  return [...walkFrames(frames, 0, frames.end)].map(({ type }) => Number(type));
}

it('is written bit by bit, each event once', () => {
  const frames = new MemoryFrames();
  const tail = tailOf(30);
  tail.flush(frames);
  tail.flush(frames);
  for (const event of events.slice(30)) tail.take(event);
  const place = tail.seal(frames);
  const { keyframe, events: written, chunk } = frameTypes;
  expect(typesIn(frames)).toEqual([keyframe, written, written, chunk]);
  expect(place).toMatchObject({ offset: 0, end: frames.end });
  expect(loadChunk(frames, 0, place.summaryAt)).toEqual(tail.load());
  expect(tail.load().events).toEqual(events);
  expect(tail.keyframeBytes).toBeGreaterThan(0);
});

it('goes to another place as a whole', () => {
  const tail = tailOf(50);
  tail.flush(new MemoryFrames());
  tail.rewind();
  const other = new MemoryFrames();
  const place = tail.seal(other);
  expect(loadChunk(other, place.offset, place.summaryAt)).toEqual(tail.load());
});

it('says what it is about while it is filled', () => {
  const tail = tailOf(40);
  expect(tail.summary).toMatchObject({ firstPosition: 0, endPosition: 40 });
  expect(tail.count).toBe(40);
  expect(tail.seconds()).toEqual([]);
});
