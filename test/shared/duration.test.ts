import { expect, it } from 'vitest';
import { nanosecondsPerMillisecond, nanosecondsPerSecond } from '../../shared/duration.ts';

it('a millisecond has as many nanoseconds as the clock says', () => {
  expect(BigInt(nanosecondsPerMillisecond) * 1_000n).toBe(1_000_000_000n);
  expect(nanosecondsPerSecond).toBe(nanosecondsPerMillisecond * 1_000);
});
