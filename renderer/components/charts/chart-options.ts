/** How uPlot draws a chart of the pane: axes, lines, bands of faults, the line of the playhead; colours from the page's tokens. */
import type uPlot from 'uplot';
import type { FaultSpan } from '../timeline/eras.ts';
import { clockText } from '../timeline/time-axis.ts';
import type { FigureRow } from './chart-series.ts';

type Key = Exclude<keyof FigureRow, 'from' | 'seconds'>;

export interface ChartSeries {
  readonly key: Key;
  readonly label: string;
  /** Name of the token. */
  readonly colour: `--${string}`;
  /** Of the line, in pixels: so that lines can be told apart without their colour. */
  readonly dash?: readonly number[];
  /** A bar for each row in the place of a line. */
  readonly isBar?: boolean;
}

/** What is drawn behind and over the lines. */
export interface ChartMarks {
  readonly faults: readonly FaultSpan[];
  /** s; undefined while the present is shown. */
  readonly playhead: number | undefined;
}

export interface ChartLook {
  readonly width: number;
  readonly height: number;
  readonly series: readonly ChartSeries[];
  readonly format: (value: number | null) => string;
  readonly marks: () => ChartMarks;
  readonly onPoint: (seconds: number | null) => void;
  readonly onChoose: (seconds: number) => void;
}

/** All charts of the page have their pointer at the same time. */
const syncKey = 'raft-lab.charts';
const axisFont = '10px system-ui, sans-serif';

/** There is something to draw on; a test's document has none. */
export function hasCanvas(): boolean {
  return typeof matchMedia === 'function' && document.createElement('canvas').getContext('2d') !== null;
}

export function chartOptions(look: ChartLook): uPlot.Options {
  const colour = tokenReader();
  const axis = {
    stroke: colour('--text-faint'),
    font: axisFont,
    grid: { stroke: colour('--border'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: look.width,
    height: look.height,
    padding: [6, 8, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: syncKey }, y: false, drag: { x: false, y: false }, points: { size: 5 } },
    scales: { x: { time: false }, y: { range: (_, _min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      { ...axis, size: 18, gap: 2, space: 70, values: (_, splits) => splits.map((second) => clockText(second * 1e9)) },
      { ...axis, size: 40, gap: 4, space: 24, values: (_, splits) => splits.map((value) => look.format(value)) },
    ],
    series: [{}, ...look.series.map((each) => seriesOptions(each, colour))],
    hooks: {
      init: [(plot) => listen(plot, look)],
      drawClear: [(plot) => drawFaults(plot, look.marks(), colour('--tone-bad'))],
      draw: [(plot) => drawPlayhead(plot, look.marks(), colour('--accent'))],
      setCursor: [(plot) => look.onPoint(plot.data[0][plot.cursor.idx ?? -1] ?? null)],
    },
  };
}

function seriesOptions({ colour: token, dash, isBar }: ChartSeries, colour: (token: string) => string): uPlot.Series {
  return {
    stroke: colour(token),
    width: 1.5,
    ...(dash && { dash: [...dash] }),
    ...(isBar && { fill: colour(token), paths: bars }),
    // A line begins with two: a second alone would not be seen.
    points: { show: !isBar, size: 5, fill: colour(token), filter: alone },
    spanGaps: false,
  };
}

/** The places of those that have no neighbour. */
function alone(plot: uPlot, seriesIndex: number): number[] {
  const values = plot.data[seriesIndex] ?? [];
  const has = (place: number): boolean => (values[place] ?? null) !== null;
  return Array.from(values, (_, place) => place).filter((place) => has(place) && !has(place - 1) && !has(place + 1));
}

/** A bar from the bottom for each row that has any. */
function bars(plot: uPlot, seriesIndex: number): uPlot.Series.Paths {
  const path = new Path2D();
  const [xs, ys] = [plot.data[0], plot.data[seriesIndex]];
  const bottom = plot.valToPos(0, 'y', true);
  const between = Math.abs(plot.valToPos(xs[1] ?? 1, 'x', true) - plot.valToPos(xs[0] ?? 0, 'x', true));
  const width = Math.max(2, Math.min(12, between * 0.6));
  xs.forEach((x, place) => {
    const y = ys?.[place];
    if (!y) return;
    const top = plot.valToPos(y, 'y', true);
    path.rect(plot.valToPos(x, 'x', true) - width / 2, top, width, bottom - top);
  });
  return { stroke: path, fill: path };
}

function listen(plot: uPlot, look: ChartLook): void {
  plot.over.addEventListener('click', () => {
    const left = plot.cursor.left ?? -1;
    if (left >= 0) look.onChoose(plot.posToVal(left, 'x'));
  });
}

function drawFaults(plot: uPlot, { faults }: ChartMarks, colour: string): void {
  const { ctx, bbox } = plot;
  const { min, max } = boundsOf(plot);
  ctx.save();
  ctx.fillStyle = colour;
  for (const { fromNs, toNs } of faults) {
    const from = Math.max(min, fromNs / 1e9);
    const to = Math.min(max, toNs === undefined ? max : toNs / 1e9);
    if (to <= from) continue;
    const [left, right] = [plot.valToPos(from, 'x', true), plot.valToPos(to, 'x', true)];
    ctx.globalAlpha = 0.12;
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    // A rim below, so that a band is one without its colour, too.
    ctx.globalAlpha = 0.9;
    ctx.fillRect(left, bbox.top + bbox.height - 2, right - left, 2);
  }
  ctx.restore();
}

function drawPlayhead(plot: uPlot, { playhead }: ChartMarks, colour: string): void {
  const { ctx, bbox } = plot;
  const { min, max } = boundsOf(plot);
  if (playhead === undefined || playhead < min || playhead > max) return;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.fillRect(Math.round(plot.valToPos(playhead, 'x', true)) - 1, bbox.top, 2, bbox.height);
  ctx.restore();
}

/** s; nothing lies between them while there is nothing to show. */
function boundsOf({ scales }: uPlot): { min: number; max: number } {
  return { min: scales['x']?.min ?? Infinity, max: scales['x']?.max ?? -Infinity };
}

function tokenReader(): (token: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (token) => style.getPropertyValue(token).trim();
}
