import { describe, expect, it } from 'vitest';
import {
  dropTargetOf,
  inFormerOrder,
  newGroupStrips,
  regrouped,
  sameGroups,
  type DragOnStage,
} from '../../../../renderer/components/stage/group-drag.ts';
import { layoutAreas } from '../../../../renderer/components/stage/stage-layout.ts';

const size = { width: 600, height: 400 };
function drag(groups: number[][], node: number, at: { x: number; y: number }, from = { x: 300, y: 200 }): DragOnStage {
  const areas = layoutAreas(
    groups.map((group) => group.length),
    size.width,
    size.height,
  );
  return { node, from, at, groups, areas, ...size };
}

describe('a node that is dropped', () => {
  it('begins a new group at either end, behind or before the others', () => {
    expect(dropTargetOf(drag([[0, 1, 2]], 1, { x: 590, y: 10 }))).toEqual({ kind: 'new', end: 'last' });
    expect(dropTargetOf(drag([[0, 1, 2]], 1, { x: 10, y: 390 }))).toEqual({ kind: 'new', end: 'first' });
    expect(regrouped([[0, 1, 2]], 1, { kind: 'new', end: 'last' })).toEqual([[0, 2], [1]]);
    expect(regrouped([[0, 1, 2]], 1, { kind: 'new', end: 'first' })).toEqual([[1], [0, 2]]);
  });

  it('joins the group in whose area it is; one that is left empty is gone', () => {
    const parted = drag([[0, 2], [1]], 1, { x: 200, y: 200 }, { x: 500, y: 200 });
    expect(dropTargetOf(parted)).toEqual({ kind: 'group', group: 0 });
    expect(regrouped(parted.groups, 1, { kind: 'group', group: 0 })).toEqual([[0, 1, 2]]);
  });

  it('stays where it is in its own area, near where it was, and off the stage', () => {
    expect(dropTargetOf(drag([[0, 1, 2]], 1, { x: 400, y: 200 }))).toBeUndefined();
    expect(dropTargetOf(drag([[0, 1, 2]], 1, { x: 590, y: 210 }, { x: 570, y: 200 }))).toBeUndefined();
    expect(dropTargetOf(drag([[0, 1, 2]], 1, { x: 700, y: 200 }))).toBeUndefined();
  });

  it('does not leave a group that it is alone in for a new one', () => {
    const target = dropTargetOf(drag([[0, 2], [1]], 1, { x: 5, y: 200 }, { x: 500, y: 200 }));
    expect(target).not.toMatchObject({ kind: 'new' });
  });

  it('finds the ends above and below on a stage that is higher than wide', () => {
    const { first, last } = newGroupStrips(300, 600);
    expect(first).toMatchObject({ x: 0, y: 0, width: 300 });
    expect(last.y + last.height).toBe(600);
  });
});

describe('the order of groups', () => {
  it('stays as it was, each where most of it stood', () => {
    expect(
      inFormerOrder(
        [
          [0, 1],
          [2, 3, 4],
        ],
        [
          [2, 3],
          [0, 1, 4],
        ],
      ),
    ).toEqual([
      [2, 3, 4],
      [0, 1],
    ]);
  });

  it('puts new ones behind, and forgets those that are gone', () => {
    expect(inFormerOrder([[0], [1, 2]], [[0, 1, 2]])).toEqual([[1, 2], [0]]);
    expect(inFormerOrder([[0, 1, 2]], [[1], [0, 2]])).toEqual([[0, 1, 2]]);
    expect(inFormerOrder([[5]], [])).toEqual([[5]]);
  });

  it('is compared member by member', () => {
    expect(sameGroups([[0], [1]], [[0], [1]])).toBe(true);
    expect(sameGroups([[0], [1]], [[1], [0]])).toBe(false);
    expect(sameGroups([[0, 1]], [[0], [1]])).toBe(false);
  });
});
