/** Whether a row of tabs has room for every title, or only for the one in front. */
import { useResizeObserver } from '@vueuse/core';
import { nextTick, ref, watch, type Ref } from 'vue';

export interface TabRow {
  /** The whole row. */
  readonly head: Readonly<Ref<HTMLElement | null>>;
  /** The tabs: as wide as they like, cut off where there is no room. */
  readonly tabs: Readonly<Ref<HTMLElement | null>>;
  /** The tools of the pane in front. */
  readonly tools: Readonly<Ref<HTMLElement | null>>;
}

/** What else stands in the row (the menu, and the way back from being maximised), with the gaps, in pixels. */
const othersWidth = 64;

/** @param titles changes when the tabs do */
export function useTabRoom({ head, tabs, tools }: TabRow, titles: () => string): Readonly<Ref<boolean>> {
  const isCompact = ref(false);
  /** All titles side by side, measured when they last were. */
  let wholeWidth = 0;

  function measure(): void {
    if (!head.value || !tabs.value || !tools.value) return;
    if (!isCompact.value) {
      wholeWidth = tabs.value.scrollWidth;
      isCompact.value = wholeWidth > tabs.value.clientWidth;
      return;
    }
    // Compact, the tools have what they ask for, if need be in a row of their own.
    isCompact.value = wholeWidth + tools.value.offsetWidth + othersWidth > head.value.clientWidth;
  }

  useResizeObserver([head, tabs, tools], measure);
  watch(titles, async () => {
    isCompact.value = false;
    await nextTick();
    measure();
  });
  return isCompact;
}
