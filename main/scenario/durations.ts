/** Times as people write them: `500 ms`, `3 s`, `2 min`. */

const unitsMs = { ms: 1, s: 1_000, min: 60_000 } as const;
type Unit = keyof typeof unitsMs;

const form = /^(\d{1,9}(?:\.\d{1,6})?) ?(ms|s|min)$/;

/** Milliseconds, to the nanosecond; undefined for what is no time with a unit. */
export function readDuration(text: unknown): number | undefined {
  const [, amount, unit] = (typeof text === 'string' && form.exec(text.trim())) || [];
  // Without the residue of binary fractions: 16.1 * 1000 is 16100.000000000002.
  return amount === undefined ? undefined : Number((Number(amount) * unitsMs[unit as Unit]).toFixed(6));
}

/** Two times, `50 ms to 100 ms`, or one that is both: the least and the most, ms. */
export function readDurationSpan(text: unknown): { readonly minMs: number; readonly maxMs: number } | undefined {
  const [least, most = least, ...rest] = typeof text === 'string' ? text.split(/ to |\.\./) : [];
  const [minMs, maxMs] = [readDuration(least), readDuration(most)];
  return rest.length > 0 || minMs === undefined || maxMs === undefined ? undefined : { minMs, maxMs };
}

/** `500 ms`, `3 s`, `2.5 s`: what `readDuration` reads back. */
export function durationText(ms: number): string {
  return ms >= 1_000 && ms % 100 === 0 ? `${ms / 1_000} s` : `${ms} ms`;
}
