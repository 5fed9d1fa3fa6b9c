/** Brings a pane to the front and the focus into it. */
import { nextTick } from 'vue';
import { useWorkspaceStore, type PaneId } from '../stores/workspace.ts';

/** The element of a pane in front, for whoever points at it. */
export const panelId = (id: PaneId): string => `panel-of-${id}`;

export const tabId = (id: PaneId): string => `tab-of-${id}`;

export function useFocusPane(): (id: PaneId) => Promise<void> {
  const workspace = useWorkspaceStore();
  return async (id) => {
    workspace.show(id);
    await nextTick();
    document.getElementById(panelId(id))?.focus();
  };
}
