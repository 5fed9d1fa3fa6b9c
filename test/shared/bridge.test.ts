import { describe, expect, it } from 'vitest';
import { bridgeProtocol, pageFrameSchema, type PageFrame } from '../../shared/bridge.ts';

describe('frames of the page', () => {
  const frames: PageFrame[] = [
    { type: 'hello', protocol: bridgeProtocol },
    { type: 'command', id: 7, command: { type: 'heal-all' } },
    { type: 'acknowledge', frame: 3 },
  ];

  it.each(frames)('$type passes the door', (frame) => {
    expect(pageFrameSchema.parse(frame)).toEqual(frame);
  });

  it.each([
    { type: 'hello' },
    { type: 'command', id: 1, command: { type: 'explode' } },
    { type: 'command', id: -1, command: { type: 'heal-all' } },
    { type: 'acknowledge', frame: 1.5 },
    { type: 'acknowledge', frame: 1, more: true },
    null,
    [],
  ])('%j does not', (frame) => {
    expect(pageFrameSchema.safeParse(frame).success).toBe(false);
  });
});
