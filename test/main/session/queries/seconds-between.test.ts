/** Figures of each second. */
import { expect, it } from 'vitest';
import { SecondsFold, type SecondFigures } from '../../../../shared/projection/second-figures.ts';
import { storeOf, told, viewBehind, wholeStory } from '../../../support/kept-stream.ts';

const events = wholeStory();
const second = 1e9;

function plainSeconds(): SecondFigures[] {
  const fold = new SecondsFold();
  return [...events.map((event) => fold.take(event)), fold.running].filter((figures) => figures !== undefined);
}

it.each([1, 7, 64, 5_000])('are those of a plain fold, in chunks of %i', (chunkEvents) => {
  const store = storeOf(events, { limits: { chunkEvents } });
  const all = plainSeconds();
  expect(all.length).toBeGreaterThan(2);
  expect(told(store, { type: 'seconds', fromNs: 0, toNs: 1e12 })).toEqual(all);
  for (const { second: number } of all) {
    const span = { fromNs: number * second + 5, toNs: number * second + 10 };
    expect(told(store, { type: 'seconds', ...span })).toEqual(all.filter((figures) => figures.second === number));
  }
  expect(told(store, { type: 'seconds', fromNs: 1e11, toNs: 1e12 })).toEqual([]);
});

it('of a second with a gap in it count what is held', () => {
  const store = storeOf(events.slice(0, 300));
  store.begin(310, viewBehind(events, 310), 'busy');
  store.take(events.slice(310));
  const held = told(store, { type: 'seconds', fromNs: 0, toNs: 1e12 });
  expect(held.map((figures) => figures.second)).toEqual(plainSeconds().map((figures) => figures.second));
  const bytes = (all: readonly SecondFigures[]): number => all.reduce((sum, figures) => sum + figures.bytes, 0);
  const lost = events
    .slice(300, 310)
    .reduce((sum, event) => sum + (event.type === 'datagram-sent' ? event.bytes : 0), 0);
  expect(bytes(held)).toBe(bytes(plainSeconds()) - lost);
});
