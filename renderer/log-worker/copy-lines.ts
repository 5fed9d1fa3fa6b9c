/** Lines as plain text, for the clipboard. */
import { formatTime, plainLineOf } from '../../shared/projection/log-line.ts';
import { rowOf, type LogSource } from './log-store.ts';

/** Copied at once: more is no text that anybody pastes. */
export const copiedLinesMax = 200_000;

/** The last ones are taken where there are too many. A gap is no event: it has no line of its own outside the page. */
export function copyLines(
  source: LogSource,
  numbers: readonly number[],
): { text: string; count: number; leftOut: number } {
  const taken = numbers.slice(-copiedLinesMax);
  const lines: string[] = [];
  for (const number of taken) {
    const row = rowOf(source, number);
    if (!row || row.gap) continue;
    lines.push(`${plainLineOf(formatTime(row.timeNs).padStart(14), row.node, row)}\n`);
  }
  return { text: lines.join(''), count: lines.length, leftOut: numbers.length - taken.length };
}
