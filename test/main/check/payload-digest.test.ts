import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { payloadDigest } from '../../../main/check/payload-digest.ts';

it('is one number for one payload', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (payload) => {
      const digest = payloadDigest(payload);
      expect(digest).toBe(payloadDigest(payload.slice()));
      expect(Number.isInteger(digest) && digest >= 0 && digest < 2 ** 52).toBe(true);
    }),
  );
});

it('tells a hundred thousand payloads apart, and each of their lengths', () => {
  const numbers = Array.from({ length: 100_000 }, (_, at) => payloadDigest(new TextEncoder().encode(`entry ${at}`)));
  const zeros = Array.from({ length: 1_000 }, (_, length) => payloadDigest(new Uint8Array(length)));
  expect(new Set([...numbers, ...zeros]).size).toBe(101_000);
});
