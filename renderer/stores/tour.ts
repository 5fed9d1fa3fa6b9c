/** The guided tour: whether it was seen, and where it stands. */
import { useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

export const tourStepIds = ['stage', 'crash', 'append', 'logs', 'timeline', 'keys'] as const;
export type TourStepId = (typeof tourStepIds)[number];

export const useTourStore = defineStore('tour', () => {
  /** Taken or skipped: it does not come up by itself again. */
  const wasSeen = useStorage<boolean>('raft-lab.tour-seen', false);
  const step = ref<TourStepId | null>(null);
  /** The steps whose place is on the page. */
  const steps = ref<readonly TourStepId[]>(tourStepIds);
  const place = computed(() => (step.value === null ? -1 : steps.value.indexOf(step.value)));

  /** @param there which steps have something to point at */
  function start(there: readonly TourStepId[] = tourStepIds): void {
    steps.value = there;
    wasSeen.value = true;
    step.value = there[0] ?? null;
  }
  /** One step on or back; after the last one it ends. */
  function go(by: 1 | -1): void {
    step.value = steps.value[Math.max(0, place.value + by)] ?? null;
  }
  function end(): void {
    step.value = null;
  }

  return { wasSeen, step, steps, place, start, go, end };
});
