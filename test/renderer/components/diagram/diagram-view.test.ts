import { beforeEach, describe, expect, it } from 'vitest';
import { DiagramView } from '../../../../renderer/components/diagram/diagram-view.ts';
import { toNs } from '../../../../renderer/components/diagram/time-scale.ts';

let told: boolean[] = [];
let view = new DiagramView(() => {});

beforeEach(() => {
  told = [];
  view = new DiagramView((isFollowing) => told.push(isFollowing));
  view.setBounds(0, 60e9);
});

describe('what is in view', () => {
  it('goes along with the present at first', () => {
    expect(toNs(view.view)).toBeGreaterThan(60e9);
    view.setBounds(0, 61e9);
    expect(view.view.fromNs).toBeGreaterThan(57e9);
    expect(view.isFollowing).toBe(true);
  });

  it('stands still once it was moved back, and follows again at the end', () => {
    view.pan(-5e9);
    expect(told).toEqual([false]);
    const before = view.view;
    view.setBounds(0, 70e9);
    expect(view.view).toEqual(before);
    view.pan(100e9);
    expect(told).toEqual([false, true]);
    expect(toNs(view.view)).toBeGreaterThan(70e9);
  });

  it('keeps following while it zooms, around the present', () => {
    view.zoom(0.5, 0);
    expect(view.isFollowing).toBe(true);
    expect(view.view.spanNs).toBe(2e9);
    expect(toNs(view.view)).toBeGreaterThan(60e9);
  });

  it('shows a chosen span, everything, the start, and a moment', () => {
    view.showSpan(20e9, 10e9);
    expect(view.view).toEqual({ fromNs: 10e9, spanNs: 10e9 });
    view.fit();
    expect(view.view.spanNs).toBeGreaterThan(60e9);
    view.showSpan(20e9, 21e9);
    view.toTheStart();
    expect(view.view.fromNs).toBeLessThan(0);
    view.reveal(30e9);
    expect(view.middleNs).toBe(30e9);
    expect(view.isFollowing).toBe(false);
  });
});
