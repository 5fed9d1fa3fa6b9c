/**
 * Where the top edge of a window has to stand for a row to be seen, moving as little as is needed, or to its middle when the row
 * is far away. Undefined when it is seen already. Pixels.
 */
export function topThatShows(rowTop: number, rowHeight: number, top: number, height: number): number | undefined {
  const lowest = rowTop + rowHeight - height;
  if (rowTop >= top && lowest <= top) return undefined;
  if (Math.abs(rowTop - top) > 2 * height) return rowTop - height / 2;
  return rowTop < top ? rowTop : lowest;
}
