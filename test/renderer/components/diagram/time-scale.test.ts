import { describe, expect, it } from 'vitest';
import {
  fitting,
  lengthLabel,
  panBy,
  revealing,
  spanMaxNs,
  spanMinNs,
  ticksOf,
  timeAt,
  timeLabel,
  toNs,
  within,
  xOf,
  zoomAt,
} from '../../../../renderer/components/diagram/time-scale.ts';

const view = { fromNs: 10e9, spanNs: 4e9 };

describe('the stretch of time in view', () => {
  it('maps times to pixels and back', () => {
    expect(xOf(view, 800, 11e9)).toBe(200);
    expect(timeAt(view, 800, 200)).toBe(11e9);
    expect(toNs(view)).toBe(14e9);
  });

  it('zooms around what is under the pointer', () => {
    const near = zoomAt(view, 0.5, 11e9);
    expect(near.spanNs).toBe(2e9);
    expect(xOf(near, 800, 11e9)).toBe(200);
    expect(zoomAt(view, 1e-9, 11e9).spanNs).toBe(spanMinNs);
    expect(zoomAt(view, 1e9, 11e9).spanNs).toBe(spanMaxNs);
  });

  it('never loses what there is out of sight', () => {
    const bounds = { startNs: 1e9, endNs: 20e9 };
    expect(toNs(within(panBy(view, -1e12), bounds))).toBeGreaterThan(bounds.startNs);
    expect(within(panBy(view, 1e12), bounds).fromNs).toBeLessThan(bounds.endNs);
    expect(within(view, bounds)).toEqual(view);
  });

  it('shows all of it with some air, or brings a moment into view and otherwise stays', () => {
    const all = fitting({ startNs: 1e9, endNs: 11e9 });
    expect(all.fromNs).toBeLessThan(1e9);
    expect(toNs(all)).toBeGreaterThan(11e9);
    expect(revealing(view, 12e9)).toBe(view);
    expect(revealing(view, 20e9)).toEqual({ fromNs: 18e9, spanNs: 4e9 });
  });
});

describe('the axis', () => {
  it('has round marks, none before the beginning', () => {
    expect(ticksOf(view, 800).map(({ label }) => label)).toEqual(
      ['10 s', '10.5 s', '11 s', '11.5 s', '12 s', '12.5 s', '13 s', '13.5 s', '14 s'].map((label) =>
        label.replace(/^(\d+) s$/, '$1.0 s'),
      ),
    );
    expect(ticksOf({ fromNs: -2e9, spanNs: 4e9 }, 800)[0]?.timeNs).toBe(0);
  });

  it.each([
    [245e9, 60e9, '4:05'],
    [3_725e9, 600e9, '1:02:05'],
    [12e9, 1e9, '12 s'],
    [12.5e9, 500e6, '12.5 s'],
    [12.3456e9, 1e6, '12.346 s'],
    [12.345678e9, 1e3, '12.345678 s'],
  ])('says %d in steps of %d as %s', (timeNs, stepNs, label) => {
    expect(timeLabel(timeNs, stepNs)).toBe(label);
  });

  it.each([
    [840_000, '840 µs'],
    [1_250_000, '1.3 ms'],
    [12_340_000, '12.3 ms'],
    [3.4e9, '3.4 s'],
    [720e9, '12 min'],
  ])('says a length of %d as %s', (ns, label) => {
    expect(lengthLabel(ns)).toBe(label);
  });
});
