/** Where an edge runs, in pixels. Pure. */
import type { Edge } from '../../stores/diagram/diagram-items.ts';
import type { DiagramLayout } from './diagram-layout.ts';
import { xOf, type Viewport } from './time-scale.ts';

export interface EdgeLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** It ends in a cross: nobody received it. */
  readonly isLost: boolean;
  /** Not yet known what became of it. */
  readonly isUnderWay: boolean;
}

/** A datagram of which nothing was heard for so long was lost. */
export const lostAfterNs = 400e6;
/** How far one that was lost is drawn: share of the way, and pixels to the right. */
const lostShare = 0.42;
const lostPixels = 14;
/** One that a fault stopped ends so far on its way. */
const stoppedShare = 0.82;

export function edgeLine(edge: Edge, view: Viewport, layout: DiagramLayout, nowNs: number): EdgeLine | undefined {
  const fromY = layout.yOf(edge.from);
  const toY = layout.yOf(edge.to);
  if (fromY === undefined || toY === undefined) return undefined;
  const aside = Math.sign(toY - fromY) * layout.bandHalf;
  const y1 = fromY + aside;
  const y2 = toY - aside;
  const x1 = xOf(view, layout.width, edge.sendNs);
  const between = (share: number): number => y1 + (y2 - y1) * share;
  switch (edge.fate) {
    case 'arrived':
      return { x1, y1, x2: xOf(view, layout.width, edge.endNs), y2, isLost: false, isUnderWay: false };
    case 'dropped':
    case 'corrupted': {
      const x2 = x1 + (xOf(view, layout.width, edge.endNs) - x1) * stoppedShare;
      return { x1, y1, x2, y2: between(stoppedShare), isLost: true, isUnderWay: false };
    }
    case 'failed':
      return { x1, y1, x2: x1 + 4, y2: between(0.15), isLost: true, isUnderWay: false };
    default: {
      const isUnderWay = nowNs - edge.sendNs < lostAfterNs;
      return { x1, y1, x2: x1 + lostPixels, y2: between(lostShare), isLost: !isUnderWay, isUnderWay };
    }
  }
}

/** From a point to the nearest one of a line, in pixels. */
export function distanceTo({ x1, y1, x2, y2 }: EdgeLine, x: number, y: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - (x1 + share * dx), y - (y1 + share * dy));
}
