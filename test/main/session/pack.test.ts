/** Values as bytes. */
import { expect, it } from 'vitest';
import { pack, unpack } from '../../../main/session/pack.ts';
import { viewBehind, wholeStory } from '../../support/kept-stream.ts';

it.each([
  ['events', wholeStory().slice(0, 500)],
  ['a state', viewBehind(wholeStory(), 900)],
  ['numbers', [0, -1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 0.5]],
  ['nothing', null],
])('gives back %s', (_, value) => {
  expect(unpack(pack(value))).toEqual(value);
});

it('is no view into something larger: its buffer can be handed to another thread', () => {
  const bytes = pack(['x']);
  expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
});

it('can be read by itself: each value carries its own structures', () => {
  pack({ a: 1, b: 2 });
  expect(unpack(pack({ a: 3, b: 4 }))).toEqual({ a: 3, b: 4 });
});
