import { describe, expect, it } from 'vitest';
import { layoutRing, lineBetween, pointOn } from '../../../../renderer/components/stage/ring-layout.ts';
import { limits } from '../../../../shared/cluster-config.ts';

const counts = Array.from({ length: limits.nodesMax }, (_, i) => i + 1);

describe('the ring', () => {
  it.each(
    counts.flatMap((count) => [
      [count, 616, 390] as const,
      [count, 358, 262] as const,
      [count, 358, 210] as const,
      [count, 1_250, 660] as const,
    ]),
  )('of %i nodes stays on a stage of %i by %i, and no disc touches another', (count, width, height) => {
    const { radius, places } = layoutRing(count, width, height);
    expect(places).toHaveLength(count);
    for (const [i, { at }] of places.entries()) {
      expect(at.x - radius).toBeGreaterThan(0);
      expect(at.x + radius).toBeLessThan(width);
      expect(at.y - radius).toBeGreaterThan(0);
      expect(at.y + radius).toBeLessThan(height);
      for (const other of places.slice(i + 1)) {
        expect(Math.hypot(at.x - other.at.x, at.y - other.at.y)).toBeGreaterThan(2 * radius + 8);
      }
    }
  });

  it('has the first node on top and goes clockwise', () => {
    const { places } = layoutRing(3, 600, 400);
    const [first, second, third] = places.map((place) => place.at);
    expect(first?.y).toBeLessThan(second?.y ?? 0);
    expect(second?.x).toBeGreaterThan(third?.x ?? 0);
  });

  it('turns captions outward where nodes are many', () => {
    const sides = layoutRing(9, 800, 600).places.map((place) => place.caption);
    expect(sides[0]).toBe('above');
    expect(sides[2]).toBe('right');
    expect(sides[7]).toBe('left');
    expect(new Set(layoutRing(5, 800, 600).places.map((place) => place.caption))).toEqual(new Set(['below']));
  });

  it('of three puts the upper caption beside its disc where the stage is low, not between the lower ones', () => {
    expect(layoutRing(3, 358, 210).places.map((place) => place.caption)).toEqual(['right', 'below', 'below']);
    expect(layoutRing(3, 616, 390).places.map((place) => place.caption)).toEqual(['below', 'below', 'below']);
  });

  it('leaves captions out where they would leave no room for discs', () => {
    expect(layoutRing(9, 358, 210).places.every((place) => place.caption === undefined)).toBe(true);
    for (const count of counts) expect(layoutRing(count, 616, 390).places.every((place) => place.caption)).toBe(true);
  });

  it('bears a stage that has no size yet', () => {
    for (const { at } of layoutRing(9, 0, 0).places) expect(Number.isFinite(at.x) && Number.isFinite(at.y)).toBe(true);
  });
});

describe('a line between discs', () => {
  it('begins and ends outside of them, to the right of its way', () => {
    const [start, end] = lineBetween({ x: 0, y: 0 }, { x: 100, y: 0 }, 20, 5, 3);
    expect(start).toEqual({ x: 25, y: 3 });
    expect(end).toEqual({ x: 75, y: 3 });
    expect(pointOn([start, end], 0.5)).toEqual({ x: 50, y: 3 });
  });
});
