import { expect, it } from 'vitest';
import { DeskTimer } from '../../../main/client/desk-timer.ts';

it('is set to the earliest time only, and anew after it was due', () => {
  const set: number[] = [];
  let fire = (): void => {};
  let due = 0;
  const clock = {
    nowNs: () => 0,
    setTimer: (deadlineNs: number, handler: () => void) => {
      set.push(deadlineNs);
      fire = handler;
    },
    clearTimer: () => {},
    defer: () => {},
  };
  const timer = new DeskTimer(clock, () => {
    due += 1;
  });
  for (const timeMs of [30, 40, 20, 20, Infinity]) timer.checkAt(timeMs);
  expect(set).toEqual([30_000_000, 20_000_000]);
  fire();
  expect(due).toBe(1);
  timer.checkAt(50);
  timer.clear();
  timer.checkAt(60);
  expect(set.slice(2)).toEqual([50_000_000, 60_000_000]);
});
