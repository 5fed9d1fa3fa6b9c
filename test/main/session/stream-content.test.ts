/** Where a place in the stream is. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { chunkAt, positionBehind } from '../../../main/session/stream-content.ts';
import { storeOf, viewBehind, wholeStory } from '../../support/kept-stream.ts';

const events = wholeStory();
const { chunks } = storeOf(events);

it('a position is in the first chunk that ends behind it', () => {
  for (const position of [0, 1, 63, 64, 65, events.length - 1])
    expect(chunkAt(chunks, position)).toBe(Math.floor(position / 64));
  expect(chunkAt(chunks, events.length)).toBe(chunks.length);
  expect(chunkAt([], 5)).toBe(0);
});

it('a position that is missing is before the chunk that follows', () => {
  const store = storeOf(events.slice(0, 100));
  store.begin(200, viewBehind(events, 200), 'busy');
  store.take(events.slice(200, 300));
  const at = chunkAt(store.chunks, 150);
  expect(store.chunks[at]?.summary.firstPosition).toBe(200);
});

it('a time is behind the last event that is not after it, although the stream is not in the order of time', () => {
  const times = events.map(({ timeNs }) => timeNs);
  expect(times.some((timeNs, i) => timeNs < (times[i - 1] ?? 0))).toBe(true);
  fc.assert(
    fc.property(fc.nat(events.length - 1), fc.integer({ min: -1, max: 1 }), (i, more) => {
      const timeNs = (times[i] ?? 0) + more;
      const last = times.findLastIndex((time) => time <= timeNs);
      expect(positionBehind(chunks, timeNs)).toBe(last < 0 ? undefined : last + 1);
    }),
  );
});
