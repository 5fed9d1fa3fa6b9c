/** What stands at a point of the picture, and what comes next in time. Pure. */
import type { NodeId } from '../../../shared/ids.ts';
import { edgeTimes, type Edge, type Mark } from '../../stores/diagram/diagram-items.ts';
import { requestRowY } from './diagram-layout.ts';
import { distanceTo, edgeLine } from './edge-line.ts';
import { requestRowsOf } from './request-rows.ts';
import { isQuiet, type DiagramItem, type Scene, type SceneContents } from './scene.ts';
import { xOf } from './time-scale.ts';

/** How near the pointer has to be, in pixels. */
const reach = 7;

/** Marks go before edges, which are long and easily hit elsewhere. */
export function itemAt(scene: Scene, contents: SceneContents, x: number, y: number): DiagramItem | null {
  return markAt(scene, contents, x, y) ?? requestAt(scene, contents, x, y) ?? edgeAt(scene, contents, x, y);
}

function markAt({ view, layout }: Scene, { marks }: SceneContents, x: number, y: number): DiagramItem | null {
  let best: Mark | undefined;
  let bestDistance = reach;
  for (const mark of marks) {
    const laneY = layout.yOf(mark.node);
    if (laneY === undefined || Math.abs(laneY - y) > layout.bandHalf + 3) continue;
    // Those that say little give way to those that say much.
    const distance = Math.abs(xOf(view, layout.width, mark.timeNs) - x) + (isQuiet(mark) ? 2 : 0);
    if (distance >= bestDistance) continue;
    best = mark;
    bestDistance = distance;
  }
  return best ? { kind: 'mark', mark: best } : null;
}

function requestAt({ view, layout }: Scene, { requests }: SceneContents, x: number, y: number): DiagramItem | null {
  for (const { request, row } of requestRowsOf(requests, layout.requestRows)) {
    if (Math.abs(requestRowY(layout, row) - y) > 4) continue;
    const [x1, x2] = [xOf(view, layout.width, request.sentNs), xOf(view, layout.width, request.answeredNs)];
    if (x >= x1 - 3 && x <= Math.max(x2, x1 + 3) + 3) return { kind: 'request', request };
  }
  return null;
}

function edgeAt({ view, layout, nowNs }: Scene, { edges }: SceneContents, x: number, y: number): DiagramItem | null {
  let best: Edge | undefined;
  let bestDistance = reach;
  for (const edge of edges) {
    const line = edgeLine(edge, view, layout, nowNs);
    const distance = line ? distanceTo(line, x, y) : Infinity;
    if (distance >= bestDistance) continue;
    best = edge;
    bestDistance = distance;
  }
  return best ? { kind: 'edge', edge: best } : null;
}

export function timeOfItem(item: DiagramItem): number {
  if (item.kind === 'edge') return edgeTimes.start(item.edge);
  return item.kind === 'mark' ? item.mark.timeNs : item.request.sentNs;
}

/** Where an item stands in the stream; −1 where that is not known. */
export function positionOfItem(item: DiagramItem): number {
  if (item.kind === 'edge') return item.edge.sendPosition >= 0 ? item.edge.sendPosition : item.edge.endPosition;
  return item.kind === 'mark' ? item.mark.position : item.request.sentPosition;
}

export function sameItem(one: DiagramItem | null, other: DiagramItem | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.kind === 'edge') return other.kind === 'edge' && one.edge === other.edge;
  if (one.kind === 'mark') return other.kind === 'mark' && one.mark.position === other.mark.position;
  return other.kind === 'request' && one.request.requestId === other.request.requestId;
}

/** Everything in the picture in the order of time. @param node only what it sent, received or did */
export function itemsOf({ edges, marks, requests }: SceneContents, node?: NodeId): readonly DiagramItem[] {
  const items: DiagramItem[] = [];
  for (const edge of edges)
    if (node === undefined || edge.from === node || edge.to === node) items.push({ kind: 'edge', edge });
  for (const mark of marks)
    if (!isQuiet(mark) && (node === undefined || mark.node === node)) items.push({ kind: 'mark', mark });
  for (const request of requests)
    if (node === undefined || request.target === node) items.push({ kind: 'request', request });
  return items.toSorted(
    (one, other) => timeOfItem(one) - timeOfItem(other) || positionOfItem(one) - positionOfItem(other),
  );
}

/** @param step 1: the first one behind `current` (or behind the time), −1: the last one before it */
export function nextItem(
  items: readonly DiagramItem[],
  current: DiagramItem | null,
  timeNs: number,
  step: 1 | -1,
): DiagramItem | undefined {
  const at = items.findIndex((item) => sameItem(item, current));
  if (at >= 0) return items[at + step];
  return step === 1
    ? items.find((item) => timeOfItem(item) >= timeNs)
    : items.findLast((item) => timeOfItem(item) <= timeNs);
}
