import { describe, expect, it } from 'vitest';
import { ReplayWindow, ReplayWindows } from '../../../main/net/replay-window.ts';

describe('ReplayWindow', () => {
  it('takes each number once, in any order', () => {
    const window = new ReplayWindow(64);
    expect([3, 1, 2, 3, 1, 40, 2, 40].map((number) => window.take(number))).toEqual([
      true,
      true,
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it('counts what is further behind than it reaches as seen, and forgets places that come into use again', () => {
    const window = new ReplayWindow(64);
    window.take(10);
    expect([window.take(74), window.take(10), window.take(11), window.take(75)]).toEqual([true, false, true, true]);
    expect([window.take(10_000), window.take(9_937), window.take(9_936)]).toEqual([true, true, false]);
  });
});

it('each boot has a window, a forgotten one none any more', () => {
  const windows = new ReplayWindows();
  expect([windows.take(2, 1), windows.take(2, 1), windows.take(1, 1), windows.take(3, 1)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  for (const boot of [4, 5, 6]) windows.take(boot, 1);
  expect([windows.take(1, 2), windows.take(2, 2), windows.take(3, 2)]).toEqual([false, false, true]);
  windows.reset();
  expect(windows.take(1, 1)).toBe(true);
});
