/** Datagrams: one stroke per look, however many there are; glyphs and arrowheads where there is room for them. */
import type { FlightKind } from '../../../shared/projection/flights.ts';
import type { Edge } from '../../stores/diagram/diagram-items.ts';
import { flightShapes } from '../stage/flight-shapes.ts';
import { edgeBelongs } from './causes.ts';
import type { DiagramColours } from './diagram-colours.ts';
import { edgeLine, type EdgeLine } from './edge-line.ts';
import type { Scene } from './scene.ts';

const arrowsMax = 700;
const glyphsMax = 260;
/** What happens all the time stands back, and has heads only where there are few. */
const routineArrowsMax = 160;
/** Where on its way a glyph stands. */
const glyphAt = 0.32;

interface Drawn {
  readonly edge: Edge;
  readonly line: EdgeLine;
}

interface Look {
  readonly colour: string;
  readonly dash: readonly number[];
  readonly alpha: number;
  readonly lines: EdgeLine[];
}

export function paintEdges(
  context: CanvasRenderingContext2D,
  scene: Scene,
  colours: DiagramColours,
  edges: readonly Edge[],
): void {
  const { view, layout, nowNs, causes } = scene;
  const drawn: Drawn[] = [];
  const looks = new Map<string, Look>();
  for (const edge of edges) {
    const line = edgeLine(edge, view, layout, nowNs);
    if (!line) continue;
    drawn.push({ edge, line });
    const isDim = causes !== null && !edgeBelongs(causes, edge);
    const name = `${edge.kind} ${dashOf(edge).join()} ${edge.isRoutine} ${isDim}`;
    let look = looks.get(name);
    if (!look) {
      const alpha = isDim ? 0.13 : edge.isRoutine ? 0.42 : 0.9;
      look = { colour: colourOf(edge, colours), dash: dashOf(edge), alpha, lines: [] };
      looks.set(name, look);
    }
    look.lines.push(line);
  }
  for (const look of looks.values()) strokeAll(context, look);
  paintCrosses(context, colours, drawn);
  if (drawn.length <= arrowsMax) paintArrows(context, colours, drawn, scene);
  if (drawn.length <= glyphsMax) paintGlyphs(context, colours, drawn, scene);
  paintLit(context, scene, colours, drawn);
}

function colourOf({ kind, isRoutine }: Edge, { kinds }: DiagramColours): string {
  return kinds[isRoutine ? 'heartbeat' : kind];
}

function dashOf({ fate, isCopy, acts }: Edge): readonly number[] {
  if (isCopy) return [2, 3];
  if (fate !== 'arrived') return [4, 3];
  return acts.includes('delayed') || acts.includes('reordered') ? [9, 3] : [];
}

function strokeAll(context: CanvasRenderingContext2D, { colour, dash, alpha, lines }: Look): void {
  context.strokeStyle = colour;
  context.globalAlpha = alpha;
  context.setLineDash([...dash]);
  context.beginPath();
  for (const { x1, y1, x2, y2 } of lines) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function paintCrosses(context: CanvasRenderingContext2D, colours: DiagramColours, drawn: readonly Drawn[]): void {
  context.strokeStyle = colours.bad;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const { line } of drawn) {
    if (!line.isLost) continue;
    const { x2: x, y2: y } = line;
    context.moveTo(x - 3, y - 3);
    context.lineTo(x + 3, y + 3);
    context.moveTo(x + 3, y - 3);
    context.lineTo(x - 3, y + 3);
  }
  context.stroke();
  context.lineWidth = 1;
}

function paintArrows(
  context: CanvasRenderingContext2D,
  colours: DiagramColours,
  drawn: readonly Drawn[],
  { causes }: Scene,
): void {
  const byKind = new Map<FlightKind, EdgeLine[]>();
  for (const { edge, line } of drawn) {
    if (edge.isRoutine && drawn.length > routineArrowsMax) continue;
    if (line.isLost || line.isUnderWay || (causes && !edgeBelongs(causes, edge))) continue;
    const kind = edge.isRoutine ? 'heartbeat' : edge.kind;
    const lines = byKind.get(kind);
    if (lines) lines.push(line);
    else byKind.set(kind, [line]);
  }
  for (const [kind, lines] of byKind) {
    context.fillStyle = colours.kinds[kind];
    context.beginPath();
    for (const { x1, y1, x2, y2 } of lines) {
      const length = Math.hypot(x2 - x1, y2 - y1) || 1;
      const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
      context.moveTo(x2, y2);
      context.lineTo(x2 - 6 * ux - 2.6 * uy, y2 - 6 * uy + 2.6 * ux);
      context.lineTo(x2 - 6 * ux + 2.6 * uy, y2 - 6 * uy - 2.6 * ux);
      context.closePath();
    }
    context.fill();
  }
}

let glyphs: Readonly<Record<FlightKind, Path2D>> | undefined;

function glyphOf(kind: FlightKind): Path2D {
  // Made on first use: where nothing is painted there may be no `Path2D` at all.
  glyphs ??= Object.fromEntries(Object.entries(flightShapes).map(([name, path]) => [name, new Path2D(path)])) as Record<
    FlightKind,
    Path2D
  >;
  return glyphs[kind];
}

function paintGlyphs(
  context: CanvasRenderingContext2D,
  colours: DiagramColours,
  drawn: readonly Drawn[],
  { causes }: Scene,
): void {
  context.strokeStyle = colours.pane;
  for (const { edge, line } of drawn) {
    if (
      edge.isCopy ||
      (edge.isRoutine && drawn.length > routineArrowsMax) ||
      Math.abs(line.y2 - line.y1) < 16 ||
      (causes && !edgeBelongs(causes, edge))
    )
      continue;
    context.save();
    context.translate(line.x1 + (line.x2 - line.x1) * glyphAt, line.y1 + (line.y2 - line.y1) * glyphAt);
    context.scale(0.72, 0.72);
    context.lineWidth = 3;
    context.stroke(glyphOf(edge.kind));
    context.fillStyle = colours.kinds[edge.kind];
    context.fill(glyphOf(edge.kind), 'evenodd');
    context.restore();
  }
}

/** Those that are selected, or pointed at. */
function paintLit(
  context: CanvasRenderingContext2D,
  { highlight, hovered }: Scene,
  colours: DiagramColours,
  drawn: readonly Drawn[],
): void {
  const pointed = hovered?.kind === 'edge' ? hovered.edge : undefined;
  for (const { edge, line } of drawn) {
    const isChosen = highlight.edge?.(edge) === true;
    if (!isChosen && edge !== pointed) continue;
    context.strokeStyle = isChosen ? colours.accent : colours.text;
    context.fillStyle = context.strokeStyle;
    context.lineWidth = isChosen ? 2.5 : 1.5;
    context.setLineDash(line.isLost ? [4, 3] : []);
    context.beginPath();
    context.moveTo(line.x1, line.y1);
    context.lineTo(line.x2, line.y2);
    context.stroke();
    context.setLineDash([]);
    context.lineWidth = 1;
    context.beginPath();
    context.arc(line.x1, line.y1, 3, 0, 7);
    if (!line.isLost) context.arc(line.x2, line.y2, 3, 0, 7);
    context.fill();
  }
}
