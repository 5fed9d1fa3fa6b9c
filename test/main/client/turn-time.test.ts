import { expect, it } from 'vitest';
import { TurnTime } from '../../../main/client/turn-time.ts';

it('looks at the clock once a turn', async () => {
  let looks = 0;
  const time = new TurnTime({
    nowNs: () => {
      looks += 1;
      return looks * 1_999_999;
    },
    setTimer: () => {},
    clearTimer: () => {},
    defer: () => {},
  });
  expect([time.nowMs, time.nowMs]).toEqual([1, 1]);
  await Promise.resolve();
  expect([time.nowMs, time.nowMs, looks]).toEqual([3, 3, 2]);
});
