/**
 * Where everything stands on the stage: a ring of those who vote, beside it those who don't; one such picture for each group of
 * a partition, in an area of its own. Plain geometry in pixels.
 */
import type { NodeId } from '../../../shared/ids.ts';
import { layoutRing, radiusMin, type NodePlace, type Point } from './ring-layout.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The servers of one group: `ring` has a vote, or had one before a change; `beside` has none. */
export interface GroupPlan {
  readonly ring: readonly NodeId[];
  readonly beside: readonly NodeId[];
}

export interface StageLayout {
  /** Of every disc. */
  readonly radius: number;
  readonly places: ReadonlyMap<NodeId, NodePlace>;
  /** One for each group, in their order; a single group has the whole stage. */
  readonly areas: readonly Rect[];
}

/** Around an area, and for its name. */
const areaGap = 8;
const areaHead = 24;
/** What those beside the ring get of an area at most, and about what one of them needs. */
const besideShare = 0.3;
const besideWished = 112;
const loneOff = 0.2;
const besideCaption = 34;
const besideApart = 22;

export function layoutStage(groups: readonly GroupPlan[], width: number, height: number): StageLayout {
  const areas = layoutAreas(
    groups.map(({ ring, beside }) => ring.length + beside.length),
    width,
    height,
  );
  const places = new Map<NodeId, NodePlace>();
  let radius = Number.POSITIVE_INFINITY;
  for (const [i, { ring, beside }] of groups.entries()) {
    const area = areas[i];
    if (!area) continue;
    const room = areas.length > 1 ? withoutHead(area) : area;
    const onRing = ring.length > 0 ? ring : beside;
    const aside = ring.length > 0 ? beside : [];
    const [ringRoom, asideRoom] = splitRoom(room, aside.length);
    // Across the way to the next group: links to it must not run through a neighbour.
    const layout = layoutRing(onRing.length, ringRoom.width, ringRoom.height, areas.length > 1 && width >= height);
    radius = Math.min(radius, layout.radius);
    const offset = onRing.length === 1 ? offLine(i, areas.length, ringRoom, width >= height) : { x: 0, y: 0 };
    for (const [k, id] of onRing.entries()) {
      const place = layout.places[k];
      if (place) places.set(id, shifted(place, { x: ringRoom.x + offset.x, y: ringRoom.y + offset.y }));
    }
    if (aside.length === 0) continue;
    const row = layoutRow(aside.length, asideRoom);
    radius = Math.min(radius, row.radius);
    for (const [k, id] of aside.entries()) {
      const place = row.places[k];
      if (place) places.set(id, shifted(place, asideRoom));
    }
  }
  return { radius: Number.isFinite(radius) ? radius : radiusMin, places, areas };
}

/** How far from the middle of its area a lone node stands: three of them in a row would hide each other's links. On a parabola none do. */
function offLine(group: number, groups: number, room: Rect, isWide: boolean): Point {
  if (groups < 3) return { x: 0, y: 0 };
  const along = (2 * group) / (groups - 1) - 1;
  const off = loneOff * (1 - 2 * along * along);
  return isWide ? { x: 0, y: off * room.height } : { x: off * room.width, y: 0 };
}

/** Side by side, or one below the other where the stage is higher than wide; each as large as its share of servers asks for. */
export function layoutAreas(counts: readonly number[], width: number, height: number): Rect[] {
  if (counts.length <= 1) return counts.map(() => ({ x: 0, y: 0, width, height }));
  const isWide = width >= height;
  // A single server needs room for its disc and caption, too.
  const weights = counts.map((count) => count + 1.5);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const length = Math.max(0, (isWide ? width : height) - areaGap * (counts.length + 1));
  const across = Math.max(0, (isWide ? height : width) - 2 * areaGap);
  let at = areaGap;
  return weights.map((weight) => {
    const extent = (length * weight) / all;
    const rect = isWide
      ? { x: at, y: areaGap, width: extent, height: across }
      : { x: areaGap, y: at, width: across, height: extent };
    at += extent + areaGap;
    return rect;
  });
}

function withoutHead({ x, y, width, height }: Rect): Rect {
  return { x, y: y + areaHead, width, height: Math.max(0, height - areaHead) };
}

/** Room for the ring, and for those beside it: at the right, or below where that is the longer way. */
function splitRoom(room: Rect, aside: number): readonly [Rect, Rect] {
  if (aside === 0) return [room, { ...room, width: 0 }];
  const { x, y, width, height } = room;
  if (width >= height) {
    const taken = Math.min(besideWished, width * besideShare);
    return [
      { x, y, width: width - taken, height },
      { x: x + width - taken, y, width: taken, height },
    ];
  }
  const taken = Math.min(besideWished, height * besideShare);
  return [
    { x, y, width, height: height - taken },
    { x, y: y + height - taken, width, height: taken },
  ];
}

/** In one line along the longer side, evenly. */
function layoutRow(count: number, { width, height }: Rect): { radius: number; places: readonly NodePlace[] } {
  const isColumn = height >= width;
  const each = (isColumn ? height : width) / count;
  const wished = Math.min(40, (isColumn ? width : height) / 2 - 14);
  const captioned = Math.min(wished, (isColumn ? each - besideCaption - besideApart : each - besideApart) / 2);
  const hasCaption = captioned >= 20;
  const radius = Math.max(radiusMin, Math.floor(hasCaption ? captioned : Math.min(wished, (each - besideApart) / 2)));
  const up = hasCaption ? besideCaption / 2 : 0;
  const places = Array.from({ length: count }, (_, i): NodePlace => {
    const along = each * (i + 0.5);
    return {
      at: isColumn
        ? { x: Math.round(width / 2), y: Math.round(along - up) }
        : { x: Math.round(along), y: Math.round(height / 2 - up) },
      caption: hasCaption ? 'below' : undefined,
    };
  });
  return { radius, places };
}

function shifted({ at, caption }: NodePlace, { x, y }: Point): NodePlace {
  return { at: { x: Math.round(at.x + x), y: Math.round(at.y + y) }, caption };
}
