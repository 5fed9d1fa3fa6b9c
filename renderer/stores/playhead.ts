/**
 * Which moment the page shows. Live, it is the present; otherwise a place in the stream, held or going on at some speed. What is
 * shown (stage, matrix, nodes) follows it; what is a record (logs, charts, diagram, history) marks it.
 */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useConnectionStore } from './connection.ts';

export type PlayheadMode =
  | { readonly kind: 'live' }
  /** The picture follows the live stream at less than its speed, and lags. */
  | { readonly kind: 'slowed'; readonly speed: number }
  /** It stands. */
  | { readonly kind: 'held' }
  /** It runs through the past, and becomes live where it meets the present. */
  | { readonly kind: 'playing'; readonly speed: number };

export const usePlayheadStore = defineStore('playhead', () => {
  const connection = useConnectionStore();
  const mode = shallowRef<PlayheadMode>({ kind: 'live' });
  const isLive = computed(() => mode.value.kind === 'live');

  /** The time that is shown, on the scale of `timeNs`: to be asked for in each animation frame. */
  function nowNs(): number {
    return connection.nowNs();
  }

  return { mode, isLive, nowNs };
});
