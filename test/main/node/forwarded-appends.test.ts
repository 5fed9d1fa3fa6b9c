import { expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { ForwardedAppends } from '../../../main/node/forwarded-appends.ts';

const replyTo = (round: number) => ({ kind: 'forward-append-reply' as const, round });

it('knows what is at work and what was answered, by sender', () => {
  const appends = new ForwardedAppends();
  expect(appends.find(1, 7)).toBeUndefined();
  appends.begin(1, 7);
  expect(appends.find(1, 7)).toBe('at-work');
  appends.finish(1, 7, replyTo(7));
  expect(appends.find(1, 7)).toEqual(replyTo(7));
  expect(appends.find(2, 7)).toBeUndefined();
});

it('keeps the reply to one that was never taken', () => {
  const appends = new ForwardedAppends();
  appends.finish(1, 7, replyTo(7));
  expect(appends.find(1, 7)).toEqual(replyTo(7));
});

it('forgets the oldest answers, and does not take a late copy of one for new', () => {
  const appends = new ForwardedAppends();
  appends.begin(1, 1);
  const last = 2 * limits.waitingRequestsMax + 10;
  for (let round = 2; round <= last; round++) {
    appends.begin(1, round);
    appends.finish(1, round, replyTo(round));
  }
  expect(appends.find(1, 2)).toBe('forgotten');
  expect(appends.find(1, last)).toEqual(replyTo(last));
  expect(appends.find(1, last + 1)).toBeUndefined();
  expect(appends.find(1, 1)).toBe('at-work');
  // Another sender counts for itself.
  expect(appends.find(2, 2)).toBeUndefined();
});

it.each([
  ['an earlier boot', 1, 99],
  ['the same boot', 5, 3],
])('a sender that lost its folder is heard, although it counts from %s again', (_what, boot, folder) => {
  const appends = new ForwardedAppends();
  const roundOf = (life: { readonly boot: number; readonly folder: number }, call: number): number =>
    life.boot * 2 ** 32 + life.folder + call;
  const count = 2 * limits.waitingRequestsMax + 10;
  const first = { boot: 5, folder: 1_000_000 };
  const second = { boot, folder };
  for (let call = 1; call <= count; call++) appends.finish(1, roundOf(first, call), replyTo(call));
  expect(appends.find(1, roundOf(first, 1))).toBe('forgotten');
  expect(appends.find(1, roundOf(second, 1))).toBeUndefined();
  for (let call = 1; call <= 20; call++) appends.finish(1, roundOf(second, call), replyTo(call));
  expect(appends.find(1, roundOf(first, 1))).toBe('forgotten');
});
