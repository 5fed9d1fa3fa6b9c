/** The lists that are on screen, and the one line among them that the keyboard is at. */
import { ref, shallowRef, watch, type Ref } from 'vue';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { ListKey, Wanted } from '../../log-worker/log-messages.ts';
import type { LogRowData } from '../../log-worker/log-row-data.ts';
import { useConnectionStore } from '../../stores/connection.ts';
import type { LogLines } from '../../stores/log-lines.ts';
import { useLogsStore } from '../../stores/logs.ts';
import { useSelectionStore } from '../../stores/selection.ts';
import { text } from '../../text/logs.ts';
import { selectionOf } from './about-selection.ts';
import type { LogCursor } from './log-cursor.ts';
import type { TimeMode } from './log-time.ts';
import { useCopyLines } from './use-copy-lines.ts';
import { useLogActions } from './use-log-actions.ts';

/** What a list offers (log-list.vue). */
interface ShownList {
  cursor(): LogCursor | undefined;
  chosenCount(): number;
  showMoment(number: number): void;
  follow(): void;
  leave(): void;
  focus(): void;
  seek(wanted: Wanted, step: 1 | -1): void;
  goTo(number: number): void;
}

export function useLogLists(timeMode: Readonly<Ref<TimeMode>>) {
  const logs = useLogsStore();
  const selection = useSelectionStore();
  const connection = useConnectionStore();
  const copyLines = useCopyLines();

  /** The line of the keyboard, and the list that it is in. */
  const active = shallowRef<{ readonly key: ListKey; readonly row: LogRowData }>();
  const chosenCount = ref(0);
  /** Said to a screen reader; the list itself is silent, or it would never stop. */
  const announcement = ref('');

  const shownLists = new Map<ListKey, ShownList>();
  function keepList(key: ListKey, list: unknown): void {
    if (list) shownLists.set(key, list as ShownList);
    else shownLists.delete(key);
  }

  /** The time of day at which the stream's clock was 0. */
  const startedAtMs = ref(0);
  watch(timeMode, () => (startedAtMs.value = Date.now() - connection.nowNs() / nanosecondsPerMillisecond));

  /** What both arrangements give to a list. */
  function bindings(key: ListKey, lines: LogLines) {
    return {
      lines,
      timeMode: timeMode.value,
      startedAtMs: startedAtMs.value,
      onMove: (cursor: LogCursor | undefined) => moved(key, cursor),
      onChoose: (row: LogRowData) => selection.select(selectionOf(row)),
      onCopy: () => copy(),
      onBookmark: () => bookmark(),
      onNotFound: (wanted: Wanted) => (announcement.value = text.notFound(wanted)),
    };
  }

  watch([() => logs.layout, () => logs.epoch], () => (active.value = undefined));

  function moved(key: ListKey, cursor: LogCursor | undefined): void {
    active.value = cursor && { key, row: cursor.row };
    chosenCount.value = cursor ? (shownLists.get(key)?.chosenCount() ?? 0) : 0;
    announcement.value = cursor ? spoken(cursor.row) : '';
    if (logs.layout === 'columns' && cursor) {
      for (const [other, list] of shownLists) if (other !== key) list.showMoment(cursor.row.number);
    }
  }

  function spoken({ gap, node, level, target, text: sentence, number }: LogRowData): string {
    if (gap) return text.gap(gap);
    const mark = logs.bookmarks.has(number) ? `, ${text.bookmarked}` : '';
    return `${text.source(node)} ${level} ${target} ${sentence}${mark}`;
  }

  /** The list of the keyboard, or the first one. */
  function activeList(): ShownList | undefined {
    return shownLists.get(active.value?.key ?? 'merged') ?? [...shownLists.values()][0];
  }

  function bookmark(): void {
    if (active.value && !active.value.row.gap)
      announcement.value = logs.toggleBookmark(active.value.row) ? text.marked : text.unmarked;
  }

  /** The chosen lines; without any, all that are shown. */
  function copy(): void {
    const cursor = active.value && shownLists.get(active.value.key)?.cursor();
    const range = active.value &&
      cursor && {
        key: active.value.key,
        first: Math.min(cursor.row.number, cursor.anchor),
        last: Math.max(cursor.row.number, cursor.anchor),
      };
    void copyLines(logs.asker.copy(range ?? null));
  }

  function toTheLatest(): void {
    logs.pause(false);
    for (const list of shownLists.values()) list.follow();
  }

  useLogActions({
    list: activeList,
    copy,
    bookmark,
    hasLine: () => active.value !== undefined,
    follow: toTheLatest,
  });

  /** Back to the list, without a line chosen. */
  function leave(): void {
    if (active.value) shownLists.get(active.value.key)?.leave();
  }

  return { active, announcement, chosenCount, keepList, bindings, activeList, copy, toTheLatest, leave };
}
