/** What the client panel shows and what is typed into it: it stays while the panel is out of sight. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { NodeId } from '../../shared/ids.ts';
import { text } from '../text/client-panel.ts';
import { useActionsStore } from './actions.ts';
import { useWorkloadStore } from './workload.ts';
import { useWorkspaceStore } from './workspace.ts';

export type ClientTab = 'append' | 'index-range' | 'load';

export const useClientPanelStore = defineStore('client-panel', () => {
  /** Who is asked, as long as the cluster has it. */
  const node = ref<NodeId>(0);
  const tab = ref<ClientTab>('append');
  /** Of the next append. */
  const typed = ref('');
  const asOneEntry = ref(false);
  /** Somebody wants to type: the panel takes it back when the cursor is there. */
  const wantsFocus = ref(false);

  /** Brings the panel to the front with the cursor in the tab's first field. */
  function open(next: ClientTab): void {
    useWorkspaceStore().show('client');
    tab.value = next;
    wantsFocus.value = true;
  }

  /** Offers what the panel can do to palette and keyboard. */
  function offer(): () => void {
    const workload = useWorkloadStore();
    const group = text.title;
    return useActionsStore().register([
      { id: 'client.append', label: text.goAppend, group, keys: ['a'], run: () => open('append') },
      { id: 'client.range', label: text.goRange, group, keys: ['r'], run: () => open('index-range') },
      { id: 'client.load', label: text.goLoad, group, run: () => open('load') },
      {
        id: 'client.stop-load',
        label: text.stopLoad,
        group,
        isEnabled: () => workload.view.isRunning,
        run: () => void workload.stop(),
      },
    ]);
  }

  return { node, tab, typed, asOneEntry, wantsFocus, open, offer };
});
