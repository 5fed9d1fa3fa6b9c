/**
 * The row of the keyboard: where it is, and how it moves. Rows that are far away come from the worker first; then the row is there.
 */
import { shallowRef, watch, type ShallowRef } from 'vue';
import type { Wanted } from '../../log-worker/log-messages.ts';
import type { LogRowData } from '../../log-worker/log-row-data.ts';
import type { LogLines } from '../../stores/log-lines.ts';
import { useLogsStore } from '../../stores/logs.ts';
import { cursorOn, type LogCursor } from './log-cursor.ts';
import type { LogViewport } from './log-viewport.ts';

export interface LogCursorHandle {
  readonly cursor: ShallowRef<LogCursor | undefined>;
  /** Puts the keyboard's row there and makes it visible, as soon as the row is there. */
  moveTo(ordinal: number, extend?: boolean): void;
  /** The next line of a kind, in one direction from the active row or from the end. */
  find(wanted: Wanted, step: 1 | -1, done: (found: boolean) => void): void;
  place(ordinal: number, row: LogRowData, extend?: boolean): void;
  leave(): void;
}

export function useLogCursor(
  lines: () => LogLines,
  use: (act: (viewport: LogViewport) => void) => void,
  moved: (cursor: LogCursor | undefined) => void,
): LogCursorHandle {
  const logs = useLogsStore();
  const cursor = shallowRef<LogCursor>();
  /** A move whose row has not come yet. */
  let awaited: { readonly ordinal: number; readonly extend: boolean; readonly version: number } | undefined;

  function place(ordinal: number, row: LogRowData, extend = false): void {
    cursor.value = cursorOn(cursor.value, ordinal, row, extend);
    use((viewport) => viewport.reveal(ordinal));
    moved(cursor.value);
  }

  function moveTo(ordinal: number, extend = false): void {
    const { first, end, version } = lines();
    if (first >= end) return;
    const wanted = Math.max(first, Math.min(ordinal, end - 1));
    awaited = undefined;
    const row = lines().rowAt(wanted);
    if (row) return place(wanted, row, extend);
    awaited = { ordinal: wanted, extend, version };
    lines().want(wanted, wanted + 1);
    use((viewport) => viewport.reveal(wanted));
    arrived();
  }

  function arrived(): void {
    if (!awaited) return;
    const { ordinal, extend, version } = awaited;
    const row = lines().rowAt(ordinal);
    if (version === lines().version && !row) return;
    awaited = undefined;
    if (row) place(ordinal, row, extend);
  }
  watch(() => logs.tick, arrived);

  function find(wanted: Wanted, step: 1 | -1, done: (found: boolean) => void): void {
    logs.asker.find(lines().key, cursor.value?.row.number ?? null, step, wanted, (at) => {
      if (at) place(at.ordinal, at.row);
      done(at !== null);
    });
  }

  function leave(): void {
    cursor.value = undefined;
    moved(undefined);
  }

  // Another filter has other ordinals: the row is looked for in the list as it is now.
  watch(
    () => [logs.tick, lines().version] as const,
    ([, version], [, former]) => {
      const at = cursor.value;
      if (version === former || !at) return;
      const key = lines().key;
      logs.asker.locate(key, { number: at.row.number }, (found) => {
        if (found && cursor.value === at)
          cursor.value = { ...at, ordinal: found.ordinal, anchor: at.row.number, anchorOrdinal: found.ordinal };
      });
    },
  );

  return { cursor, moveTo, find, place, leave };
}
