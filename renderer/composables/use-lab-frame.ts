/** Draws along with the lab's clock: calls back once per animation frame while the line is live. */
import { useRafFn } from '@vueuse/core';
import { watchEffect } from 'vue';
import { useConnectionStore } from '../stores/connection.ts';

/** `draw` gets the lab's time, ns. Nothing is called while the line is lost: the picture stands still, as it says. */
export function useLabFrame(draw: (nowNs: number) => void): void {
  const connection = useConnectionStore();
  const { pause, resume } = useRafFn(() => draw(connection.nowNs()), { immediate: false });
  watchEffect(() => (connection.isLive ? resume() : pause()));
}
