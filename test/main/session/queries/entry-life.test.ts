/** What happened to an entry. */
import { expect, it } from 'vitest';
import { touchedEntries } from '../../../../main/session/touched-entries.ts';
import { emptyClusterView, projectClusterView } from '../../../../shared/projection/cluster-view.ts';
import type { EventType } from '../../../../shared/event.ts';
import type { PlacedEvent } from '../../../../shared/query.ts';
import { storeOf, told, wholeStory } from '../../../support/kept-stream.ts';

const events = wholeStory();
const store = storeOf(events);

/** Found by looking at everything. */
function plainLife(index: number): PlacedEvent[] {
  let view = emptyClusterView;
  return events.flatMap((event, position) => {
    const touched = touchedEntries(event, view);
    view = projectClusterView(view, event);
    return touched && touched.from <= index && index <= touched.to ? [{ position, event }] : [];
  });
}

it('is all that is about it, and the request that asked for it', () => {
  const answers = events.filter((event) => event.type === 'request-answered');
  for (const index of [1, 2, 3, 4, 5, 6, 7]) {
    const life = told(store, { type: 'entry-life', index });
    expect(life.filter(({ event }) => event.type !== 'request-sent')).toEqual(plainLife(index));
    const answered = answers.filter(
      ({ outcome }) => outcome.kind === 'appended' && outcome.firstIndex <= index && index <= outcome.lastIndex,
    );
    const asked = life.flatMap(({ event }) => (event.type === 'request-sent' ? [event.requestId] : []));
    expect(asked).toEqual(answered.map(({ requestId }) => requestId));
    expect(life.map(({ position }) => position)).toEqual(
      life.map(({ position }) => position).toSorted((a, b) => a - b),
    );
  }
});

it('tells where it was stored, committed and applied', () => {
  const types = new Set<EventType>(told(store, { type: 'entry-life', index: 2 }).map(({ event }) => event.type));
  for (const type of [
    'request-sent',
    'entries-appended',
    'datagram-sent',
    'datagram-received',
    'entries-persisted',
    'commit-advanced',
    'entries-applied',
    'request-answered',
  ] as const)
    expect(types).toContain(type);
});

it('so far is what came before', () => {
  const whole = told(store, { type: 'entry-life', index: 2 });
  const before = whole[5]?.position ?? 0;
  expect(told(store, { type: 'entry-life', index: 2, before })).toEqual(whole.slice(0, 5));
  expect(told(store, { type: 'entry-life', index: 2, before: 0 })).toEqual([]);
});

it('of an entry that never was is empty', () => {
  expect(told(store, { type: 'entry-life', index: 1_000_000 })).toEqual([]);
});
