import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { payloadText } from '../../../main/scenario/payload-text.ts';

it('reads any text back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(payloadText(new TextEncoder().encode(text))).toBe(text);
    }),
  );
});

it('takes bytes that are no UTF-8 for no text', () => {
  expect(payloadText(Uint8Array.from([0xff, 0xfe]))).toBeUndefined();
});
