import { expect, it } from 'vitest';
import { RecentEvents } from '../../../main/lab/recent-events.ts';
import type { EventBody, LabEvent } from '../../../shared/event.ts';

function events(from: number, to: number, bodyOf: (sequence: number) => EventBody): LabEvent[] {
  return Array.from({ length: to - from + 1 }, (_, offset) => {
    const sequence = from + offset;
    return { node: 0, boot: 1, sequence, timeNs: 0, lamport: sequence, ...bodyOf(sequence) };
  });
}

const debug = (): EventBody => ({ type: 'entries-applied', from: 0, to: 1, digest: 0 });
/** Every tenth is of level info. */
const mixed = (sequence: number): EventBody =>
  sequence % 10 === 0 ? { type: 'leader-known', leaderId: 0, term: 1 } : debug();

it('keeps everything until it is full, then the latest, oldest first', () => {
  const recent = new RecentEvents({ recentMax: 5, earlierMax: 5 });
  recent.push(events(1, 3, debug));
  expect(recent.held().recentEvents).toEqual(events(1, 3, debug));
  recent.push(events(4, 7, debug));
  expect(recent.held().recentEvents).toEqual(events(3, 7, debug));
  recent.push(events(8, 100, debug));
  expect(recent.held()).toEqual({ recentEvents: events(96, 100, debug), earlierEvents: [], forgottenEvents: 95 });
});

it('keeps of what came before the latest at level info, and counts the others', () => {
  const recent = new RecentEvents({ recentMax: 15, earlierMax: 3 });
  recent.push(events(1, 100, mixed));
  const { recentEvents, earlierEvents, forgottenEvents } = recent.held();
  expect(recentEvents).toEqual(events(86, 100, mixed));
  expect(earlierEvents.map(({ sequence }) => sequence)).toEqual([60, 70, 80]);
  expect(forgottenEvents).toBe(77);
});
