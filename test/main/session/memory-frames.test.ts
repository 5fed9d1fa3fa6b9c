/** Frames in memory. */
import { expect, it } from 'vitest';
import { encodeFrame, frameTypes } from '../../../main/session/frame.ts';
import { MemoryFrames } from '../../../main/session/memory-frames.ts';
import { walkFrames } from '../../../main/session/walk-frames.ts';

function filled(): { frames: MemoryFrames; offsets: number[] } {
  const frames = new MemoryFrames();
  const offsets = [1, 2, 3].map((number) => frames.append(encodeFrame(frameTypes.events, [number, []])));
  return { frames, offsets };
}

it('are read like those of a file', () => {
  const { frames, offsets } = filled();
  const values = [...walkFrames(frames, offsets[1] ?? 0, frames.end)].map((frame) => 'read' in frame && frame.read());
  expect(values).toEqual([
    [2, []],
    [3, []],
  ]);
  const whole = frames.read(0, frames.end);
  expect(frames.read(3, 30)).toEqual(whole.subarray(3, 33));
});

it('are forgotten from the oldest on', () => {
  const { frames, offsets } = filled();
  expect(frames.held).toBe(frames.end);
  frames.forgetBefore(offsets[2] ?? 0);
  expect(frames.held).toBe(frames.end - (offsets[2] ?? 0));
  expect(frames.read(0, 10)).toHaveLength(0);
  frames.forgetBefore(Infinity);
  expect(frames.held).toBe(0);
});
