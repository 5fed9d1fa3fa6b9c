/** The scale of the timeline: times of the stream to pixels, and round times to label. */

export interface TimeSpan {
  readonly fromNs: number;
  readonly toNs: number;
}

/** Lengths of an axis, and distances of its labels, that are easy to read; s. */
const roundSeconds = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450,
  600, 900, 1_200, 1_800, 2_700, 3_600, 5_400, 7_200, 10_800, 14_400, 21_600, 28_800, 43_200, 64_800, 86_400,
];
const shortestNs = 1e6;
const labelPixels = 88;

/**
 * All of a session, with some room for what is to come: the scale stands still while the present moves along it, and grows only now and
 * then.
 */
export function wholeSpan(startNs: number, presentNs: number): TimeSpan {
  const lengthNs = roundUp(Math.max(30, ((presentNs - startNs) / 1e9) * 1.02)) * 1e9;
  // What begins the session has its sign in full.
  return { fromNs: startNs - lengthNs * 0.012, toNs: startNs + lengthNs };
}

/** The same length, moved on until `presentNs` is in it, with room behind it. */
export function following(span: TimeSpan, presentNs: number): TimeSpan {
  if (presentNs <= span.toNs) return span;
  const length = span.toNs - span.fromNs;
  return { fromNs: presentNs - length * 0.75, toNs: presentNs + length * 0.25 };
}

/** `factor` below 1 looks closer. `whole` is never left. */
export function zoomed(span: TimeSpan, aroundNs: number, factor: number, whole: TimeSpan): TimeSpan {
  const longest = whole.toNs - whole.fromNs;
  const length = Math.min(longest, Math.max(shortestNs, (span.toNs - span.fromNs) * factor));
  const share = (aroundNs - span.fromNs) / (span.toNs - span.fromNs);
  const fromNs = Math.min(Math.max(whole.fromNs, aroundNs - share * length), whole.toNs - length);
  return { fromNs, toNs: fromNs + length };
}

export function xOf({ fromNs, toNs }: TimeSpan, width: number, timeNs: number): number {
  return ((timeNs - fromNs) / (toNs - fromNs)) * width;
}

export function timeOf({ fromNs, toNs }: TimeSpan, width: number, x: number): number {
  return fromNs + (x / width) * (toNs - fromNs);
}

export interface Tick {
  readonly timeNs: number;
  readonly label: string;
}

/** Round times on the clock of the lab, as many as there is room for. */
export function ticksOf({ fromNs, toNs }: TimeSpan, width: number): readonly Tick[] {
  const seconds = (toNs - fromNs) / 1e9;
  const step = roundUp((seconds * labelPixels) / Math.max(labelPixels, width));
  const first = Math.ceil(fromNs / 1e9 / step);
  const last = Math.floor(toNs / 1e9 / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => {
    const time = (first + place) * step;
    return { timeNs: time * 1e9, label: clockText(time * 1e9, step) };
  });
}

/** `1:02:03`, `2:03`, `2:03.45`: as exact as `step` seconds ask for. */
export function clockText(timeNs: number, step = 1): string {
  const digits = step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step)));
  // Rounded first, or 59.9996 would be 0:60.
  const rounded = Math.round((timeNs / 1e9) * 10 ** digits) / 10 ** digits;
  const whole = Math.floor(rounded);
  const rest = (rounded - whole).toFixed(digits).slice(1);
  const [hours, minutes, seconds] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const padded = `${String(seconds).padStart(2, '0')}${rest}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${padded}` : `${minutes}:${padded}`;
}

function roundUp(seconds: number): number {
  const day = roundSeconds.at(-1) ?? 1;
  return roundSeconds.find((round) => round >= seconds) ?? Math.ceil(seconds / day) * day;
}
