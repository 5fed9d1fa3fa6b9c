/** Events of the past. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { passes } from '../../../../main/session/event-kinds.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import type { EventFilter } from '../../../../shared/query.ts';
import { ask, storeOf, told, viewBehind, wholeStory } from '../../../support/kept-stream.ts';

const events = wholeStory();
const store = storeOf(events);
const types = [...new Set(events.map(({ type }) => type))];

const filters = fc.option(
  fc.record(
    { types: fc.subarray(types, { minLength: 1 }), nodes: fc.subarray([-1, 0, 1, 2, 9], { minLength: 1 }) },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

/** All of them, page by page. */
function listed(from: number, to: number, limit: number, filter: EventFilter | undefined) {
  const pages: { position: number; event: LabEvent }[] = [];
  for (let next = from; next < to;) {
    const page = told(store, { type: 'events', from: next, to, limit, ...(filter && { filter }) });
    expect(page.events.length).toBeLessThanOrEqual(limit);
    for (const [i, event] of page.events.entries()) pages.push({ position: page.positions[i] ?? -1, event });
    expect(page.next).toBeGreaterThan(next);
    ({ next } = page);
  }
  return pages;
}

it('are those that a plain look through everything finds', () => {
  const place = fc.nat(events.length);
  fc.assert(
    fc.property(place, place, fc.integer({ min: 5, max: 500 }), filters, (one, other, limit, filter) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const expected = events
        .map((event, position) => ({ position, event }))
        .slice(from, to)
        .filter(({ event }) => !filter || passes(event, filter));
      expect(listed(from, to, limit, filter)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

it('end where the stream ends', () => {
  const { length } = events;
  expect(told(store, { type: 'events', from: length - 2, limit: 9 })).toMatchObject({
    positions: [length - 2, length - 1],
    next: length,
  });
  expect(told(store, { type: 'events', from: length, limit: 9 })).toEqual({ positions: [], events: [], next: length });
  expect(told(store, { type: 'events', from: length + 50, limit: 9 })).toMatchObject({ positions: [], next: length });
  expect(told(store, { type: 'events', from: 5, to: length + 50, limit: 20_000 }).next).toBe(length);
});

it('that are no longer held are refused; where some are held, those come', () => {
  const later = storeOf([]);
  later.begin(600, viewBehind(events, 600));
  later.take(events.slice(600, 700));
  expect(ask(later, { type: 'events', from: 10, to: 500, limit: 9 })).toMatchObject({ failure: { code: 'compacted' } });
  expect(told(later, { type: 'events', from: 10, limit: 2 })).toMatchObject({ positions: [600, 601], next: 602 });
});
