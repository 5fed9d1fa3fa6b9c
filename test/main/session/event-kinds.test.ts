/** What a search may pass over. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventKinds, passes } from '../../../main/session/event-kinds.ts';
import { wholeStory } from '../../support/kept-stream.ts';

const events = wholeStory();
const types = [...new Set(events.map(({ type }) => type)), 'snapshot-saved' as const];

it('never passes over what is looked for, and over all that has nothing of it', () => {
  const filter = fc.record(
    {
      types: fc.subarray(types, { minLength: 1 }),
      nodes: fc.subarray([-1, 0, 1, 2, 3, 40], { minLength: 1 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(filter, fc.nat(events.length), fc.integer({ min: 1, max: 30 }), (wanted, from, length) => {
      const kinds = new EventKinds();
      const stretch = events.slice(from, from + length);
      for (const event of stretch) kinds.add(event);
      const read = new EventKinds(kinds.list());
      const found = stretch.some((event) => passes(event, wanted));
      expect(read.mayPass(wanted)).toBe(found);
    }),
  );
});

it('counts each type', () => {
  const kinds = new EventKinds();
  for (const event of events) kinds.add(event);
  const [, count] = kinds.list().find(([type]) => type === 'role-changed') ?? [];
  expect(count).toBe(events.filter(({ type }) => type === 'role-changed').length);
});

it('may look once too often where servers share a bit, never too rarely', () => {
  const kinds = new EventKinds();
  const [event] = events;
  if (event) kinds.add({ ...event, node: 64 });
  expect(kinds.mayPass({ nodes: [64] })).toBe(true);
  expect(kinds.mayPass({ nodes: [0] })).toBe(true);
  expect(kinds.mayPass({ nodes: [1] })).toBe(false);
});
