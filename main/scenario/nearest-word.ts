/** The word that somebody may have meant. */

/** Of the candidates the nearest one, if it is near: a letter wrong, missing or too many for about each three letters. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor((word.length + 1) / 3)) + 1;
  for (const candidate of candidates) {
    const distance = distanceOf(plain(word), plain(candidate));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `; did you mean "steps"?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = nearestWord(word, candidates);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}

const plain = (word: string): string => word.toLowerCase().replaceAll(/[-_ ]/g, '');

/** Levenshtein's distance; words of a scenario are short. */
function distanceOf(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > left.length) return left.length + right.length;
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (const [line, letter] of Array.from(left).entries()) {
    const next = [line + 1];
    for (const [column, other] of Array.from(right).entries()) {
      const [before = 0, above = 0, corner = 0] = [next[column], row[column + 1], row[column]];
      next.push(Math.min(before + 1, above + 1, corner + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
