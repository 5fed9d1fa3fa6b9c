/**
 * The moment that the page shows, when it is not the present: the list goes there, and its line is marked.
 */
import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';
import type { LogLines } from '../../stores/log-lines.ts';
import { useLogsStore } from '../../stores/logs.ts';
import { usePlayheadStore } from '../../stores/playhead.ts';
import type { LogViewport } from './log-viewport.ts';

/** While the moment moves on, the list follows a few times a second: a person reads it. */
const lookEveryMs = 100;

/** @returns the number of the last line before the moment; −1 while the page is live */
export function useShownMoment(
  lines: () => LogLines,
  use: (act: (viewport: LogViewport) => void) => void,
): ShallowRef<number> {
  const logs = useLogsStore();
  const playhead = usePlayheadStore();
  const moment = shallowRef(-1);
  let shownNs = Number.NaN;
  let timer: ReturnType<typeof setInterval> | undefined;

  function look(): void {
    const timeNs = playhead.nowNs();
    if (timeNs === shownNs) return;
    shownNs = timeNs;
    logs.asker.locate(lines().key, { timeNs }, (at) => {
      if (playhead.isLive || !at) return;
      moment.value = at.row.number;
      use((viewport) => viewport.reveal(at.ordinal));
    });
  }

  watch(
    () => playhead.isLive,
    (isLive) => {
      clearInterval(timer);
      shownNs = Number.NaN;
      if (isLive) {
        if (moment.value >= 0) use((viewport) => viewport.follow());
        moment.value = -1;
        return;
      }
      look();
      timer = setInterval(look, lookEveryMs);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => clearInterval(timer));
  return moment;
}
