import { expect, it } from 'vitest';
import { SimProcess } from '../../../main/sim/sim-process.ts';

it('does in order what came while it stood still', () => {
  const process = new SimProcess();
  const seen: number[] = [];
  process.pause();
  expect(process.isPaused).toBe(true);
  process.whenResumed(() => seen.push(1));
  process.whenResumed(() => seen.push(2));
  process.resume();
  expect(seen).toEqual([1, 2]);
  expect(process.isPaused).toBe(false);
});

it('does nothing more when it is dead, also not what waits', () => {
  const process = new SimProcess();
  const seen: number[] = [];
  process.pause();
  process.whenResumed(() => {
    seen.push(1);
    process.kill();
  });
  process.whenResumed(() => seen.push(2));
  process.resume();
  expect(seen).toEqual([1]);
  expect(process.isAlive).toBe(false);
  process.pause();
  expect(process.isPaused).toBe(false);
});
