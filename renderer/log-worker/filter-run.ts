/** What passes a filter, of one chunk of lines. */

export interface FilterRun {
  readonly firstNumber: number;
  /** Places in the chunk, ascending. Packed once the chunk is full. */
  hits: number[] | Uint16Array;
  /** Places tested so far. */
  tested: number;
}

/** How many of the ascending `places` are below `place`. */
export function countBelow(places: ArrayLike<number>, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
