import { describe, expect, it } from 'vitest';
import { createLamportClock, isAbsurdLamport } from '../../main/lamport-clock.ts';
import { AssertionError } from '../../shared/assert.ts';
import { limits } from '../../shared/cluster-config.ts';

describe('a Lamport clock', () => {
  it('counts events from 1', () => {
    const clock = createLamportClock();
    expect(clock.current).toBe(0);
    expect([clock.tick(), clock.tick(), clock.tick()]).toEqual([1, 2, 3]);
    expect(clock.current).toBe(3);
  });

  it('puts the next event above a number that it witnessed', () => {
    const clock = createLamportClock();
    clock.tick();
    expect(clock.witness(40)).toBe(40);
    expect(clock.tick()).toBe(41);
  });

  it('never goes back', () => {
    const clock = createLamportClock();
    clock.witness(100);
    expect(clock.witness(7)).toBe(100);
    expect(clock.tick()).toBe(101);
  });

  it('refuses to be poisoned', () => {
    const clock = createLamportClock();
    for (const absurd of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, limits.lamportJumpMax + 1, 2 ** 48 - 1]) {
      expect(() => clock.witness(absurd), `${absurd}`).toThrow(AssertionError);
    }
    expect(clock.tick()).toBe(1);
  });

  it('follows a clock of its own process however far that was pushed, and never back', () => {
    const clock = createLamportClock();
    expect(clock.follow(3 * limits.lamportJumpMax)).toBe(3 * limits.lamportJumpMax);
    expect(clock.follow(7)).toBe(3 * limits.lamportJumpMax);
    expect(clock.tick()).toBe(3 * limits.lamportJumpMax + 1);
  });
});

describe('isAbsurdLamport', () => {
  it('allows jumps up to the limit from wherever the clock stands', () => {
    expect(isAbsurdLamport(0, limits.lamportJumpMax)).toBe(false);
    expect(isAbsurdLamport(0, limits.lamportJumpMax + 1)).toBe(true);
    expect(isAbsurdLamport(1, limits.lamportJumpMax + 1)).toBe(false);
  });

  it('says so of what is no count at all', () => {
    for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(isAbsurdLamport(5, wrong)).toBe(true);
  });
});

it('a clock that is pushed by many datagrams stays below what the wire holds, and counts on', () => {
  const clock = createLamportClock();
  for (let pushes = 0; pushes < 1_000; pushes += 1) clock.witness(clock.current + limits.lamportJumpMax);
  expect(clock.current).toBe(limits.lamportMax);
  expect(clock.tick()).toBe(limits.lamportMax + 1);
  expect(limits.lamportMax).toBeLessThan(2 ** 48);
  // The others, pushed as far, still take in what it sends.
  expect(isAbsurdLamport(limits.lamportMax, clock.current)).toBe(false);
});
