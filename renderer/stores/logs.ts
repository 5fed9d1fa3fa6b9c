/**
 * The logs: which lists are shown, of what, and how they stand. The lines are kept by a worker (log-worker/); here are the few rows
 * around what is on screen. `tick` rises when what is shown has changed.
 */
import { useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, markRaw, ref, shallowRef, watch } from 'vue';
import { labSourceId, type NodeId } from '../../shared/ids.ts';
import type { FrameTaker } from '../lab-client/frame-taker.ts';
import type { FromLog, ListKey, ListSpec, LogPort, ToLog } from '../log-worker/log-messages.ts';
import type { LogRowData } from '../log-worker/log-row-data.ts';
import { useClusterStore } from './cluster.ts';
import { LogAsker } from './log-asker.ts';
import { useLogLevels } from './log-levels.ts';
import { LogLines } from './log-lines.ts';
import { parseTextFilter } from './text-filter.ts';

export type LogLayout = 'merged' | 'columns';
/** Lines whose text does not match are left out, or stay and the others are marked. */
export type TextMode = 'hide' | 'mark';

export const useLogsStore = defineStore('logs', () => {
  const cluster = useClusterStore();
  const levels = useLogLevels();
  let port: LogPort | undefined;
  // Raw: a proxy would stand between it and its private parts.
  const asker = markRaw(new LogAsker(post));

  /** Rises with each change of what `lists` show. */
  const tick = shallowRef(0);
  const layout = useStorage<LogLayout>('raft-lab.log-layout', 'merged');
  const textMode = useStorage<TextMode>('raft-lab.log-text-mode', 'hide');
  const nodeFilter = ref<NodeId | null>(null);
  const typed = ref('');
  const isPaused = ref(false);
  const totalCount = ref(0);
  const errorCount = ref(0);
  const epoch = ref(0);
  /** Why there are no logs any more; empty while there are. */
  const failure = ref('');
  /** Marked lines by number, ascending. */
  const bookmarks = shallowRef<ReadonlyMap<number, LogRowData>>(new Map());
  const lists = shallowRef<ReadonlyMap<ListKey, LogLines>>(new Map());

  // The storage may hold anything.
  if (layout.value !== 'merged' && layout.value !== 'columns') layout.value = 'merged';
  if (textMode.value !== 'hide' && textMode.value !== 'mark') textMode.value = 'hide';

  const parsed = computed(() => parseTextFilter(typed.value));
  /** Why what was typed is no filter; empty when it is one. The last good one stays in force. */
  const textProblem = computed(() => (parsed.value.ok ? '' : parsed.value.message));
  const expression = shallowRef<RegExp | null>(null);
  watch(parsed, (next) => next.ok && (expression.value = next.expression), { flush: 'sync' });

  /** The lists of the layout, from left to right. */
  const listKeys = computed<readonly ListKey[]>(() =>
    layout.value === 'merged' ? ['merged'] : [...cluster.nodes.map((node) => node.id), labSourceId],
  );
  const newCount = computed(() => sumOf(({ newCount: count }) => count));
  const matchCount = computed(() => sumOf(({ matchCount: count }) => count));

  function sumOf(count: (list: LogLines) => number): number {
    void tick.value;
    return [...lists.value.values()].reduce((sum, list) => sum + count(list), 0);
  }

  function post(message: ToLog, transfer?: ArrayBuffer): void {
    port?.post(message, transfer);
  }

  /** Connects who keeps the log; once, where the app is put together. */
  function attach(opened: LogPort): void {
    port = opened;
    port.onFailure((reason) => (failure.value = reason));
    port.onMessage(take);
    show();
  }

  function specOf(key: ListKey): ListSpec {
    return { key, node: key === 'merged' ? nodeFilter.value : key, levels: levels.levels.value };
  }

  function show(): void {
    lists.value = new Map(listKeys.value.map((key) => [key, lists.value.get(key) ?? new LogLines(key, post)]));
    const near = [...lists.value.values()].flatMap((list) =>
      list.near === null ? [] : [[list.key, list.near] as const],
    );
    const specs = listKeys.value.map(specOf);
    post({ type: 'show', lists: specs, expression: expression.value, hide: textMode.value === 'hide', near });
  }
  watch([expression, textMode, nodeFilter, levels.levels, () => listKeys.value.join()], show, { flush: 'sync' });
  show();

  function take(message: FromLog): void {
    switch (message.type) {
      case 'state':
        return takeState(message);
      case 'rows':
        lists.value.get(message.key)?.take(message.version, message.from, message.rows);
        tick.value += 1;
        return;
      case 'placed':
      case 'copied':
        return asker.take(message);
      case 'taken':
    }
  }

  function takeState(state: Extract<FromLog, { type: 'state' }>): void {
    totalCount.value = state.total;
    errorCount.value = state.errors;
    if (state.epoch !== epoch.value) bookmarks.value = new Map();
    epoch.value = state.epoch;
    for (const list of state.lists) lists.value.get(list.key)?.update(list);
    tick.value += 1;
  }

  /** The worker's part of the stream. */
  const frames: FrameTaker = {
    take: (bytes) => post({ type: 'frame', bytes }, bytes.buffer instanceof ArrayBuffer ? bytes.buffer : undefined),
    onTaken: (handler) => port?.onMessage((message) => message.type === 'taken' && handler(message.frame)),
    onLost: (handler) => port?.onFailure(handler),
  };

  /** Holds what is shown; lines go on coming in and are counted. */
  function pause(isHeld: boolean): void {
    if (isHeld === isPaused.value) return;
    isPaused.value = isHeld;
    post({ type: isHeld ? 'pause' : 'resume' });
  }

  /** Empties the page's log; the lab's own record is not touched. */
  function clear(): void {
    isPaused.value = false;
    post({ type: 'clear' });
  }

  /** Marks the line, or takes the mark away. @returns whether it is marked now */
  function toggleBookmark(row: LogRowData): boolean {
    const isMarked = bookmarks.value.has(row.number);
    const others = [...bookmarks.value].filter(([number]) => number !== row.number);
    const next = isMarked ? others : [...others, [row.number, row] as const];
    bookmarks.value = new Map(next.toSorted(([left], [right]) => left - right));
    post({ type: 'bookmarks', numbers: [...bookmarks.value.keys()] });
    return !isMarked;
  }

  return {
    ...levels,
    tick,
    layout,
    textMode,
    nodeFilter,
    typed,
    textProblem,
    expression,
    listKeys,
    lists,
    isPaused,
    totalCount,
    errorCount,
    newCount,
    matchCount,
    failure,
    bookmarks,
    epoch,
    asker,
    frames,
    attach,
    pause,
    clear,
    toggleBookmark,
  };
});
