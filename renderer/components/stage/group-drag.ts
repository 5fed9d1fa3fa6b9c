/** Dragging servers into groups: where a dragged one would come to stand, and what partition that makes. Pure. */
import type { NodeId } from '../../../shared/ids.ts';
import type { Point } from './ring-layout.ts';
import type { Rect } from './stage-layout.ts';

export type Groups = readonly (readonly NodeId[])[];

/** Into the group at this place, or into a new one before or behind all others. */
export type DropTarget =
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'new'; readonly end: NewEnd };
export type NewEnd = 'first' | 'last';

/** How far a node must be dragged before it may leave its group: a shaking hand parts nobody. */
const leavesFrom = 44;
const stripShare = 0.16;
const stripMax = 110;

/** The two strips at the ends of the stage in which a new group begins. */
export function newGroupStrips(width: number, height: number): Readonly<Record<NewEnd, Rect>> {
  if (width >= height) {
    const strip = Math.min(stripMax, width * stripShare);
    return {
      first: { x: 0, y: 0, width: strip, height },
      last: { x: width - strip, y: 0, width: strip, height },
    };
  }
  const strip = Math.min(stripMax, height * stripShare);
  return {
    first: { x: 0, y: 0, width, height: strip },
    last: { x: 0, y: height - strip, width, height: strip },
  };
}

export interface DragOnStage {
  readonly node: NodeId;
  /** Where it was taken up, and where the pointer is. */
  readonly from: Point;
  readonly at: Point;
  readonly groups: Groups;
  readonly areas: readonly Rect[];
  readonly width: number;
  readonly height: number;
}

/** What would happen if it were dropped here; undefined: nothing. */
export function dropTargetOf(drag: DragOnStage): DropTarget | undefined {
  const { node, from, at, groups, areas, width, height } = drag;
  if (at.x < 0 || at.y < 0 || at.x > width || at.y > height) return undefined;
  if (Math.hypot(at.x - from.x, at.y - from.y) < leavesFrom) return undefined;
  const own = groups.findIndex((group) => group.includes(node));
  const strips = newGroupStrips(width, height);
  // Who is alone already would only change places.
  if ((groups[own]?.length ?? 0) > 1) {
    if (isIn(strips.first, at)) return { kind: 'new', end: 'first' };
    if (isIn(strips.last, at)) return { kind: 'new', end: 'last' };
  }
  const group = areas.findIndex((area) => isIn(area, at));
  return group >= 0 && group !== own ? { kind: 'group', group } : undefined;
}

/** The groups after the drop; one that nobody is left in is gone. */
export function regrouped(groups: Groups, node: NodeId, target: DropTarget): Groups {
  const without = groups.map((group) => group.filter((id) => id !== node));
  const next =
    target.kind === 'new'
      ? target.end === 'first'
        ? [[node], ...without]
        : [...without, [node]]
      : without.map((group, i) => (i === target.group ? [...group, node].toSorted((a, b) => a - b) : group));
  return next.filter((group) => group.length > 0);
}

/** `groups` in the order in which they stood, each where most of it was; new ones behind. */
export function inFormerOrder(groups: Groups, former: Groups): Groups {
  const left = [...groups];
  const placed: (readonly NodeId[])[] = [];
  for (const before of former) {
    const shared = left.map((group) => group.filter((id) => before.includes(id)).length);
    const most = Math.max(0, ...shared);
    if (most > 0) placed.push(...left.splice(shared.indexOf(most), 1));
  }
  return [...placed, ...left];
}

export function sameGroups(a: Groups, b: Groups): boolean {
  return a.length === b.length && a.every((group, i) => group.join() === (b[i] ?? []).join());
}

function isIn({ x, y, width, height }: Rect, at: Point): boolean {
  return at.x >= x && at.y >= y && at.x <= x + width && at.y <= y + height;
}
