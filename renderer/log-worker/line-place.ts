/** Where in the log a moment is. */
import { chunkLines } from './log-chunk.ts';
import type { LinePlace } from './log-messages.ts';
import type { LogSource } from './log-store.ts';

/** The number of the last line that is not behind the place; the first line when all are; undefined for an empty log. */
export function numberAtPlace(source: LogSource, place: LinePlace): number | undefined {
  const { firstNumber, nextNumber } = source;
  if (firstNumber >= nextNumber) return undefined;
  if ('number' in place) return Math.min(Math.max(place.number, firstNumber), nextNumber - 1);
  const isBehind =
    'timeNs' in place
      ? (number: number) => valueAt(source, number, 'times') > place.timeNs
      : (number: number) => valueAt(source, number, 'positions') > place.position;
  // The times of servers are not quite their merged order, and lines without a place stand among others: what is behind is taken by chunk, then line by line.
  let low = Math.floor(firstNumber / chunkLines);
  let high = Math.floor((nextNumber - 1) / chunkLines);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isBehind(Math.max(middle * chunkLines, firstNumber))) high = middle - 1;
    else low = middle;
  }
  for (let number = Math.min((low + 1) * chunkLines, nextNumber) - 1; number > firstNumber; number -= 1) {
    if (!isBehind(number)) return number;
  }
  return firstNumber;
}

function valueAt(source: LogSource, number: number, column: 'times' | 'positions'): number {
  const chunk = source.chunkOf(number);
  return chunk?.[column][number - chunk.firstNumber] ?? -1;
}
