import * as fc from 'fast-check';
import { Packr, Unpackr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { decodePageFrame, encodeLabFrame } from '../../../main/bridge/frame-codec.ts';
import type { LabFrame, PageFrame } from '../../../shared/bridge.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';

function pack(value: unknown): Uint8Array {
  return new Packr({ useRecords: true }).pack(value);
}

function events(count: number): LabEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    node: index % 3,
    boot: 1,
    sequence: index,
    timeNs: 5_000_000_000_000 + index,
    lamport: index,
    type: 'commit-advanced',
    from: index,
    to: index + 1,
    term: 1,
    reason: 'a majority has it',
  }));
}

describe('frames to a page', () => {
  it('can each be read by itself, in any order, by a reader that saw no other', () => {
    const frames: LabFrame[] = [
      { type: 'events', frame: 1, nowNs: 1, position: 0, events: events(200) },
      { type: 'answer', id: 1, result: { ok: false, failure: { code: 'invalid', message: 'no' } } },
      { type: 'events', frame: 2, nowNs: 2, position: 200, events: events(3) },
      { type: 'refused', reason: 'no' },
    ];
    const encoded = frames.map(encodeLabFrame);
    for (const index of [2, 0, 3, 1, 2])
      expect(new Unpackr().unpack(encoded[index] ?? new Uint8Array())).toEqual(frames[index]);
    const one = new Unpackr();
    for (const index of [3, 2, 1, 0]) expect(one.unpack(encoded[index] ?? new Uint8Array())).toEqual(frames[index]);
  });

  it('are exactly as large as they are: a port copies the whole buffer behind a view', () => {
    const bytes = encodeLabFrame({ type: 'refused', reason: 'no' });
    expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
    expect(bytes.byteLength).toBeLessThan(100);
  });

  it('name each field once, however many events have it', () => {
    const perEvent =
      encodeLabFrame({ type: 'events', frame: 1, nowNs: 1, position: 0, events: events(200) }).byteLength / 200;
    expect(perEvent).toBeLessThan(80);
  });
});

describe('frames from a page', () => {
  it.each<PageFrame>([
    { type: 'hello', protocol: 1 },
    { type: 'acknowledge', frame: 7 },
    { type: 'command', id: 3, command: { type: 'append', node: 1, entries: ['text', Buffer.from([1, 2])] } },
    { type: 'command', id: 4, command: { type: 'start-cluster', nodes: 3, fresh: undefined } },
  ])('are taken in: $type', (frame) => {
    expect(decodePageFrame(pack(frame))).toEqual({ ok: true, frame });
  });

  it.each([
    ['another type', { type: 'shout' }, undefined],
    ['no object', 5, undefined],
    ['a field too many', { type: 'hello', protocol: 1, more: 1 }, undefined],
    ['an unknown command', { type: 'command', id: 3, command: { type: 'fly' } }, 3],
    ['a command with a bad field', { type: 'command', id: 0, command: { type: 'start-cluster', nodes: 10 } }, 0],
    ['a command without a number', { type: 'command', id: 'x', command: { type: 'heal-all' } }, undefined],
    ['a negative number', { type: 'command', id: -1, command: { type: 'heal-all' } }, undefined],
  ])('are refused with a reason: %s', (_name, value, commandId) => {
    const decoded = decodePageFrame(pack(value));
    if (decoded.ok) throw new Error('was taken in');
    expect(decoded.problem.length).toBeGreaterThan(5);
    expect(decoded.commandId).toBe(commandId);
  });

  it('say where a command is wrong', () => {
    const decoded = decodePageFrame(
      pack({ type: 'command', id: 1, command: { type: 'append', node: 0, entries: ['a', 5] } }),
    );
    expect(decoded).toMatchObject({ problem: expect.stringContaining('command.entries.1') as unknown });
  });

  it('are refused unread when they are too large', () => {
    const decoded = decodePageFrame(new Uint8Array(limits.frameBytesMax + 1));
    expect(decoded).toEqual({
      ok: false,
      problem: expect.stringContaining(`${limits.frameBytesMax + 1} bytes`) as unknown,
    });
  });

  it('never throw, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodePageFrame(bytes).ok).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throw, however a good frame is bent', () => {
    const good = pack({
      type: 'command',
      id: 3,
      command: { type: 'append', node: 1, entries: ['text', new Uint8Array(9)] },
    });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, length) => {
        const bent = new Uint8Array(good).slice(0, length);
        if (at < length) bent[at] = byte;
        expect(typeof decodePageFrame(bent).ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });
});
