/** What the palette, the shortcut sheet and the keyboard offer of faults: partitions, and everything for the selected node. */
import { onScopeDispose, watch } from 'vue';
import { leavesOf } from '../../composables/node-act.ts';
import { useActing } from '../../composables/use-acting.ts';
import { useNodeActs } from '../../composables/use-node-acts.ts';
import { useActionsStore, type PageAction } from '../../stores/actions.ts';
import { useAskedDialogStore } from '../../stores/asked-dialog.ts';
import { useClusterStore } from '../../stores/cluster.ts';
import { useSelectionStore } from '../../stores/selection.ts';
import { text } from '../../text/faults.ts';
import { presetIds } from './partition-presets.ts';
import { usePartitions } from './use-partitions.ts';

export function useFaultPageActions(): void {
  const actions = useActionsStore();
  const cluster = useClusterStore();
  const dialogs = useAskedDialogStore();
  const selection = useSelectionStore();
  const partitions = usePartitions();
  const nodeActs = useNodeActs();
  const { canAct } = useActing();
  const isOn = (): boolean => cluster.isRunning && canAct.value;

  onScopeDispose(
    actions.register([
      {
        id: 'faults.partition',
        label: text.partitionOpen,
        group: text.networkGroup,
        keys: ['p'],
        isEnabled: isOn,
        run: () => dialogs.ask({ kind: 'partition' }),
      },
      ...presetIds.map((preset) => ({
        id: `faults.partition-${preset}`,
        label: text.presetAction(preset),
        group: text.networkGroup,
        isEnabled: () => isOn() && partitions.canApply(preset),
        run: () => partitions.apply(preset),
      })),
    ]),
  );

  /** Of the selected node. Which acts there are and what they are called changes with it; whether they can be done is asked when it matters. */
  function actionsOfNode(): PageAction[] {
    const node = selection.node === null ? undefined : cluster.nodeById(selection.node);
    if (!node) return [];
    return leavesOf(nodeActs(node)).map((act) => ({
      id: `node.${act.id}`,
      label: act.name,
      group: text.nodeGroup(node.id),
      ...(act.keys && { keys: act.keys }),
      isEnabled: () => isOn() && act.disabled !== true,
      run: () => act.run?.(),
    }));
  }

  let takeAway = (): void => {};
  onScopeDispose(() => takeAway());
  watch(
    // In words, so that a heartbeat changes nothing.
    () =>
      actionsOfNode()
        .map(({ id, label, isEnabled }) => `${id} ${label} ${isEnabled?.()}`)
        .join('\n'),
    () => {
      takeAway();
      takeAway = actions.register(actionsOfNode());
    },
    { immediate: true },
  );
}
