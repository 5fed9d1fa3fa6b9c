/** One picture of the diagram, from the ground up. */
import { text } from '../../text/diagram.ts';
import type { DiagramColours } from './diagram-colours.ts';
import { axisHeight } from './diagram-layout.ts';
import { paintDensity } from './paint-density.ts';
import { paintEdges } from './paint-edges.ts';
import { paintGrid, paintLanes, paintLinkFaults } from './paint-lanes.ts';
import { paintMarks, paintRequests } from './paint-marks.ts';
import type { Scene, SceneContents } from './scene.ts';
import { ticksOf, toNs, xOf } from './time-scale.ts';

/** @param chosenSpan pixels that are being chosen to zoom into */
export function paintScene(
  context: CanvasRenderingContext2D,
  scene: Scene,
  contents: SceneContents,
  colours: DiagramColours,
  chosenSpan: readonly [number, number] | null,
): void {
  const { layout } = scene;
  context.clearRect(0, 0, layout.width, layout.height);
  context.font = colours.font;
  context.lineWidth = 1;
  context.save();
  context.beginPath();
  context.rect(0, axisHeight, layout.width, layout.height - axisHeight);
  context.clip();
  paintLinkFaults(context, scene, colours, text.linksFaulty);
  paintGrid(context, scene, colours);
  paintLanes(context, scene, colours);
  if (contents.density) {
    paintDensity(context, scene, colours, contents.density);
    paintSigns(context, scene, colours);
  } else {
    paintEdges(context, scene, colours, contents.edges);
  }
  paintMarks(context, scene, colours, contents.marks);
  paintRequests(context, scene, colours, contents.requests);
  paintEnd(context, scene, colours);
  context.restore();
  paintAxis(context, scene, colours);
  paintPlayhead(context, scene, colours);
  if (chosenSpan) {
    const [x1, x2] = chosenSpan;
    context.fillStyle = colours.accentSoft;
    context.fillRect(Math.min(x1, x2), 0, Math.abs(x2 - x1), layout.height);
  }
}

/** From afar, what stands out is known all the same. */
function paintSigns(context: CanvasRenderingContext2D, scene: Scene, colours: DiagramColours): void {
  const { view, layout, history } = scene;
  for (const { kind, node, timeNs } of history.signs) {
    const y = layout.yOf(node);
    if (y === undefined || timeNs < view.fromNs || timeNs > toNs(view)) continue;
    const x = xOf(view, layout.width, timeNs);
    context.fillStyle =
      kind === 'violation' ? colours.bad : kind === 'leader' ? colours.roles.leader : colours.roles.candidate;
    context.beginPath();
    context.moveTo(x, y - layout.bandHalf - 8);
    context.lineTo(x + 4, y - layout.bandHalf - 4);
    context.lineTo(x, y - layout.bandHalf);
    context.lineTo(x - 4, y - layout.bandHalf - 4);
    context.fill();
  }
}

function paintAxis(context: CanvasRenderingContext2D, { view, layout }: Scene, colours: DiagramColours): void {
  context.textBaseline = 'middle';
  context.fillStyle = colours.muted;
  for (const { timeNs, label } of ticksOf(view, layout.width)) {
    const x = Math.round(xOf(view, layout.width, timeNs));
    context.fillRect(x, axisHeight - 5, 1, 5);
    context.fillText(label, x + 4, axisHeight / 2);
  }
  context.fillStyle = colours.border;
  context.fillRect(0, axisHeight - 1, layout.width, 1);
}

/** Behind it nothing has happened yet. */
function paintEnd(context: CanvasRenderingContext2D, { view, layout, nowNs }: Scene, colours: DiagramColours): void {
  const x = Math.round(xOf(view, layout.width, nowNs));
  if (x > layout.width) return;
  context.fillStyle = colours.borderStrong;
  context.fillRect(x, axisHeight, 1, layout.height - axisHeight);
}

function paintPlayhead(
  context: CanvasRenderingContext2D,
  { view, layout, playheadNs }: Scene,
  colours: DiagramColours,
): void {
  if (playheadNs === null) return;
  const x = Math.round(xOf(view, layout.width, playheadNs));
  if (x < 0 || x > layout.width) return;
  context.fillStyle = colours.accent;
  context.fillRect(x - 0.5, axisHeight - 6, 1.5, layout.height - axisHeight + 6);
  context.beginPath();
  context.moveTo(x - 5, axisHeight - 10);
  context.lineTo(x + 5, axisHeight - 10);
  context.lineTo(x, axisHeight - 3);
  context.fill();
}
