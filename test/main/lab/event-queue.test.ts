import { expect, it } from 'vitest';
import { EventQueue } from '../../../main/lab/event-queue.ts';
import type { LabEvent } from '../../../shared/event.ts';

function event(lamport: number): LabEvent {
  return { node: 0, boot: 1, sequence: lamport, timeNs: 0, lamport, type: 'node-stopping', reason: '' };
}

it('gives events back in the order in which they came, through hundreds of batches', () => {
  const queue = new EventQueue();
  const out: number[] = [];
  for (let batch = 0; batch < 300; batch += 1) {
    queue.push([event(2 * batch), event(2 * batch + 1)], batch);
    if (batch % 3 === 0) continue;
    out.push(queue.head()?.lamport ?? -1);
    queue.shift();
  }
  for (let head = queue.head(); head; head = queue.head()) {
    out.push(head.lamport);
    queue.shift();
  }
  expect(out).toEqual(Array.from({ length: 600 }, (_, lamport) => lamport));
  expect(queue.isEmpty()).toBe(true);
});

it('knows what has arrived by when', () => {
  const queue = new EventQueue();
  expect(queue.oldestArrivalNs()).toBeUndefined();
  queue.push([event(1), event(2)], 10);
  queue.push([event(3)], 20);
  expect(queue.oldestArrivalNs()).toBe(10);
  expect(queue.lastArrivedUntil(9)).toBeUndefined();
  expect(queue.lastArrivedUntil(10)).toEqual(event(2));
  expect(queue.lastArrivedUntil(25)).toEqual(event(3));
  queue.shift();
  queue.shift();
  expect(queue.oldestArrivalNs()).toBe(20);
  expect(queue.lastArrivedUntil(15)).toBeUndefined();
});
