import { describe, expect, it } from 'vitest';
import { layoutStage, type GroupPlan } from '../../../../renderer/components/stage/stage-layout.ts';

const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const plan = (ring: number[], beside: number[] = []): GroupPlan => ({ ring, beside });
const sizes = [
  [616, 390],
  [358, 262],
  [1_250, 660],
  [420, 700],
] as const;
const scenes: readonly (readonly [string, readonly GroupPlan[]])[] = [
  ['five', [plan(all(5))]],
  ['nine', [plan(all(9))]],
  ['three with learners', [plan(all(3), [3, 4, 5])]],
  ['nine with learners', [plan(all(9), [9, 10, 11])]],
  ['four and one', [plan([0, 1, 2, 3]), plan([4])]],
  ['two, two and one', [plan([0, 1]), plan([2, 3]), plan([4])]],
  ['three alone', [plan([0]), plan([1]), plan([2])]],
  ['a learner alone', [plan([0, 1, 2]), plan([], [3])]],
];

describe('the stage', () => {
  it.each(scenes.flatMap(([name, groups]) => sizes.map(([width, height]) => [name, width, height, groups] as const)))(
    'of %s on %i by %i holds everyone, each in its own area, and no disc touches another',
    (_name, width, height, groups) => {
      const { places, areas, radius } = layoutStage(groups, width, height);
      expect(areas).toHaveLength(groups.length);
      const spots = groups.flatMap(({ ring, beside }, i) =>
        [...ring, ...beside].map((id) => ({ at: places.get(id)?.at ?? { x: -1, y: -1 }, area: areas[i] })),
      );
      for (const [i, { at, area }] of spots.entries()) {
        if (!area) throw new Error('no area');
        expect(at.x - radius).toBeGreaterThanOrEqual(area.x);
        expect(at.x + radius).toBeLessThanOrEqual(area.x + area.width);
        expect(at.y - radius).toBeGreaterThanOrEqual(area.y);
        expect(at.y + radius).toBeLessThanOrEqual(area.y + area.height);
        for (const other of spots.slice(i + 1)) {
          expect(Math.hypot(at.x - other.at.x, at.y - other.at.y)).toBeGreaterThan(2 * radius + 6);
        }
      }
    },
  );

  it('of small groups lets no link run through a third node', () => {
    for (const groups of [
      [plan([0, 1]), plan([2])],
      [plan([0]), plan([1]), plan([2])],
    ]) {
      const { places, radius } = layoutStage(groups, 616, 390);
      const [a, b, c] = [0, 1, 2].map((id) => places.get(id)?.at ?? { x: 0, y: 0 });
      if (!a || !b || !c) throw new Error('no place');
      // Twice the triangle's area over its longest side: how far the middle one is from that side.
      const area = Math.abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y));
      const sides = [
        [a, b],
        [b, c],
        [a, c],
      ].map(([from, to]) => Math.hypot((from?.x ?? 0) - (to?.x ?? 0), (from?.y ?? 0) - (to?.y ?? 0)));
      expect(area / Math.max(...sides)).toBeGreaterThan(radius);
    }
  });

  it('of nobody is empty', () => {
    expect(layoutStage([], 600, 400)).toMatchObject({ areas: [], places: new Map() });
  });
});
