/**
 * The logs: the latest lines in a ring, and the lists that are shown of them. Lines and lists are plain objects; `tick`
 * rises when what is shown has changed. Filters are worked off in slices, so that no frame waits for them.
 */
import { useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { LabEvent } from '../../shared/event.ts';
import { labSourceId, type NodeId } from '../../shared/ids.ts';
import { logLevels, type LogLevel } from '../../shared/projection/log-line.ts';
import { useClusterStore } from './cluster.ts';
import type { LogSource } from './log-buffer.ts';
import { makeLogFilter } from './log-filter.ts';
import { LogIntake } from './log-intake.ts';
import { LogPane } from './log-pane.ts';
import { parseTextFilter, type TextFilter } from './text-filter.ts';

export type LogLayout = 'merged' | 'columns';

/** Which list: all nodes in one, or the column of one node (`labSourceId`: of the lab). */
export type PaneKey = 'merged' | NodeId;

/** Milliseconds of a frame that filtering may take. */
const sliceMs = 5;

export const useLogsStore = defineStore('logs', () => {
  const cluster = useClusterStore();
  const intake = new LogIntake(limits.pageLogLinesMax);
  const live = intake.ring;
  let frozen: LogSource | undefined;
  let isFrameAsked = false;

  /** Rises with each change of what `paneOf` shows. */
  const tick = shallowRef(0);
  const layout = useStorage<LogLayout>('raft-lab.log-layout', 'merged');
  const level = useStorage<LogLevel>('raft-lab.log-level', 'info');
  const columnLevels = ref<Readonly<Record<NodeId, LogLevel>>>({});
  const nodeFilter = ref<NodeId | null>(null);
  const typed = ref('');
  const isPaused = ref(false);
  const totalCount = ref(0);
  const errorCount = ref(0);
  const newCount = ref(0);
  const panes = shallowRef<ReadonlyMap<PaneKey, LogPane>>(new Map());

  // The storage may hold anything.
  if (layout.value !== 'merged' && layout.value !== 'columns') layout.value = 'merged';
  if (!logLevels.includes(level.value)) level.value = 'info';

  const parsed = computed(() => parseTextFilter(typed.value));
  /** Why what was typed is no filter; empty when it is one. The last good filter stays in force. */
  const textProblem = computed(() => (parsed.value.ok ? '' : parsed.value.message));
  const textFilter = shallowRef<Extract<TextFilter, { ok: true }>>({ ok: true, matches: undefined });
  watch(parsed, (next) => {
    if (next.ok) textFilter.value = next;
  });

  /** The lists of the layout, from left to right. */
  const paneKeys = computed<readonly PaneKey[]>(() =>
    layout.value === 'merged' ? ['merged'] : [...cluster.nodes.map((node) => node.id), labSourceId],
  );

  function levelOf(key: PaneKey): LogLevel {
    return key === 'merged' ? level.value : (columnLevels.value[key] ?? 'info');
  }

  function setLevel(key: PaneKey, next: LogLevel): void {
    if (key === 'merged') level.value = next;
    else columnLevels.value = { ...columnLevels.value, [key]: next };
    panes.value = new Map([...panes.value, [key, makePane(key)]]);
    work();
  }

  function makePane(key: PaneKey): LogPane {
    const node = key === 'merged' ? nodeFilter.value : key;
    const filter = makeLogFilter({ level: levelOf(key), node, matches: textFilter.value.matches });
    return new LogPane(live, filter, frozen);
  }

  function rebuild(): void {
    panes.value = new Map(paneKeys.value.map((key) => [key, makePane(key)]));
    work();
  }

  /** A new list of columns keeps those that stay. */
  function rebuildMissing(): void {
    panes.value = new Map(paneKeys.value.map((key) => [key, panes.value.get(key) ?? makePane(key)]));
    work();
  }

  watch([textFilter, nodeFilter], rebuild, { flush: 'sync' });
  watch(() => paneKeys.value.join(), rebuildMissing, { flush: 'sync', immediate: true });

  /** One slice of filtering; asks for another frame while there is more to do. */
  function work(): void {
    const endMs = performance.now() + sliceMs;
    const isTimeUp = (): boolean => performance.now() >= endMs;
    let isSettled = true;
    let newLines = 0;
    for (const pane of panes.value.values()) {
      pane.work(isTimeUp);
      isSettled &&= pane.isSettled;
      newLines += pane.newCount;
    }
    totalCount.value = (frozen ?? live).nextNumber - (frozen ?? live).firstNumber;
    errorCount.value = intake.errorCount;
    newCount.value = newLines;
    tick.value += 1;
    if (!isSettled) askForFrame();
  }

  function askForFrame(): void {
    if (isFrameAsked) return;
    isFrameAsked = true;
    requestAnimationFrame(() => {
      isFrameAsked = false;
      work();
    });
  }

  /** The events of one animation frame. */
  function take(events: readonly LabEvent[], _nowNs: number): void {
    if (events.length === 0) return;
    intake.take(events);
    work();
  }

  /** Begins, or goes on from a snapshot: see `LogIntake.resume`. */
  function reset(snapshot: Snapshot, missed: number): void {
    intake.resume(snapshot, missed);
    work();
  }

  /** Holds what is shown; lines go on coming in and are counted. */
  function pause(): void {
    if (frozen) return;
    const copy = live.freeze();
    frozen = copy;
    isPaused.value = true;
    for (const pane of panes.value.values()) pane.pause(copy);
    work();
  }

  function resume(): void {
    frozen = undefined;
    isPaused.value = false;
    for (const pane of panes.value.values()) pane.resume();
    work();
  }

  /** Empties the page's log; the lab's own record is not touched. */
  function clear(): void {
    intake.clear();
    frozen = undefined;
    isPaused.value = false;
    rebuild();
  }

  return {
    tick,
    layout,
    level,
    nodeFilter,
    typed,
    textProblem,
    paneKeys,
    panes,
    isPaused,
    totalCount,
    errorCount,
    newCount,
    levelOf,
    setLevel,
    take,
    reset,
    pause,
    resume,
    clear,
  };
});
