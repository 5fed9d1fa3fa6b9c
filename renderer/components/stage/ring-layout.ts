/** Where the nodes stand: on an ellipse, the first one on top, clockwise. Plain geometry in pixels. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Which side of its disc a node's caption is on. */
export type CaptionSide = 'below' | 'above' | 'left' | 'right';

export interface NodePlace {
  readonly at: Point;
  /** Undefined where there is no room for one. */
  readonly caption: CaptionSide | undefined;
}

export interface RingLayout {
  /** Radius of a node's disc. */
  readonly radius: number;
  readonly places: readonly NodePlace[];
}

/** Room around the discs: the timer's ring, and two lines of caption where there are some. */
const margin = 16;
const captionHeight = 40;
const captionWidth = 76;
/** From this many nodes on, captions stand outside the ring: inside they would lie on the neighbours. */
const crowded = 6;
/** On a stage lower than this, already from four on; of three the one on top has it beside its disc, not on the links below. */
const lowStage = 320;
/** Pixels between two discs that stand closest, for their timers' rings; and what a disc needs for a number and a sign. */
const apart = 18;
export const radiusMin = 13;
/** Where captions would make discs smaller than this, there are none. */
const radiusBesideCaption = 20;
/** The stage for which the radii below are meant. */
const wishedWidth = 560;
const wishedHeight = 400;
/** A ring flatter than this looks like a row; on a low stage that is better than links too short to see what is on its way. */
const flattest = 1.55;
const flattestLow = 2.2;

/** @param isUpright two nodes stand one above the other, not beside each other */
export function layoutRing(count: number, width: number, height: number, isUpright = false): RingLayout {
  const units = Array.from({ length: count }, (_, i) => unitPlace(i, count, isUpright));
  const layout = placeDiscs(units, captionSides(units, height), width, height);
  // What captions say is in the nodes' cards as well.
  return layout.radius >= radiusBesideCaption ? layout : placeDiscs(units, [], width, height);
}

/** @param captions none for a disc without one */
function placeDiscs(
  units: readonly Point[],
  captions: readonly CaptionSide[],
  width: number,
  height: number,
): RingLayout {
  const scale = Math.min(1.5, Math.max(0.7, Math.min(width / wishedWidth, height / wishedHeight)));
  const wishedRadius = Math.round(radiusFor(units.length) * scale);

  // What the discs' centres may use of the stage.
  const top = margin + wishedRadius + (captions.includes('above') ? captionHeight : 0);
  const bottom = height - margin - wishedRadius - (captions.includes('below') ? captionHeight : 0);
  const beside = margin + wishedRadius + roomBeside(captions, wishedRadius);

  const box = boundsOf(units);
  const scaleY = box.height > 0 ? Math.max(0, bottom - top) / box.height : Math.max(0, bottom - top) / 2;
  const flatness = height < lowStage ? flattestLow : flattest;
  const roomX = Math.max(0, width - 2 * beside) / (box.width || 1);
  const scaleX = Math.min(roomX, Math.max(scaleY, (wishedRadius * 2.5) / (box.width || 1)) * flatness);

  const places = units.map((unit, i) => ({
    at: {
      x: Math.round(width / 2 + (unit.x - box.midX) * scaleX),
      y: Math.round((top + bottom) / 2 + (unit.y - box.midY) * scaleY),
    },
    caption: captions[i],
  }));
  const room = Math.floor((closest(places) - apart) / 2);
  return { radius: Math.max(radiusMin, Math.min(wishedRadius, room)), places };
}

/** Beside the outermost discs: all of a caption, or what the one below is wider than its disc. */
function roomBeside(captions: readonly CaptionSide[], radius: number): number {
  if (captions.includes('left')) return captionWidth;
  return captions.length > 0 ? captionWidth / 2 - radius / 2 : 0;
}

/** The distance between the two nodes that stand closest. */
function closest(places: readonly NodePlace[]): number {
  const distances = places.flatMap(({ at }, i) =>
    places.slice(i + 1).map((other) => Math.hypot(at.x - other.at.x, at.y - other.at.y)),
  );
  return Math.min(...distances, Infinity);
}

function radiusFor(count: number): number {
  if (count <= 3) return 46;
  if (count <= 5) return 40;
  return count <= 7 ? 34 : 32;
}

/** On the unit circle. One node stands in the middle, two beside each other. */
function unitPlace(position: number, count: number, isUpright: boolean): Point {
  if (count === 1) return { x: 0, y: 0 };
  const angle = (count === 2 && !isUpright ? Math.PI : -Math.PI / 2) + (position * 2 * Math.PI) / count;
  return { x: Math.cos(angle), y: Math.sin(angle) };
}

function captionSides(units: readonly Point[], height: number): CaptionSide[] {
  const count = units.length;
  if (count === 3 && height < lowStage) return ['right', 'below', 'below'];
  const isCrowded = count >= crowded || (count >= 4 && height < lowStage);
  return units.map(({ x, y }) => {
    if (!isCrowded) return 'below';
    if (Math.abs(x) > 0.5) return x > 0 ? 'right' : 'left';
    return y > 0 ? 'below' : 'above';
  });
}

function boundsOf(points: readonly Point[]): { width: number; height: number; midX: number; midY: number } {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  // Rounding noise of the sine must not count as an extent.
  const extent = (size: number): number => (size < 1e-9 ? 0 : size);
  return {
    width: extent(right - left),
    height: extent(bottom - top),
    midX: (left + right) / 2,
    midY: (top + bottom) / 2,
  };
}

/** The part of the line between two discs that is outside both, `gap` pixels away from them and `aside` pixels to the right of the way. */
export function lineBetween(from: Point, to: Point, radius: number, gap: number, aside = 0): readonly [Point, Point] {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const along = { x: dx / length, y: dy / length };
  const right = { x: -along.y * aside, y: along.x * aside };
  const cut = radius + gap;
  return [
    { x: from.x + along.x * cut + right.x, y: from.y + along.y * cut + right.y },
    { x: to.x - along.x * cut + right.x, y: to.y - along.y * cut + right.y },
  ];
}

export function pointOn(line: readonly [Point, Point], fraction: number): Point {
  const [from, to] = line;
  return { x: from.x + (to.x - from.x) * fraction, y: from.y + (to.y - from.y) * fraction };
}
