import { describe, expect, it } from 'vitest';
import { SimProcess } from '../../../main/sim/sim-process.ts';
import { World } from '../../../main/sim/world.ts';

describe('World', () => {
  it('jumps from one thing to the next, and stands at the end where it was told to', () => {
    const world = new World();
    const startNs = world.nowNs;
    const seen: number[] = [];
    world.call(startNs + 30, () => seen.push(world.nowNs - startNs));
    world.call(startNs + 10, () => seen.push(world.nowNs - startNs));
    world.call(startNs + 200, () => seen.push(world.nowNs - startNs));
    world.runUntil(startNs + 100);
    expect(seen).toEqual([10, 30]);
    expect(world.nowNs).toBe(startNs + 100);
  });

  it('ends a turn when everything of its instant has happened', () => {
    const world = new World();
    const process = new SimProcess();
    const seen: string[] = [];
    world.call(world.nowNs + 5, () => {
      world.defer(process, () => {
        seen.push('turn');
        world.defer(process, () => seen.push('next turn'));
      });
      seen.push('first');
    });
    world.call(world.nowNs + 5, () => seen.push('second'));
    world.runUntil(world.nowNs + 6);
    expect(seen).toEqual(['first', 'second', 'turn', 'next turn']);
  });

  it('lets a process that stands still end its turn when it goes on, after what came meanwhile, and a dead one never', () => {
    const world = new World();
    const [paused, dead] = [new SimProcess(), new SimProcess()];
    const seen: string[] = [];
    paused.pause();
    world.defer(paused, () => seen.push('paused'));
    world.defer(dead, () => seen.push('dead'));
    dead.kill();
    world.runUntil(world.nowNs + 1);
    paused.whenResumed(() => seen.push('arrived'));
    expect(seen).toEqual([]);
    paused.resume();
    world.runUntil(world.nowNs + 1);
    expect(seen).toEqual(['arrived', 'paused']);
  });

  it('runs what is due in the past at once, and stops when it is told that it is over', () => {
    const world = new World();
    const startNs = world.nowNs;
    let calls = 0;
    world.call(0, () => {
      calls += 1;
    });
    world.call(startNs + 50, () => {
      calls += 1;
    });
    world.runUntil(startNs + 100, () => calls === 1);
    expect(calls).toBe(1);
    expect(world.nowNs).toBe(startNs);
  });
});

it('does one thing at a time, and is idle when nothing waits', () => {
  const world = new World();
  const startNs = world.nowNs;
  const seen: string[] = [];
  expect([world.isIdle, world.step(Infinity)]).toEqual([true, false]);
  world.call(startNs + 5, () => {
    seen.push('task');
    world.defer(new SimProcess(), () => seen.push('turn'));
  });
  world.call(startNs + 9, () => seen.push('late'));
  expect(world.step(startNs + 4)).toBe(false);
  expect(world.nowNs).toBe(startNs);
  expect([world.step(startNs + 8), seen.join()]).toEqual([true, 'task']);
  expect([world.step(startNs + 8), seen.join()]).toEqual([true, 'task,turn']);
  expect(world.step(startNs + 8)).toBe(false);
  expect([world.nowNs, world.isIdle]).toEqual([startNs + 5, false]);
});
