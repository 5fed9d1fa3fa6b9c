/** The state at a moment of the past. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyClusterView } from '../../../../shared/projection/cluster-view.ts';
import { ask, storeOf, told, viewBehind, wholeStory } from '../../../support/kept-stream.ts';

const events = wholeStory();
const store = storeOf(events);
const startNs = Math.min(...events.map(({ timeNs }) => timeNs));

it('is what a plain fold over everything before it gives', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: events.length }), (position) => {
      const timeNs = events[position - 1]?.timeNs;
      expect(told(store, { type: 'view-at', at: { position } })).toEqual({
        view: viewBehind(events, position),
        position,
        timeNs,
      });
    }),
    { numRuns: 60 },
  );
});

it('at a time is that behind the last event that is not after it', () => {
  fc.assert(
    fc.property(fc.nat(events.length - 1), fc.integer({ min: -2, max: 2 }), (i, more) => {
      const timeNs = (events[i]?.timeNs ?? 0) + more;
      const position = events.findLastIndex((event) => event.timeNs <= timeNs) + 1;
      const answer = told(store, { type: 'view-at', at: { timeNs } });
      expect(answer).toMatchObject({ position, view: viewBehind(events, position) });
    }),
    { numRuns: 40 },
  );
});

it('before everything is nothing, and behind everything the last', () => {
  const nothing = { view: emptyClusterView, position: 0, timeNs: startNs };
  expect(told(store, { type: 'view-at', at: { position: 0 } })).toEqual(nothing);
  expect(told(store, { type: 'view-at', at: { timeNs: 0 } })).toEqual(nothing);
  const last = { view: viewBehind(events, events.length), position: events.length };
  expect(told(store, { type: 'view-at', at: { position: 1e9 } })).toMatchObject(last);
  expect(told(store, { type: 'view-at', at: { timeNs: 1e15 } })).toMatchObject(last);
});

it('before what is held is no longer known', () => {
  const later = storeOf([]);
  later.begin(600, viewBehind(events, 600));
  later.take(events.slice(600));
  expect(ask(later, { type: 'view-at', at: { position: 599 } })).toMatchObject({ failure: { code: 'compacted' } });
  expect(told(later, { type: 'view-at', at: { position: 600 } }).view).toEqual(viewBehind(events, 600));
  expect(told(later, { type: 'view-at', at: { timeNs: 0 } })).toMatchObject({ position: 600 });
});
