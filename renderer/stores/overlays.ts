/** What lies over the page: at most one thing. */
import { defineStore } from 'pinia';
import { ref } from 'vue';

export type Overlay = 'palette' | 'shortcuts' | 'start';

export const useOverlaysStore = defineStore('overlays', () => {
  const shown = ref<Overlay | null>(null);

  /** For `v-model:open`. */
  function set(overlay: Overlay, isOpen: boolean): void {
    if (isOpen) shown.value = overlay;
    else if (shown.value === overlay) shown.value = null;
  }

  return { shown, set };
});
