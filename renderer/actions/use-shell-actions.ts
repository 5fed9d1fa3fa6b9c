/** Registers what the window itself offers: the cluster, its nodes, the panes, the looks. Panes register their own. */
import { onScopeDispose, watch } from 'vue';
import { useActionsStore, type PageAction } from '../stores/actions.ts';
import { useClusterActions } from './cluster-actions.ts';
import { useLeaderActions } from './leader-actions.ts';
import { useNodeActions } from './node-actions.ts';
import { usePaneActions } from './pane-actions.ts';
import { useWindowActions } from './window-actions.ts';
import { useWorldActions } from './world-actions.ts';

export function useShellActions(): void {
  const actions = useActionsStore();
  const offers = [
    useClusterActions,
    useLeaderActions,
    useWorldActions,
    useNodeActions,
    usePaneActions,
    useWindowActions,
  ];
  for (const offer of offers) keep(offer());

  function keep(list: () => readonly PageAction[]): void {
    let takeAway = (): void => {};
    // Registered anew only where a word has changed: what it is made of changes sixty times a second.
    watch(
      () => list().map(wordsOf).join('\n'),
      () => {
        takeAway();
        takeAway = actions.register(list());
      },
      { immediate: true },
    );
    onScopeDispose(() => takeAway());
  }
}

const wordsOf = ({ id, label }: PageAction): string => `${id} ${label}`;
