/** What lies below the datagrams: times at which links were broken, the grid, and each node's band. */
import type { RoleSpan } from '../../stores/diagram/lane-history.ts';
import { termColour, type DiagramColours } from './diagram-colours.ts';
import { axisHeight } from './diagram-layout.ts';
import type { Scene } from './scene.ts';
import { ticksOf, toNs, xOf } from './time-scale.ts';

/** Both ends within the picture, and a little beyond. */
function clip(scene: Scene, fromNs: number, untilNs: number): readonly [number, number] {
  const { view, layout, nowNs } = scene;
  const x1 = Math.max(-20, xOf(view, layout.width, fromNs));
  const x2 = Math.min(layout.width + 20, xOf(view, layout.width, Math.min(untilNs, nowNs)));
  return [x1, Math.max(x1, x2)];
}

export function paintGrid(context: CanvasRenderingContext2D, scene: Scene, colours: DiagramColours): void {
  const { view, layout } = scene;
  context.fillStyle = colours.border;
  for (const { timeNs } of ticksOf(view, layout.width)) {
    context.globalAlpha = 0.6;
    context.fillRect(Math.round(xOf(view, layout.width, timeNs)), axisHeight, 1, layout.height - axisHeight);
  }
  context.globalAlpha = 1;
}

export function paintLinkFaults(
  context: CanvasRenderingContext2D,
  scene: Scene,
  colours: DiagramColours,
  words: (count: number) => string,
): void {
  const { view, layout, history } = scene;
  history.linkFaults.eachWithin(view.fromNs, toNs(view), ({ fromNs, toNs: until, count }) => {
    const [x1, x2] = clip(scene, fromNs, until);
    const width = Math.max(2, x2 - x1);
    context.fillStyle = colours.badSoft;
    context.globalAlpha = 0.55;
    context.fillRect(x1, axisHeight, width, layout.height - axisHeight);
    context.globalAlpha = 0.9;
    context.fillStyle = colours.bad;
    context.fillRect(x1, axisHeight, width, 2);
    context.fillRect(x1, axisHeight, 1, layout.height - axisHeight);
    if (until <= toNs(view)) context.fillRect(x2 - 1, axisHeight, 1, layout.height - axisHeight);
    const label = words(count);
    if (context.measureText(label).width + 12 < x2 - Math.max(0, x1)) {
      context.globalAlpha = 1;
      context.textBaseline = 'bottom';
      context.fillText(label, Math.max(0, x1) + 6, layout.height - 3);
    }
  });
  context.globalAlpha = 1;
}

export function paintLanes(context: CanvasRenderingContext2D, scene: Scene, colours: DiagramColours): void {
  const { view, layout, history, highlight } = scene;
  for (const { node, y } of layout.lanes) {
    if (highlight.node === node) {
      context.fillStyle = colours.accentSoft;
      context.globalAlpha = 0.6;
      context.fillRect(0, y - layout.laneHalf, layout.width, 2 * layout.laneHalf);
      context.globalAlpha = 1;
    }
    // Where nothing is drawn upon it, the node does not run.
    context.strokeStyle = colours.roles.down;
    context.globalAlpha = 0.5;
    context.setLineDash([2, 5]);
    line(context, 0, y, layout.width, y);
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
  history.roles.eachWithin(view.fromNs, toNs(view), (span) => paintRole(context, scene, colours, span));
  history.nodeFaults.eachWithin(view.fromNs, toNs(view), ({ node, isPause, fromNs, toNs: until }) => {
    const y = layout.yOf(node);
    if (y === undefined) return;
    const [x1, x2] = clip(scene, fromNs, until);
    const half = isPause ? layout.bandHalf + 2 : layout.bandHalf;
    hatch(context, x1, y - half, Math.max(3, x2 - x1), 2 * half, isPause ? colours.bad : colours.warn);
  });
}

function paintRole(context: CanvasRenderingContext2D, scene: Scene, colours: DiagramColours, span: RoleSpan): void {
  const { layout, nowNs } = scene;
  const y = layout.yOf(span.node);
  if (y === undefined) return;
  const [x1, x2] = clip(scene, span.fromNs, Math.min(span.toNs, nowNs));
  const width = Math.max(1, x2 - x1);
  const half = layout.bandHalf;
  const colour = termColour(colours, span.term);
  context.fillStyle = colours.pane;
  context.fillRect(x1, y - 1, width, 2);
  if (span.role === 'follower') {
    context.fillStyle = colours.roles.follower;
    context.globalAlpha = 0.55;
    context.fillRect(x1, y - 1, width, 2);
    context.globalAlpha = 1;
    return;
  }
  if (span.role === 'leader') {
    context.fillStyle = colour;
    context.fillRect(x1, y - half, width, 2 * half);
  } else {
    context.fillStyle = colours.pane;
    context.fillRect(x1, y - half, width, 2 * half);
    hatch(context, x1, y - half, width, 2 * half, colour);
    context.strokeStyle = colour;
    context.strokeRect(x1 + 0.5, y - half + 0.5, Math.max(1, width - 1), 2 * half - 1);
  }
  paintTerm(
    context,
    layout.bandHalf,
    `${span.term}`,
    Math.max(0, x1),
    x2,
    y,
    span.role === 'leader' ? colours.onTerm : colours.text,
  );
}

function paintTerm(
  context: CanvasRenderingContext2D,
  half: number,
  term: string,
  x1: number,
  x2: number,
  y: number,
  colour: string,
): void {
  if (half < 5) return;
  const width = context.measureText(term).width;
  if (x2 - x1 < width + 8) return;
  context.fillStyle = colour;
  context.textBaseline = 'middle';
  context.fillText(term, x1 + 5, y + 0.5);
}

/** Slanted lines that stand still while the view moves: they hang on the left edge of what they cover. */
function hatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.globalAlpha = 0.75;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 5) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}

export function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
