import { describe, expect, it } from 'vitest';
import { ProcessClock } from '../../../main/sim/process-clock.ts';
import { SimProcess } from '../../../main/sim/sim-process.ts';
import { World } from '../../../main/sim/world.ts';

function makeClock() {
  const world = new World();
  const process = new SimProcess();
  const fired: number[] = [];
  const startNs = world.nowNs;
  const clock = new ProcessClock(world, process);
  const fire = (): void => void fired.push(clock.nowNs() - startNs);
  return { world, process, clock, fired, fire, startNs };
}

describe('ProcessClock', () => {
  it('fires once at the latest deadline that was set, however often it was put off or brought forward', () => {
    const { world, clock, fired, fire, startNs } = makeClock();
    clock.setTimer(startNs + 100, fire);
    clock.setTimer(startNs + 300, fire);
    clock.setTimer(startNs + 200, fire);
    world.runUntil(startNs + 1_000);
    expect(fired).toEqual([200]);
    clock.setTimer(startNs + 5_000, fire);
    clock.setTimer(startNs + 2_000, fire);
    world.runUntil(startNs + 9_000);
    expect(fired).toEqual([200, 2_000]);
  });

  it('fires at once for a deadline that has passed, and not when it was cleared', () => {
    const { world, clock, fired, fire, startNs } = makeClock();
    clock.setTimer(startNs - 1, fire);
    world.runUntil(startNs + 1);
    expect(fired).toEqual([0]);
    clock.setTimer(startNs + 10, fire);
    clock.clearTimer();
    world.runUntil(startNs + 100);
    expect(fired).toEqual([0]);
  });

  it('fires late in a process that stood still, and never in one that died', () => {
    const { world, process, clock, fired, fire, startNs } = makeClock();
    clock.setTimer(startNs + 10, fire);
    process.pause();
    world.runUntil(startNs + 50);
    expect(fired).toEqual([]);
    process.resume();
    expect(fired).toEqual([50]);
    clock.setTimer(startNs + 60, fire);
    process.kill();
    world.runUntil(startNs + 100);
    expect(fired).toEqual([50]);
  });
});
