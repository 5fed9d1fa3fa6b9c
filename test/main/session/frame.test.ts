/** The frame around everything in a session file. */
import { expect, it } from 'vitest';
import {
  bodyOf,
  encodeFrame,
  frameHeadBytes,
  frameTypes,
  isWhole,
  placeFrame,
  readHead,
} from '../../../main/session/frame.ts';
import { unpack } from '../../../main/session/pack.ts';
import { wholeStory } from '../../support/kept-stream.ts';

function placed(value: unknown, offset = 100): Uint8Array {
  const bytes = encodeFrame(frameTypes.events, value);
  placeFrame(bytes, 5, offset);
  return bytes;
}

function headOf(bytes: Uint8Array) {
  const head = readHead(bytes);
  if (!head) throw new Error('no frame');
  return head;
}

it.each([[['small']], [wholeStory().slice(0, 200)]])(
  'holds what was packed, deflated where that is smaller',
  (value) => {
    const bytes = placed(value);
    const head = headOf(bytes);
    expect(head).toMatchObject({ type: frameTypes.events, bodyBytes: bytes.length - frameHeadBytes });
    expect(head.inflatedBytes > 0).toBe(value.length > 1);
    expect(isWhole(bytes, 0, head, 5, 100)).toBe(true);
    expect(unpack(bodyOf(bytes, 0, head))).toEqual(value);
  },
);

it('is not whole at another place, in another file, cut, or with another byte anywhere', () => {
  const bytes = placed(['x'.repeat(300)]);
  const head = headOf(bytes);
  expect(isWhole(bytes, 0, head, 5, 101)).toBe(false);
  expect(isWhole(bytes, 0, head, 6, 100)).toBe(false);
  expect(isWhole(bytes.subarray(0, -1), 0, head, 5, 100)).toBe(false);
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte));
    const changedHead = readHead(changed);
    expect(changedHead !== undefined && isWhole(changed, 0, changedHead, 5, 100)).toBe(false);
  }
});

it('is none where the marker is missing, or more is claimed than a frame holds', () => {
  const bytes = placed(['x']);
  expect(readHead(bytes.subarray(0, frameHeadBytes - 1))).toBeUndefined();
  for (const at of [7, 11, 13]) {
    const changed = Uint8Array.from(bytes);
    changed[at] = 0xff;
    expect(readHead(changed)).toBeUndefined();
  }
});

it('inflates to no more than it claims', () => {
  const bytes = placed(wholeStory().slice(0, 200));
  const head = headOf(bytes);
  expect(() => bodyOf(bytes, 0, { ...head, inflatedBytes: 100 })).toThrow(/larger than/);
});
