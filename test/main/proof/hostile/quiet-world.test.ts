import { expect, it } from 'vitest';
import { QuietWorld } from '../../../../main/proof/hostile/quiet-world.ts';

const at = (port: number) => ({ host: '127.0.0.1', port });

it('delivers at once and in order, and lets time pass only when it is asked to', () => {
  const world = new QuietWorld();
  const [left, right] = [world.openDatagrams(at(1)), world.openDatagrams(at(2))];
  const heard: string[] = [];
  right.onDatagram((bytes, from) => heard.push(`${bytes.join()} of ${from.port} at ${world.nowNs / 1e6}`));
  const clock = world.createClock();
  clock.setTimer(world.nowNs + 5e6, () => left.send(Uint8Array.of(2), at(2)));
  left.send(Uint8Array.of(1), at(2));
  left.send(Uint8Array.of(9), at(3));
  world.settle();
  expect(heard).toEqual(['1 of 1 at 1000']);
  world.runUntil(() => heard.length === 2, 'the second one');
  expect([heard[1], world.delivered]).toEqual(['2 of 1 at 1005', 2]);
  right.close();
  world.deliver(Uint8Array.of(3), at(1), at(2));
  expect(world.delivered).toBe(2);
  expect(() => world.runUntil(() => false, 'what never comes')).toThrow('what never comes did not come');
});
