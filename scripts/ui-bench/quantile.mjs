/**
 * @param {readonly number[]} values in any order
 * @param {number} share 0.5: the median; 1: the largest
 * @returns {number | null} to two decimals; null without values
 */
export function quantile(values, share) {
  const sorted = values.toSorted((left, right) => left - right);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? null : Math.round(value * 100) / 100;
}
