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
