/** The next event of a kind, or the last one before. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { passes } from '../../../../main/session/event-kinds.ts';
import type { PlacedEvent } from '../../../../shared/query.ts';
import { storeOf, told, wholeStory } from '../../../support/kept-stream.ts';

const events = wholeStory();
const store = storeOf(events);
const types = [...new Set(events.map(({ type }) => type))];
const filters = fc.record(
  { types: fc.subarray(types, { minLength: 1, maxLength: 3 }), nodes: fc.subarray([-1, 0, 1, 2, 9], { minLength: 1 }) },
  { requiredKeys: [] },
);

function placed(position: number): PlacedEvent | null {
  const event = events[position];
  return event ? { position, event } : null;
}

it('is the one that a plain search finds', () => {
  fc.assert(
    fc.property(fc.nat(events.length + 5), filters, (from, filter) => {
      const next = events.findIndex((event, position) => position >= from && passes(event, filter));
      expect(told(store, { type: 'find-event', from, direction: 'forwards', filter })).toEqual(placed(next));
      const last = events.findLastIndex((event, position) => position < from && passes(event, filter));
      expect(told(store, { type: 'find-event', from, direction: 'backwards', filter })).toEqual(placed(last));
    }),
    { numRuns: 150 },
  );
});

it('is none before the beginning and behind the end', () => {
  expect(told(store, { type: 'find-event', from: 0, direction: 'backwards', filter: {} })).toBeNull();
  const end = { type: 'find-event', from: events.length, filter: {} } as const;
  expect(told(store, { ...end, direction: 'forwards' })).toBeNull();
  expect(told(store, { ...end, direction: 'backwards' })).toEqual(placed(events.length - 1));
});
