import { expect, it } from 'vitest';
import { Losses } from '../../../main/net/losses.ts';
import { ReplayWindows } from '../../../main/net/replay-window.ts';
import { limits } from '../../../shared/cluster-config.ts';

function makeLosses() {
  const windows = new ReplayWindows();
  const losses = new Losses();
  let nowNs = 0;
  losses.look(windows, 1, nowNs);
  return {
    take: (boot: number, ...numbers: number[]) => numbers.forEach((number) => windows.take(boot, number)),
    look: (boot = 1) => losses.look(windows, boot, nowNs),
    lookLater: (boot = 1) => {
      nowNs += limits.lossesToldMs * 1e6;
      return losses.look(windows, boot, nowNs);
    },
  };
}

it('tells gaps behind the first one that came, not more often than once a second', () => {
  const { take, look, lookLater } = makeLosses();
  take(1, 1_000, 1_004);
  expect(look()).toBeUndefined();
  expect(lookLater()).toEqual({ count: 3, missing: 3 });
  take(1, 1_006);
  expect(look()).toBeUndefined();
  expect(lookLater()).toEqual({ count: 1, missing: 4 });
  expect(lookLater()).toBeUndefined();
});

it('subtracts late ones from the next count; doubles and what is older than the first change nothing', () => {
  const { take, lookLater } = makeLosses();
  take(1, 10, 14);
  expect(lookLater()).toEqual({ count: 3, missing: 3 });
  take(1, 11, 12, 12, 9, 8);
  expect(lookLater()).toBeUndefined();
  take(1, 18);
  expect(lookLater()).toEqual({ count: 1, missing: 4 });
});

it('counts each boot for itself', () => {
  const { take, lookLater } = makeLosses();
  take(1, 1, 3);
  expect(lookLater(1)).toEqual({ count: 1, missing: 1 });
  take(2, 1, 5);
  expect(lookLater(2)).toEqual({ count: 3, missing: 3 });
  expect(lookLater(3)).toBeUndefined();
});
