import { describe, expect, it } from 'vitest';
import { bodyBytesMax, frameBytes, isWhole, readFrame, sealFrame } from '../../../main/disk/frame.ts';

const place = { seed: 0x12345678, offset: 1000 };
const frame = { type: 2, bodyBytes: 8, flushOffset: 900 };

function sealed(): Uint8Array {
  const bytes = new Uint8Array(frameBytes + frame.bodyBytes).fill(7);
  sealFrame(new DataView(bytes.buffer), 0, place, frame);
  return bytes;
}

describe('frames', () => {
  it('say what was sealed', () => {
    expect(readFrame(sealed())).toEqual(frame);
    expect(isWhole(sealed(), 0, frame, place)).toBe(true);
  });

  it('hold only at their own place', () => {
    expect(isWhole(sealed(), 0, frame, { ...place, offset: 1001 })).toBe(false);
    expect(isWhole(sealed(), 0, frame, { ...place, seed: 0x12345679 })).toBe(false);
  });

  it('are not whole without the end of their body', () => {
    expect(isWhole(sealed().subarray(0, -1), 0, frame, place)).toBe(false);
  });

  it('do not begin behind themselves', () => {
    const bytes = sealed();
    const late = { ...frame, flushOffset: 1001 };
    sealFrame(new DataView(bytes.buffer), 0, place, late);
    expect(isWhole(bytes, 0, late, place)).toBe(false);
  });

  it('are not seen in zeros, in short bytes, or with an absurd length', () => {
    expect(readFrame(new Uint8Array(100))).toBeUndefined();
    expect(readFrame(sealed().subarray(0, frameBytes - 1))).toBeUndefined();
    const bytes = sealed();
    new DataView(bytes.buffer).setUint32(4, bodyBytesMax + 1, true);
    expect(readFrame(bytes)).toBeUndefined();
  });
});
