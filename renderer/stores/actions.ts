/**
 * Everything that a person can do on the page, by name: the command palette, the shortcut sheet and the keyboard are all made
 * from this one list. Whoever offers something registers it, with its own words.
 */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';

export interface PageAction {
  /** `cluster.heal-all`: area and name. Registering an id again takes the former one's place. */
  readonly id: string;
  /** What it does, as a menu would say it. */
  readonly label: string;
  /** The heading that it stands under, on the sheet and in the palette. */
  readonly group: string;
  /** Keys as `Mod+Shift+P`, `Space`, `g s` (one after the other); `Mod` is Ctrl, on a Mac Cmd. None by default. */
  readonly keys?: readonly string[];
  /** Done again and again while its key is held down; by default once. */
  readonly repeats?: boolean;
  /** True when it can be done now; by default always. */
  readonly isEnabled?: () => boolean;
  run(): void;
}

export const useActionsStore = defineStore('actions', () => {
  const byId = shallowRef<ReadonlyMap<string, PageAction>>(new Map());
  const all = computed(() => [...byId.value.values()]);

  /** @returns what takes them away again */
  function register(actions: readonly PageAction[]): () => void {
    byId.value = new Map([...byId.value, ...actions.map((action) => [action.id, action] as const)]);
    return () => {
      const left = new Map(byId.value);
      for (const action of actions) if (left.get(action.id) === action) left.delete(action.id);
      byId.value = left;
    };
  }

  /** Does it, if it can be done now. @returns whether it was */
  function run(id: string): boolean {
    const action = byId.value.get(id);
    if (!action || action.isEnabled?.() === false) return false;
    action.run();
    return true;
  }

  return { all, register, run };
});
