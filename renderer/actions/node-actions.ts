/** What is done most to each node, in words that say what it is now. */
import { useFaultActions } from '../composables/use-fault-actions.ts';
import type { NodeView } from '../../shared/projection/cluster-view.ts';
import type { PageAction } from '../stores/actions.ts';
import { useClusterStore } from '../stores/cluster.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { useSelectionStore } from '../stores/selection.ts';
import { text } from '../text/actions.ts';

export function useNodeActions(): () => readonly PageAction[] {
  const connection = useConnectionStore();
  const cluster = useClusterStore();
  const selection = useSelectionStore();
  const faults = useFaultActions();

  function actionsOf({ id, status, faults: inForce }: NodeView): readonly PageAction[] {
    const isUp = status === 'running' || status === 'starting';
    const isPaused = inForce.some(({ fault }) => fault === 'pause');
    const make = (name: string, label: string, run: () => void): PageAction => ({
      id: `node.${name}.${id}`,
      label,
      group: text.groups.nodes,
      isEnabled: () => connection.isLive && cluster.isLiveRunning && !connection.actsOff,
      run,
    });
    // All that can be done to the selected one is offered by whoever offers faults.
    if (selection.node === id) return [];
    const select = make('select', text.select(id), () => selection.selectNode(id));
    // For the selected one there is all that its menu has, with keys (`use-fault-page-actions.ts`).
    if (selection.node === id) return [select];
    if (!isUp) return [select, make('start', text.startNode(id), () => faults.restart(id))];
    return [
      select,
      make('crash', text.crash(id), () => faults.crash(id)),
      make('stop', text.stopNode(id), () => faults.stop(id)),
      isPaused
        ? make('resume', text.resume(id), () => void connection.run({ type: 'resume-node', node: id }))
        : make('pause', text.pause(id), () => void connection.run({ type: 'pause-node', node: id })),
      make('isolate', text.isolate(id), () => faults.isolate(id)),
    ];
  }

  return () => (cluster.isLiveRunning ? cluster.liveView.nodes.flatMap(actionsOf) : []);
}
