/** What is held. */
import { expect, it } from 'vitest';
import { boundsOf } from '../../../../main/session/queries/bounds.ts';
import { storeOf, testHeader, viewBehind, wholeStory } from '../../../support/kept-stream.ts';

const events = wholeStory();
const times = events.map(({ timeNs }) => timeNs);

it('goes from the first event to the last', () => {
  expect(boundsOf(storeOf(events))).toEqual({
    session: testHeader.session,
    firstPosition: 0,
    endPosition: events.length,
    startNs: Math.min(...times),
    endNs: Math.max(...times),
    recording: null,
  });
});

it('names what is missing', () => {
  const store = storeOf(events.slice(0, 100));
  for (const [from, to] of [
    [150, 250],
    [300, 310],
  ] as const) {
    store.begin(from, viewBehind(events, from), 'busy');
    store.take(events.slice(from, to));
  }
  expect(boundsOf(store).gaps).toEqual([
    { from: 100, to: 150 },
    { from: 250, to: 300 },
  ]);
});
