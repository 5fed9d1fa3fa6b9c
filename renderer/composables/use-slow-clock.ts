/** The shown time for words such as "for 12 s": once a second is enough, and costs nothing in between. */
import { useIntervalFn } from '@vueuse/core';
import { ref, type Ref } from 'vue';
import { usePlayheadStore } from '../stores/playhead.ts';

const everyMs = 1_000;

/** ns, on the scale of `timeNs`. */
export function useSlowClock(): Readonly<Ref<number>> {
  const playhead = usePlayheadStore();
  const nowNs = ref(playhead.nowNs());
  useIntervalFn(() => (nowNs.value = playhead.nowNs()), everyMs);
  return nowNs;
}
