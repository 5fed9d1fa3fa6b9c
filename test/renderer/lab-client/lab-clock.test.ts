import { describe, expect, it } from 'vitest';
import { createLabClock } from '../../../renderer/lab-client/lab-clock.ts';

describe('the lab’s clock', () => {
  it('is 0 before the first frame', () => {
    expect(createLabClock().nowNs(123)).toBe(0);
  });

  it('believes the frame that was on its way for the shortest time', () => {
    const clock = createLabClock();
    clock.observe(1_000e6, 1_005);
    clock.observe(1_100e6, 1_100);
    clock.observe(1_200e6, 1_230);
    // The late third frame moves it by a little only.
    expect(clock.nowNs(1_300)).toBeGreaterThan(1_299e6);
    expect(clock.nowNs(1_300)).toBeLessThanOrEqual(1_300e6);
  });

  it('follows a clock that drifts away', () => {
    const clock = createLabClock();
    clock.observe(0, 0);
    for (let ms = 1; ms <= 500; ms++) clock.observe(ms * 1e6 - 50e6, ms);
    expect(Math.abs(clock.nowNs(500) - 450e6)).toBeLessThan(1e6);
  });

  it('forgets another lab', () => {
    const clock = createLabClock();
    clock.observe(900e6, 0);
    clock.forget();
    clock.observe(1e6, 0);
    expect(clock.nowNs(0)).toBe(1e6);
  });
});
