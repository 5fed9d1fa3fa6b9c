/**
 * Marks what matches the filter in the rows on screen. The ranges are painted by the browser over the text, so that rows stay one piece
 * of text each.
 */
import type { LogRow } from './log-row.ts';

/** Its look is in log-list.css. */
const highlightName = 'log-match';
/** In one row: an expression that matches everywhere must not make a row dear. */
const matchesPerRowMax = 20;

/** All lists share one highlight: each puts its own ranges in and takes them away. */
export class MatchMarks {
  #ranges: StaticRange[] = [];

  show(rows: readonly LogRow[], expression: RegExp | null): void {
    const highlight = ownHighlight();
    if (!highlight) return;
    for (const range of this.#ranges) highlight.delete(range);
    this.#ranges = expression ? rows.flatMap((row) => rangesIn(row, expression)) : [];
    for (const range of this.#ranges) highlight.add(range);
  }
}

function ownHighlight(): Highlight | undefined {
  // Not every browser has it, nor every test.
  if (typeof Highlight === 'undefined' || !('highlights' in CSS)) return undefined;
  const known = CSS.highlights.get(highlightName);
  if (known) return known;
  const made = new Highlight();
  CSS.highlights.set(highlightName, made);
  return made;
}

function rangesIn({ sentence, isBlank, version }: LogRow, expression: RegExp): StaticRange[] {
  if (isBlank || version < 0) return [];
  const all = new RegExp(expression.source, `${expression.flags}g`);
  const ranges: StaticRange[] = [];
  for (const { index, 0: match } of sentence.data.matchAll(all)) {
    if (ranges.length >= matchesPerRowMax) break;
    if (match === '') continue;
    ranges.push(
      new StaticRange({
        startContainer: sentence,
        startOffset: index,
        endContainer: sentence,
        endOffset: index + match.length,
      }),
    );
  }
  return ranges;
}
