import { expect, it } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import { createLamportClock } from '../../../main/lamport-clock.ts';
import { Stamper } from '../../../main/sim/stamper.ts';
import { World } from '../../../main/sim/world.ts';

it('stamps who, when and in which order, and hands each event on at once', () => {
  const world = new World();
  const seen: LabEvent[] = [];
  const lamport = createLamportClock();
  const { emit } = new Stamper(3, 2, lamport, world, (event) => seen.push(event));
  lamport.follow(40);
  emit({ type: 'node-stopping', reason: 'one' });
  world.runUntil(world.nowNs + 9);
  emit({ type: 'node-stopping', reason: 'two' });
  const common = { node: 3, boot: 2, type: 'node-stopping' };
  expect(seen).toEqual([
    { ...common, sequence: 1, timeNs: world.nowNs - 9, lamport: 41, reason: 'one' },
    { ...common, sequence: 2, timeNs: world.nowNs, lamport: 42, reason: 'two' },
  ]);
});
