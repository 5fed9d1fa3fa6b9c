/** How freely lines run between discs: pure geometry, for choosing among places. */
import type { Point } from './ring-layout.ts';

/** How near the lines from each of `from` to each of `to` come to any other of these points. */
export function clearance(from: readonly Point[], to: readonly Point[]): number {
  const all = [...from, ...to];
  let least = Number.POSITIVE_INFINITY;
  for (const start of from) {
    for (const end of to) {
      for (const other of all) {
        if (other !== start && other !== end) least = Math.min(least, distanceToLine(other, start, end));
      }
    }
  }
  return least;
}

/** Of a point to the stretch between two others. */
export function distanceToLine(point: Point, start: Point, end: Point): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length2 = dx * dx + dy * dy || 1;
  const along = Math.min(1, Math.max(0, ((point.x - start.x) * dx + (point.y - start.y) * dy) / length2));
  return Math.hypot(point.x - start.x - along * dx, point.y - start.y - along * dy);
}
