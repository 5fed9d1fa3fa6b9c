import { expect, it } from 'vitest';
import { RecentEvents } from '../../../main/lab/recent-events.ts';
import type { LabEvent } from '../../../shared/event.ts';

function events(from: number, to: number): LabEvent[] {
  return Array.from({ length: to - from + 1 }, (_, offset) => {
    const sequence = from + offset;
    return { node: 0, boot: 1, sequence, timeNs: 0, lamport: sequence, type: 'node-stopping', reason: '' };
  });
}

it('keeps everything until it is full, then the latest, oldest first', () => {
  const recent = new RecentEvents(5);
  recent.push(events(1, 3));
  expect(recent.list()).toEqual(events(1, 3));
  recent.push(events(4, 7));
  expect(recent.list()).toEqual(events(3, 7));
  recent.push(events(8, 100));
  expect(recent.list()).toEqual(events(96, 100));
});
