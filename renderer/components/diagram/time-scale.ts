/** The stretch of time that is in view, how it is moved, and the marks of its axis. Pure. */

const second = 1e9;

export interface Viewport {
  /** At the left edge. */
  readonly fromNs: number;
  readonly spanNs: number;
}

/** What there is to see. */
export interface TimeBounds {
  readonly startNs: number;
  readonly endNs: number;
}

export const spanMinNs = 100_000;
export const spanMaxNs = 24 * 3_600 * second;
/** How much of the view stays beyond the ends of what there is. */
const spare = 0.9;

export function toNs({ fromNs, spanNs }: Viewport): number {
  return fromNs + spanNs;
}

export function xOf({ fromNs, spanNs }: Viewport, width: number, timeNs: number): number {
  return ((timeNs - fromNs) / spanNs) * width;
}

export function timeAt({ fromNs, spanNs }: Viewport, width: number, x: number): number {
  return fromNs + (x / Math.max(1, width)) * spanNs;
}

/** So that some of what there is stays in view. */
export function within(view: Viewport, { startNs, endNs }: TimeBounds): Viewport {
  const spanNs = Math.min(Math.max(view.spanNs, spanMinNs), spanMaxNs);
  const first = startNs - spare * spanNs;
  const last = Math.max(startNs, endNs) - (1 - spare) * spanNs;
  return { fromNs: Math.min(Math.max(view.fromNs, first), last), spanNs };
}

/** `factor` below 1 shows less time; what is at `anchorNs` stays where it is. */
export function zoomAt(view: Viewport, factor: number, anchorNs: number): Viewport {
  const spanNs = Math.min(Math.max(view.spanNs * factor, spanMinNs), spanMaxNs);
  const share = (anchorNs - view.fromNs) / view.spanNs;
  return { fromNs: anchorNs - share * spanNs, spanNs };
}

export function panBy(view: Viewport, ns: number): Viewport {
  return { ...view, fromNs: view.fromNs + ns };
}

/** All of it, with a little air. */
export function fitting({ startNs, endNs }: TimeBounds): Viewport {
  const spanNs = Math.max(endNs - startNs, spanMinNs) * 1.04;
  return { fromNs: (startNs + endNs) / 2 - spanNs / 2, spanNs };
}

/** Moves as little as is needed for `timeNs` to be well in view. */
export function revealing(view: Viewport, timeNs: number): Viewport {
  const margin = view.spanNs * 0.08;
  if (timeNs >= view.fromNs + margin && timeNs <= toNs(view) - margin) return view;
  return { ...view, fromNs: timeNs - view.spanNs / 2 };
}

export interface Tick {
  readonly timeNs: number;
  readonly label: string;
}

const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500].flatMap((step) => [step * 1e3, step * 1e6]);
const tickSteps: readonly number[] = [
  ...steps.toSorted((one, other) => one - other),
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400].map((seconds) => seconds * second),
];

/** The distance between marks of the axis that are at least `pixelsMin` apart. */
export function tickStep({ spanNs }: Viewport, width: number, pixelsMin = 96): number {
  const least = (spanNs / Math.max(1, width)) * pixelsMin;
  return tickSteps.find((step) => step >= least) ?? 14_400 * second;
}

export function ticksOf(view: Viewport, width: number): readonly Tick[] {
  const step = tickStep(view, width);
  const ticks: Tick[] = [];
  for (let at = Math.ceil(view.fromNs / step) * step; at <= toNs(view); at += step) {
    if (at >= 0) ticks.push({ timeNs: at, label: timeLabel(at, step) });
  }
  return ticks;
}

/** A time since the lab started, as exact as `stepNs`: `4:05`, `12.5 s`, `12.345 678 s`. */
export function timeLabel(timeNs: number, stepNs: number): string {
  if (stepNs >= 10 * second) return clock(Math.round(timeNs / second));
  const digits = Math.min(6, Math.max(0, Math.ceil(-Math.log10(stepNs / second) - 1e-9)));
  return `${(timeNs / second).toFixed(digits)} s`;
}

function clock(seconds: number): string {
  const two = (number: number): string => `${number}`.padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0(?=\d:)/, '');
}

/** A length of time in the unit that fits it: `840 µs`, `1.25 ms`, `3.4 s`, `12 min`. */
export function lengthLabel(ns: number): string {
  const [size, unit] = ns < 1e6 ? [1e3, 'µs'] : ns < 1e9 ? [1e6, 'ms'] : ns < 120e9 ? [1e9, 's'] : [60e9, 'min'];
  const value = ns / size;
  return `${Number(value.toPrecision(value >= 100 ? 3 : 2 + (value >= 10 ? 1 : 0)))} ${unit}`;
}
