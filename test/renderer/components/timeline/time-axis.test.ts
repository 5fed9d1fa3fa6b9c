import { describe, expect, it } from 'vitest';
import {
  clockText,
  following,
  ticksOf,
  timeOf,
  wholeSpan,
  xOf,
  zoomed,
} from '../../../../renderer/components/timeline/time-axis.ts';

const s = 1e9;

describe('the scale of a session', () => {
  it('stands still while the present moves along it, and has room for what comes', () => {
    const span = wholeSpan(2 * s, 10 * s);
    expect(wholeSpan(2 * s, 30 * s)).toEqual(span);
    const later = wholeSpan(2 * s, 100 * s);
    expect(later.toNs).toBe(122 * s);
    for (const minutes of [3, 17, 100, 5_000]) {
      const { fromNs, toNs } = wholeSpan(0, minutes * 60 * s);
      expect(fromNs).toBeLessThan(0);
      expect(toNs).toBeGreaterThan(minutes * 60 * s);
      expect(toNs).toBeLessThan(minutes * 60 * s * 2);
    }
  });

  it('leads from times to pixels and back', () => {
    const span = { fromNs: 10 * s, toNs: 20 * s };
    expect(xOf(span, 500, 15 * s)).toBe(250);
    expect(timeOf(span, 500, 250)).toBe(15 * s);
  });

  it('is labelled with round times, as many as there is room for', () => {
    expect(ticksOf({ fromNs: 0, toNs: 30 * s }, 400).map(({ label }) => label)).toEqual([
      '0:00',
      '0:10',
      '0:20',
      '0:30',
    ]);
    expect(ticksOf({ fromNs: 61 * s, toNs: 61.4 * s }, 400).map(({ label }) => label)).toContain('1:01.1');
    expect(ticksOf({ fromNs: 0, toNs: 30 * s }, 0)).toHaveLength(2);
  });
});

describe('a closer look', () => {
  const whole = { fromNs: 0, toNs: 100 * s };

  it('keeps the time under the pointer where it is, within the session', () => {
    const closer = zoomed(whole, 25 * s, 0.5, whole);
    expect(xOf(closer, 100, 25 * s)).toBeCloseTo(25);
    expect(closer.toNs - closer.fromNs).toBe(50 * s);
    expect(zoomed(closer, 0, 100, whole)).toEqual(whole);
    const closest = zoomed(whole, 50 * s, 1e-12, whole);
    expect(closest.toNs - closest.fromNs).toBeCloseTo(1e6);
  });

  it('moves on when the present leaves it', () => {
    const span = { fromNs: 0, toNs: 10 * s };
    expect(following(span, 9 * s)).toBe(span);
    const moved = following(span, 11 * s);
    expect(moved.toNs).toBeGreaterThan(11 * s);
    expect(moved.toNs - moved.fromNs).toBe(10 * s);
  });
});

it('times read as on a clock, as exactly as is asked for', () => {
  expect(clockText(0)).toBe('0:00');
  expect(clockText(123.456 * s)).toBe('2:03');
  expect(clockText(123.456 * s, 0.01)).toBe('2:03.46');
  expect(clockText(59.9996 * s, 0.001)).toBe('1:00.000');
  expect(clockText(3_725 * s)).toBe('1:02:05');
});
