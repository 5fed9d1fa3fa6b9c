/** What a person prefers; it lasts from one visit to the next. */
import { defineStore } from 'pinia';
import { computed, watch } from 'vue';
import { usePreferredDark, usePreferredReducedMotion, useStorage } from '@vueuse/core';
import { limits } from '../../shared/cluster-config.ts';

export type Theme = 'system' | 'dark' | 'light';

const defaultNodes = 3;

export const useSettingsStore = defineStore('settings', () => {
  const theme = useStorage<Theme>('raft-lab.theme', 'system');
  /** How many nodes the next cluster has. */
  const clusterSize = useStorage<number>('raft-lab.cluster-size', defaultNodes);
  /** Draw heartbeats and their answers, not only the datagrams that change something. */
  const showHeartbeats = useStorage<boolean>('raft-lab.show-heartbeats', true);

  const prefersDark = usePreferredDark();
  const motion = usePreferredReducedMotion();
  const reducedMotion = computed(() => motion.value === 'reduce');
  /** The theme that is shown: `system` resolved. */
  const shownTheme = computed(() => (theme.value === 'system' ? (prefersDark.value ? 'dark' : 'light') : theme.value));

  watch(shownTheme, (shown) => (document.documentElement.dataset['theme'] = shown), { immediate: true });

  // The storage may hold anything: an older version wrote it, or a person did.
  if (!['system', 'dark', 'light'].includes(theme.value)) theme.value = 'system';
  if (
    !Number.isInteger(clusterSize.value) ||
    clusterSize.value < limits.nodesMin ||
    clusterSize.value > limits.nodesMax
  ) {
    clusterSize.value = defaultNodes;
  }

  return { theme, shownTheme, clusterSize, showHeartbeats, reducedMotion };
});
