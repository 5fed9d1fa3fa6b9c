/** What nodes did, as small signs on their lanes, and the clients' requests on top. */
import type { Mark, MarkKind, RequestSpan } from '../../stores/diagram/diagram-items.ts';
import { belongs } from './causes.ts';
import type { DiagramColours } from './diagram-colours.ts';
import { requestRowY } from './diagram-layout.ts';
import { line } from './paint-lanes.ts';
import { requestRowsOf } from './request-rows.ts';
import type { Scene } from './scene.ts';
import { xOf } from './time-scale.ts';

type Sign = (context: CanvasRenderingContext2D, x: number, y: number, half: number) => void;

/** Above the lane a triangle, on it a tick, a square, a ring …: a shape each, so that the colour only repeats it. */
const signs: Readonly<Record<Exclude<MarkKind, 'role'>, Sign>> = {
  commit: (context, x, y, half) => context.fillRect(x - 0.75, y - half - 3, 1.5, 2 * half + 6),
  term: (context, x, y, half) => polygon(context, [x - 3, y - half - 5, x + 3, y - half - 5, x, y - half]),
  election: (context, x, y, half) =>
    polygon(context, [x, y - half - 9, x + 4, y - half - 5, x, y - half - 1, x - 4, y - half - 5]),
  vote: (context, x, y, half) => disc(context, x, y + half + 4, 2.2),
  refusal: (context, x, y, half) => ring(context, x, y + half + 4, 2.4),
  append: (context, x, y, half) => context.fillRect(x - 2, y + half + 1, 4, 4),
  truncate: (context, x, y, half) => {
    context.strokeRect(x - 2.5, y + half + 1.5, 5, 5);
    line(context, x - 4, y + half + 8, x + 4, y + half);
  },
  disk: (context, x, y) => disc(context, x, y, 1.3),
  membership: (context, x, y, half) => polygon(context, [x, y + half + 1, x + 4, y + half + 8, x - 4, y + half + 8]),
  snapshot: (context, x, y, half) => {
    context.fillRect(x - 4, y + half + 1, 8, 2.5);
    context.fillRect(x - 4, y + half + 5, 8, 2.5);
  },
  violation: (context, x, y, half) => {
    context.fillRect(x - 1, y - half - 12, 2, 2 * half + 18);
    polygon(context, [x - 6, y - half - 8, x + 6, y - half - 8, x, y - half - 19]);
  },
  life: (context, x, y, half) => context.fillRect(x - 1, y - half - 2, 2, 2 * half + 4),
  other: (context, x, y) => disc(context, x, y, 1.3),
};

function colourOf({ kind, type }: Mark, colours: DiagramColours): string {
  switch (kind) {
    case 'commit':
      return colours.good;
    case 'append':
      return colours.kinds.entries;
    case 'election':
    case 'vote':
      return colours.roles.candidate;
    case 'truncate':
    case 'violation':
    case 'refusal':
      return colours.bad;
    case 'snapshot':
      return colours.kinds.snapshot;
    case 'life':
      return type === 'node-started' ? colours.good : colours.bad;
    case 'term':
    case 'membership':
      return colours.warn;
    default:
      return colours.muted;
  }
}

export function paintMarks(
  context: CanvasRenderingContext2D,
  scene: Scene,
  colours: DiagramColours,
  marks: readonly Mark[],
): void {
  const { view, layout, causes, highlight, hovered } = scene;
  for (const mark of marks) {
    const y = layout.yOf(mark.node);
    if (y === undefined || mark.kind === 'role') continue;
    const isChosen = highlight.mark?.(mark) === true;
    const x = xOf(view, layout.width, mark.timeNs);
    context.globalAlpha = causes && !belongs(causes, mark.node, mark.timeNs) ? 0.2 : 1;
    context.fillStyle = colourOf(mark, colours);
    context.strokeStyle = context.fillStyle;
    signs[mark.kind](context, x, y, layout.bandHalf);
    context.globalAlpha = 1;
    if (isChosen) circle(context, x, y, layout.bandHalf + 5, colours.accent);
    else if (hovered?.kind === 'mark' && hovered.mark.position === mark.position)
      circle(context, x, y, layout.bandHalf + 4, colours.text);
  }
}

export function paintRequests(
  context: CanvasRenderingContext2D,
  scene: Scene,
  colours: DiagramColours,
  requests: readonly RequestSpan[],
): void {
  const { view, layout, nowNs, highlight, hovered } = scene;
  for (const { request, row } of requestRowsOf(requests, layout.requestRows)) {
    const y = requestRowY(layout, row);
    const x1 = xOf(view, layout.width, request.sentNs);
    const x2 = Math.max(x1 + 2, xOf(view, layout.width, Math.min(request.answeredNs, nowNs)));
    const isChosen = highlight.request?.(request) === true;
    const isPointed = hovered?.kind === 'request' && hovered.request === request;
    context.fillStyle = requestColour(request, colours);
    context.globalAlpha = request.outcome === 'waiting' ? 0.5 : 0.9;
    // A read is half as high as an append.
    if (request.kind === 'append') context.fillRect(x1, y - 2, x2 - x1, 4);
    else context.fillRect(x1, y - 1, x2 - x1, 2);
    context.globalAlpha = 1;
    context.fillRect(x1, y - 3, 1, 6);
    if (request.outcome === 'failed' || request.outcome === 'unknown') {
      context.strokeStyle = context.fillStyle;
      line(context, x2 - 2.5, y - 2.5, x2 + 2.5, y + 2.5);
      line(context, x2 + 2.5, y - 2.5, x2 - 2.5, y + 2.5);
    }
    if (isChosen || isPointed) paintReach(context, scene, colours, request, x1, x2, y, isChosen);
  }
}

/** From a request that is looked at down to the node that it asked. */
function paintReach(
  context: CanvasRenderingContext2D,
  { layout }: Scene,
  colours: DiagramColours,
  { target }: RequestSpan,
  x1: number,
  x2: number,
  y: number,
  isChosen: boolean,
): void {
  context.strokeStyle = isChosen ? colours.accent : colours.text;
  context.strokeRect(x1 - 2, y - 4, x2 - x1 + 4, 8);
  const laneY = layout.yOf(target);
  if (laneY === undefined) return;
  context.setLineDash([3, 3]);
  line(context, x1, y + 4, x1, laneY - layout.bandHalf);
  line(context, x2, laneY - layout.bandHalf, x2, y + 4);
  context.setLineDash([]);
}

function requestColour({ outcome }: RequestSpan, colours: DiagramColours): string {
  if (outcome === 'failed') return colours.bad;
  return outcome === 'unknown' ? colours.warn : colours.accent;
}

function polygon(context: CanvasRenderingContext2D, points: readonly number[]): void {
  context.beginPath();
  for (let at = 0; at < points.length; at += 2) context.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
  context.closePath();
  context.fill();
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.stroke();
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  ring(context, x, y, radius);
  context.lineWidth = 1;
}
