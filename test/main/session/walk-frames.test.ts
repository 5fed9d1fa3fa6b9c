/** Frame after frame, past what is damaged. */
import { expect, it } from 'vitest';
import { encodeFrame, frameTypes, marker } from '../../../main/session/frame.ts';
import type { FrameStore } from '../../../main/session/frame-store.ts';
import { MemoryFrames } from '../../../main/session/memory-frames.ts';
import { walkFrames } from '../../../main/session/walk-frames.ts';

/** Bytes as a store that is only read. */
function bytesStore(bytes: Uint8Array): FrameStore {
  return {
    seed: 0,
    end: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
    append: () => {
      throw new Error('only read');
    },
  };
}

function threeFrames(): { readonly bytes: Uint8Array; readonly offsets: readonly number[] } {
  const frames = new MemoryFrames();
  const offsets = [1, 2, 3].map((number) => frames.append(encodeFrame(frameTypes.events, [number, 'x'.repeat(100)])));
  return { bytes: Uint8Array.from(frames.read(0, frames.end)), offsets };
}

function walked(bytes: Uint8Array): unknown[] {
  return [...walkFrames(bytesStore(bytes), 0, bytes.length)].map((frame) =>
    'read' in frame ? frame.offset : [frame.offset, frame.end],
  );
}

it('gives every whole frame and says what is damaged in between', () => {
  const { bytes, offsets } = threeFrames();
  const [first = 0, second = 0, third = 0] = offsets;
  expect(walked(bytes)).toEqual([first, second, third]);
  bytes.fill(0xa5, second + 30, second + 32);
  expect(walked(bytes)).toEqual([first, [second, third], third]);
  bytes.fill(0xa5, third, third + 4);
  expect(walked(bytes)).toEqual([first, [second, bytes.length]]);
});

it('finds the next frame behind a wrong length', () => {
  const { bytes, offsets } = threeFrames();
  const [first = 0, second = 0, third = 0] = offsets;
  bytes[first + 4] = 0xff;
  expect(walked(bytes)).toEqual([[first, second], second, third]);
});

it('reads a body that is no packed value as nothing', () => {
  const frames = new MemoryFrames();
  const frame = encodeFrame(frameTypes.events, ['x']);
  frame[16] = 0xc1;
  frames.append(frame);
  const [read] = walkFrames(frames, 0, frames.end);
  expect(read && 'read' in read && read.read()).toBeUndefined();
});

it('gives up among countless made-up frames, instead of checking each to its end', () => {
  const size = 400_000;
  const bytes = new Uint8Array(size);
  for (let at = 0; at + 16 < size; at += 16) {
    new DataView(bytes.buffer).setUint32(at + 4, size - at - 16, true);
    bytes.set(marker, at + 13);
  }
  expect(walked(bytes)).toEqual([[0, size]]);
});
