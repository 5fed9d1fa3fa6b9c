/** Which acts were chosen from the palette last. It lasts. */
import { useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { z } from 'zod';

const keptMax = 5;
const stored = z.array(z.string()).max(keptMax);

export const useRecentActionsStore = defineStore('recent-actions', () => {
  /** The last one first. */
  const ids = useStorage<readonly string[]>('raft-lab.recent-actions', []);
  // The storage may hold anything.
  if (!stored.safeParse(ids.value).success) ids.value = [];

  function note(id: string): void {
    ids.value = [id, ...ids.value.filter((other) => other !== id)].slice(0, keptMax);
  }

  return { ids, note };
});
