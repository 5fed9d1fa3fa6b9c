/** Which question stands over the page: asked from a menu, the palette or a key, and shown wherever the person is. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { NodeId } from '../../shared/ids.ts';

export type AskedDialog = { readonly kind: 'partition' } | { readonly kind: 'wipe'; readonly node: NodeId };

export const useAskedDialogStore = defineStore('asked-dialog', () => {
  const asked = shallowRef<AskedDialog | null>(null);

  function ask(dialog: AskedDialog): void {
    asked.value = dialog;
  }
  function close(): void {
    asked.value = null;
  }

  return { asked, ask, close };
});
