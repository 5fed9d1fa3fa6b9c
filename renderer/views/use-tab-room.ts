/** Whether a row of tabs has room for every title, or only for the one in front. */
import { useResizeObserver } from '@vueuse/core';
import { nextTick, ref, watch, type Ref } from 'vue';

export interface TabRow {
  /** The tabs: as wide as they like, cut off where there is no room. */
  readonly tabs: Readonly<Ref<HTMLElement | null>>;
  /** What is left of the row, and in it the tools of the pane in front. */
  readonly rest: Readonly<Ref<HTMLElement | null>>;
  readonly tools: Readonly<Ref<HTMLElement | null>>;
}

/** @param titles changes when the tabs do */
export function useTabRoom({ tabs, rest, tools }: TabRow, titles: () => string): Readonly<Ref<boolean>> {
  const isCompact = ref(false);
  /** All titles side by side, measured when they last were. */
  let wholeWidth = 0;

  function measure(): void {
    if (!tabs.value || !rest.value || !tools.value) return;
    if (!isCompact.value) {
      wholeWidth = tabs.value.scrollWidth;
      isCompact.value = wholeWidth > tabs.value.clientWidth;
      return;
    }
    const free = rest.value.clientWidth - tools.value.offsetWidth;
    if (tabs.value.clientWidth + free > wholeWidth) isCompact.value = false;
  }

  useResizeObserver([tabs, rest, tools], measure);
  watch(titles, async () => {
    isCompact.value = false;
    await nextTick();
    measure();
  });
  return isCompact;
}
