import { expect, it } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import { createLamportClock } from '../../../main/lamport-clock.ts';
import { EventStamper } from '../../../main/node/event-stamper.ts';
import { VirtualWorld } from '../../support/node-virtual-world.ts';

function setUp() {
  const world = new VirtualWorld();
  const lamport = createLamportClock();
  const batches: (readonly LabEvent[])[] = [];
  const clock = world.createClock(() => true);
  const stamper = new EventStamper({ node: 4, boot: 2, clock, lamport, deliver: (events) => batches.push(events) });
  return { world, lamport, batches, stamper };
}

const event = { type: 'node-stopping', reason: 'test' } as const;

it('stamps who, when and in which order', () => {
  const { world, lamport, batches, stamper } = setUp();
  stamper.emit(event);
  lamport.witness(100);
  world.after(3, () => stamper.emit(event));
  world.runFor(5);
  const startNs = world.nowNs - 5_000_000;
  expect(batches.flat()).toEqual([
    { ...event, node: 4, boot: 2, sequence: 1, timeNs: startNs, lamport: 1 },
    { ...event, node: 4, boot: 2, sequence: 2, timeNs: startNs + 3_000_000, lamport: 101 },
  ]);
});

it('delivers the events of one turn together, once', () => {
  const { world, batches, stamper } = setUp();
  for (let count = 0; count < 3; count++) stamper.emit(event);
  expect(batches).toEqual([]);
  world.runFor(1);
  expect(batches.map(({ length }) => length)).toEqual([3]);
});

it('delivers at once what a flush asks for, and nothing twice', () => {
  const { world, batches, stamper } = setUp();
  stamper.emit(event);
  stamper.flush();
  stamper.flush();
  world.runFor(1);
  expect(batches.map(({ length }) => length)).toEqual([1]);
});
