/** A chunk with its events, whole and damaged. */
import { expect, it } from 'vitest';
import { encodeFrame, frameTypes } from '../../../main/session/frame.ts';
import { firstKeyframe } from '../../../main/session/keyframe.ts';
import { loadChunk, viewBefore } from '../../../main/session/loaded-chunk.ts';
import { MemoryFrames } from '../../../main/session/memory-frames.ts';
import { viewBehind, wholeStory } from '../../support/kept-stream.ts';

const events = wholeStory().slice(0, 300);

/** A chunk in three pieces, of which some are left out. */
function loadPieces(...pieces: readonly number[]) {
  const frames = new MemoryFrames();
  frames.append(encodeFrame(frameTypes.keyframe, firstKeyframe));
  for (const piece of pieces)
    frames.append(encodeFrame(frameTypes.events, [piece * 100, events.slice(piece * 100, (piece + 1) * 100)]));
  return loadChunk(frames, 0, frames.end);
}

it('gives the state behind each of its events', () => {
  const chunk = loadPieces(0, 1, 2);
  expect(chunk.events).toEqual(events);
  for (const position of [0, 1, 99, 100, 101, 299, 300]) {
    const timeNs = events[position - 1]?.timeNs;
    expect(viewBefore(chunk, position)).toEqual({ view: viewBehind(events, position), position, timeNs });
  }
});

it('gives the state before what is missing', () => {
  const chunk = loadPieces(0, 2);
  expect(chunk.positions).toHaveLength(200);
  expect(viewBefore(chunk, 250)).toMatchObject({ position: 100, view: viewBehind(events, 100) });
});

it('gives none without its beginning', () => {
  const frames = new MemoryFrames();
  frames.append(encodeFrame(frameTypes.events, [0, events]));
  frames.append(encodeFrame(frameTypes.events, 'no events'));
  const chunk = loadChunk(frames, 0, frames.end);
  expect(chunk.events).toEqual(events);
  expect(viewBefore(chunk, 10)).toBeUndefined();
});
