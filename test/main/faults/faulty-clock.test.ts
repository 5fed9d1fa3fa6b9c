import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultyClock } from '../../../main/faults/faulty-clock.ts';
import type { Clock } from '../../../main/ports.ts';

/** A base clock that stands until it is moved. */
class HandClock implements Clock {
  #nowNs: number;
  #timer: { deadlineNs: number; handler: () => void } | null = null;
  readonly deferred: (() => void)[] = [];

  constructor(nowNs: number) {
    this.#nowNs = nowNs;
  }

  get deadlineNs(): number | undefined {
    return this.#timer?.deadlineNs;
  }

  nowNs(): number {
    return this.#nowNs;
  }

  setTimer(deadlineNs: number, handler: () => void): void {
    this.#timer = { deadlineNs, handler };
  }

  clearTimer(): void {
    this.#timer = null;
  }

  defer(handler: () => void): void {
    this.deferred.push(handler);
  }

  /** Time passes; timers come at their time. */
  advance(byNs: number): void {
    const endNs = this.#nowNs + byNs;
    while (this.#timer !== null && this.#timer.deadlineNs <= endNs) {
      const { deadlineNs, handler } = this.#timer;
      this.#timer = null;
      this.#nowNs = Math.max(this.#nowNs, deadlineNs);
      handler();
    }
    this.#nowNs = endNs;
  }
}

function clocks(): { base: HandClock; clock: FaultyClock } {
  const base = new HandClock(1_000);
  return { base, clock: new FaultyClock(base) };
}

describe('a faulty clock', () => {
  it('runs true until something is set, and hands defer on', () => {
    const { base, clock } = clocks();
    base.advance(500);
    expect([clock.nowNs(), clock.aheadNs]).toEqual([1_500, 0]);
    clock.defer(() => {});
    expect(base.deferred).toHaveLength(1);
  });

  it('runs faster or slower, and true again with what it has gained', () => {
    const { base, clock } = clocks();
    clock.setRate(100_000);
    base.advance(1_000);
    expect(clock.nowNs()).toBe(2_100);
    clock.setRate(-500_000);
    base.advance(1_000);
    expect(clock.nowNs()).toBe(2_600);
    clock.setRate(0);
    base.advance(1_000);
    expect([clock.nowNs(), clock.aheadNs]).toEqual([3_600, -400]);
  });

  it('jumps forward at once', () => {
    const { base, clock } = clocks();
    clock.jump(5_000);
    expect(clock.nowNs()).toBe(6_000);
    base.advance(10);
    expect(clock.nowNs()).toBe(6_010);
  });

  it('stands still instead of going back', () => {
    const { base, clock } = clocks();
    clock.jump(-300);
    expect(clock.nowNs()).toBe(1_000);
    base.advance(200);
    expect(clock.nowNs()).toBe(1_000);
    base.advance(200);
    expect([clock.nowNs(), clock.aheadNs]).toEqual([1_100, -300]);
  });

  it('may not stand for good', () => {
    expect(() => clocks().clock.setRate(-1_000_000)).toThrow('A clock goes on');
  });

  it('never falls, whatever is done to it', () => {
    const acts = fc.oneof(
      fc.record({ kind: fc.constant('rate' as const), by: fc.integer({ min: -900_000, max: 5_000_000 }) }),
      fc.record({ kind: fc.constant('jump' as const), by: fc.integer({ min: -1e10, max: 1e10 }) }),
      fc.record({ kind: fc.constant('pass' as const), by: fc.integer({ min: 0, max: 1e10 }) }),
    );
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 40 }), (history) => {
        const { base, clock } = clocks();
        let latestNs = clock.nowNs();
        for (const { kind, by } of history) {
          if (kind === 'rate') clock.setRate(by);
          else if (kind === 'jump') clock.jump(by);
          else base.advance(by);
          const nowNs = clock.nowNs();
          expect(Number.isInteger(nowNs) && nowNs >= latestNs).toBe(true);
          latestNs = nowNs;
        }
      }),
    );
  });
});

describe('its timer', () => {
  it('comes when its own time is there: earlier on a fast clock, later on a slow one', () => {
    for (const [rate, baseDeadlineNs] of [
      [0, 3_000],
      [1_000_000, 2_000],
      [-500_000, 5_000],
    ] as const) {
      const { base, clock } = clocks();
      clock.setRate(rate);
      let firedAtNs = 0;
      clock.setTimer(3_000, () => (firedAtNs = clock.nowNs()));
      base.advance(baseDeadlineNs - 1_001);
      expect(firedAtNs).toBe(0);
      base.advance(1);
      expect(firedAtNs).toBe(3_000);
      base.advance(10_000);
      expect(firedAtNs).toBe(3_000);
    }
  });

  it('follows a rate and jumps that come after it was set', () => {
    const { base, clock } = clocks();
    const fired: number[] = [];
    clock.setTimer(10_000, () => fired.push(base.nowNs()));
    clock.setRate(1_000_000);
    expect(base.deadlineNs).toBe(5_500);
    clock.jump(-2_000);
    expect(base.deadlineNs).toBe(6_500);
    clock.jump(20_000);
    base.advance(1);
    expect(fired).toHaveLength(1);
  });

  it('never comes early, and always comes', () => {
    const property = fc.property(
      fc.integer({ min: -900_000, max: 3_000_000 }),
      fc.integer({ min: -5_000, max: 5_000 }),
      fc.integer({ min: 0, max: 100_000 }),
      (rate, jumpNs, inNs) => {
        const { base, clock } = clocks();
        clock.setRate(rate);
        const deadlineNs = clock.nowNs() + inNs;
        const fired: number[] = [];
        clock.setTimer(deadlineNs, () => fired.push(clock.nowNs()));
        clock.jump(jumpNs);
        base.advance(2_000_000);
        expect(fired).toHaveLength(1);
        expect(fired[0]).toBeGreaterThanOrEqual(deadlineNs);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it('is one: another takes its place, and it can be cleared', () => {
    const { base, clock } = clocks();
    const fired: string[] = [];
    clock.setTimer(2_000, () => fired.push('first'));
    clock.setTimer(3_000, () => fired.push('second'));
    base.advance(5_000);
    expect(fired).toEqual(['second']);
    clock.setTimer(7_000, () => fired.push('third'));
    clock.clearTimer();
    clock.setRate(5);
    base.advance(5_000);
    expect(fired).toEqual(['second']);
  });
});
