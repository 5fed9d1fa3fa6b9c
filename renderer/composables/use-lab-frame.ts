/** Draws along with the time that is shown: calls back once per animation frame while the line is live. */
import { useRafFn } from '@vueuse/core';
import { watchEffect } from 'vue';
import { useConnectionStore } from '../stores/connection.ts';
import { usePlayheadStore } from '../stores/playhead.ts';

/**
 * `draw` gets the time that is shown, ns: the lab's, unless the playhead stands elsewhere. Nothing is called while the line is lost: the
 * picture stands still, as it says.
 */
export function useLabFrame(draw: (nowNs: number) => void): void {
  const connection = useConnectionStore();
  const playhead = usePlayheadStore();
  const { pause, resume } = useRafFn(() => draw(playhead.nowNs()), { immediate: false });
  watchEffect(() => (connection.isLive ? resume() : pause()));
}
