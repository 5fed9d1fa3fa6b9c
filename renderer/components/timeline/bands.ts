/** Spans of time as bands on the timeline: cut at its ends, and what is too narrow to be told from its neighbour left out. */
import { xOf, type TimeSpan } from './time-axis.ts';

interface Lasting {
  readonly fromNs: number;
  readonly toNs: number | undefined;
}

export interface Band<Item> {
  readonly item: Item;
  readonly x: number;
  readonly width: number;
}

const narrowest = 2;

/** Those that have ended. */
export function bandsOf<Item extends Lasting>(
  items: readonly Item[],
  span: TimeSpan,
  width: number,
): readonly Band<Item>[] {
  const bands: Band<Item>[] = [];
  for (const item of items) {
    if (item.toNs === undefined || item.toNs < span.fromNs || item.fromNs > span.toNs) continue;
    const band = bandTo(item, item.toNs, span, width);
    const last = bands.at(-1);
    if (!last || band.x + band.width >= last.x + last.width + narrowest) bands.push(band);
  }
  return bands;
}

/** One that goes on, so far; undefined where it is out of sight. */
export function openBand<Item extends Lasting>(
  item: Item | undefined,
  presentNs: number,
  span: TimeSpan,
  width: number,
): Band<Item> | undefined {
  if (!item || item.toNs !== undefined || item.fromNs > span.toNs || presentNs < span.fromNs) return undefined;
  return bandTo(item, presentNs, span, width);
}

function bandTo<Item extends Lasting>(item: Item, toNs: number, span: TimeSpan, width: number): Band<Item> {
  const x = Math.max(0, xOf(span, width, item.fromNs));
  return { item, x, width: Math.max(narrowest, Math.min(width, xOf(span, width, toNs)) - x) };
}
