/**
 * What "copy" takes from the lists that are shown.
 */
import type { LabEvent } from '../../../shared/event.ts';
import type { FilteredLog } from '../../stores/filtered-log.ts';
import type { LogItem } from '../../stores/log-buffer.ts';

/** All lines of all lists, in the order of their arrival. */
export function allLines(lists: readonly FilteredLog[]): LogItem[] {
  const lines: { readonly number: number; readonly item: LogItem }[] = [];
  for (const list of lists) {
    for (let position = 0; position < list.length; position += 1) {
      const item = list.itemAt(position);
      const number = list.numberAt(position);
      if (item && number !== undefined) lines.push({ number, item });
    }
  }
  if (lists.length > 1) lines.sort((left, right) => left.number - right.number);
  return lines.map((line) => line.item);
}

/** A gap is no event: it has no line of its own outside the page. */
export function eventsOf(items: readonly LogItem[]): LabEvent[] {
  return items.filter((item) => item.type !== 'gap');
}
