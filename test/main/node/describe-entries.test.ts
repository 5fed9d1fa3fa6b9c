import { expect, it } from 'vitest';
import { describeEntries } from '../../../main/node/describe-entries.ts';

function previewOf(entry: string | number[]): string {
  return describeEntries([typeof entry === 'string' ? new TextEncoder().encode(entry) : new Uint8Array(entry)]).preview;
}

it('counts entries and bytes, and shows how the first one begins', () => {
  const entries = ['foo', 'größer', ''].map((text) => new TextEncoder().encode(text));
  expect(describeEntries(entries)).toEqual({ entryCount: 3, payloadBytes: 11, preview: 'foo' });
  expect(describeEntries([])).toEqual({ entryCount: 0, payloadBytes: 0, preview: '' });
});

it('is one line, not too long, and never half a character', () => {
  expect(previewOf('a\nb\tc\u0000')).toBe('a␣b␣c␣');
  expect(previewOf('x'.repeat(60))).toBe('x'.repeat(60));
  expect(previewOf('x'.repeat(61))).toBe(`${'x'.repeat(60)}…`);
  expect(previewOf('👩‍👩‍👧'.repeat(2))).toBe('👩‍👩‍👧'.repeat(2));
  // 241 bytes of two-byte characters behind one of one: the cut at byte 240 goes through a character.
  expect(previewOf(`a${'ä'.repeat(200)}`)).toBe(`a${'ä'.repeat(59)}…`);
});

it('is hexadecimal for what is no text', () => {
  expect(previewOf([0xff, 0x00, 0x10])).toBe('0xff0010');
  expect(previewOf(Array.from({ length: 500 }, () => 0xab))).toBe(`0x${'ab'.repeat(29)}…`);
});
