/**
 * The middle one of several measurements: machines are noisy.
 */

/** Of an even number, the lower of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
