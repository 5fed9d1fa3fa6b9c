/** Where there are too many datagrams to draw each: how many each node sent, received and lost, as a hill upon its lane. */
import type { Density } from './density.ts';
import type { DiagramColours } from './diagram-colours.ts';
import type { Scene } from './scene.ts';
import { xOf } from './time-scale.ts';

export function paintDensity(
  context: CanvasRenderingContext2D,
  { view, layout, hiddenKinds }: Scene,
  colours: DiagramColours,
  density: Density,
): void {
  if (density.most === 0) return;
  const highest = Math.max(4, layout.laneHalf * 1.5 - layout.bandHalf);
  const width = Math.max(1, (density.stepNs / view.spanNs) * layout.width);
  for (const { node, y } of layout.lanes) {
    const lane = density.lanes.get(node);
    if (!lane) continue;
    const foot = y - layout.bandHalf - 1;
    for (const [values, colour, alpha] of [
      [lane.busy, hiddenKinds.has('heartbeat') ? colours.kinds.entries : colours.kinds.heartbeat, 0.6],
      [lane.lost, colours.bad, 0.95],
    ] as const) {
      context.fillStyle = colour;
      context.globalAlpha = alpha;
      context.beginPath();
      values.forEach((value, step) => {
        if (value <= 0) return;
        const height = Math.max(1, Math.sqrt(value / density.most) * highest);
        const x = xOf(view, layout.width, density.fromNs + step * density.stepNs);
        context.rect(x, foot - height, width > 3 ? width - 1 : width, height);
      });
      context.fill();
    }
  }
  context.globalAlpha = 1;
}
