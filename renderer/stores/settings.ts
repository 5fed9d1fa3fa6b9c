/** What a person prefers; it lasts from one visit to the next. */
import { defineStore } from 'pinia';
import { computed, watch } from 'vue';
import { usePreferredDark, usePreferredReducedMotion, useStorage } from '@vueuse/core';

export const themes = ['system', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];

export const useSettingsStore = defineStore('settings', () => {
  const theme = useStorage<Theme>('raft-lab.theme', 'system');
  /** Draw heartbeats and their answers, not only the datagrams that change something. */
  const showHeartbeats = useStorage<boolean>('raft-lab.show-heartbeats', true);
  /** Shortcuts of one key without Ctrl or Cmd: whoever speaks to the computer, or hits keys by chance, does without. */
  const singleKeys = useStorage<boolean>('raft-lab.single-keys', true);

  const prefersDark = usePreferredDark();
  const motion = usePreferredReducedMotion();
  const reducedMotion = computed(() => motion.value === 'reduce');
  /** The theme that is shown: `system` resolved. */
  const shownTheme = computed(() => (theme.value === 'system' ? (prefersDark.value ? 'dark' : 'light') : theme.value));

  watch(shownTheme, (shown) => (document.documentElement.dataset['theme'] = shown), { immediate: true });

  // The storage may hold anything: an older version wrote it, or a person did.
  if (!themes.includes(theme.value)) theme.value = 'system';

  return { theme, shownTheme, showHeartbeats, singleKeys, reducedMotion };
});
