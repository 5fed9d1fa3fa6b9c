import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { decodeLabFrame, encodePageFrame } from '../../../renderer/lab-client/frame-codec.ts';
import { decodePageFrame } from '../../../main/bridge/frame-codec.ts';
import type { PageFrame } from '../../../shared/bridge.ts';
import type { Command } from '../../../shared/command.ts';
import { EventStory } from '../../support/event-story.ts';

describe('frames', () => {
  const frame = { type: 'events', frame: 3, nowNs: 2 ** 50, position: 9, events: new EventStory().cluster(2).events };

  it.each([true, false])('are read whether objects are records (%s) or maps', (useRecords) => {
    expect(decodeLabFrame(new Packr({ useRecords }).pack(frame))).toEqual(frame);
  });

  it('are readable one by one: each carries what it needs', () => {
    const packr = new Packr({ useRecords: true });
    packr.pack(frame);
    expect(decodeLabFrame(packr.pack(frame))).toEqual(frame);
  });

  it.each([
    [new Uint8Array()],
    [new Uint8Array([0xc1])],
    [new Packr().pack({ type: 'nonsense' })],
    [new Packr().pack(7)],
  ])('of no kind that is known are not read: %o', (bytes) => {
    expect(decodeLabFrame(bytes)).toBeUndefined();
  });

  it('of answers that came packed are read like any other', () => {
    const packr = new Packr({ useRecords: true });
    const result = { ok: true, value: frame.events };
    const packed = { type: 'packed-answer', id: 4, packed: new Uint8Array(packr.pack(result)) };
    expect(decodeLabFrame(packr.pack(packed))).toEqual({ type: 'answer', id: 4, result });
  });

  it('of the page are read by the bridge', () => {
    const command: Command = { type: 'append', node: 1, entries: ['foo', new Uint8Array([0, 255])] };
    const frame: PageFrame = { type: 'command', id: 4, command };
    expect(decodePageFrame(encodePageFrame(frame))).toEqual({ ok: true, frame });
  });

  it('of the page are no larger than what is in them: a port copies the whole buffer', () => {
    const bytes = encodePageFrame({ type: 'hello', protocol: 1 });
    expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
  });
});
