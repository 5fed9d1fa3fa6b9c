/** What is done to whoever leads: the acts that show an election. */
import { useFaultActions } from '../composables/use-fault-actions.ts';
import { currentLeader } from '../../shared/projection/cluster-view.ts';
import type { PageAction } from '../stores/actions.ts';
import { useClusterStore } from '../stores/cluster.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { text } from '../text/actions.ts';

export function useLeaderActions(): () => readonly PageAction[] {
  const connection = useConnectionStore();
  const cluster = useClusterStore();
  const faults = useFaultActions();
  const group = text.groups.cluster;
  const isEnabled = (): boolean => connection.isLive && cluster.isLiveRunning && !connection.actsOff;

  return () => {
    const id = currentLeader(cluster.liveView)?.id;
    if (id === undefined) return [];
    return [
      { id: 'cluster.crash-leader', label: text.crashLeader(id), group, isEnabled, run: () => faults.crash(id) },
      { id: 'cluster.isolate-leader', label: text.isolateLeader(id), group, isEnabled, run: () => faults.isolate(id) },
    ];
  };
}
