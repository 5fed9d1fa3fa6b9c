/** Starting, stopping and healing the cluster, and what is done to its leader. */
import { useFaultActions } from '../composables/use-fault-actions.ts';
import { faultCount } from '../../shared/projection/cluster-view.ts';
import type { PageAction } from '../stores/actions.ts';
import { useClusterControlStore } from '../stores/cluster-control.ts';
import { useClusterStore } from '../stores/cluster.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { useOverlaysStore } from '../stores/overlays.ts';
import { useRuleSwitchesStore } from '../stores/rule-switches.ts';
import { useStartChoiceStore } from '../stores/start-choice.ts';
import { text } from '../text/actions.ts';
import { text as startText } from '../text/start.ts';

export function useClusterActions(): () => readonly PageAction[] {
  const connection = useConnectionStore();
  const cluster = useClusterStore();
  const control = useClusterControlStore();
  const start = useStartChoiceStore();
  const overlays = useOverlaysStore();
  const rules = useRuleSwitchesStore();
  const faults = useFaultActions();
  const group = text.groups.cluster;
  const isRunning = (): boolean => connection.isLive && cluster.isRunning;

  return () => {
    const leader = cluster.leader?.id;
    return [
      {
        id: 'cluster.heal-all',
        label: text.healAll,
        group,
        keys: ['h'],
        isEnabled: () => isRunning() && faultCount(cluster.view) > 0,
        run: () => faults.healAll(),
      },
      {
        id: 'cluster.start',
        label: text.start(startText.summary(start.choice)),
        group,
        isEnabled: () => connection.isLive && control.pending === null,
        run: () => void control.startChosen(),
      },
      {
        id: 'cluster.start-other',
        label: text.startDialog,
        group,
        keys: ['n'],
        isEnabled: () => connection.isLive && control.pending === null,
        run: () => overlays.set('start', true),
      },
      { id: 'cluster.stop', label: text.stop, group, isEnabled: isRunning, run: () => void control.stop() },
      {
        id: 'cluster.all-rules-on',
        label: text.allRulesOn,
        group,
        isEnabled: () => isRunning() && cluster.rulesOff.length > 0,
        run: () => rules.allOn(),
      },
      ...(leader === undefined
        ? []
        : [
            {
              id: 'cluster.crash-leader',
              label: text.crashLeader(leader),
              group,
              isEnabled: isRunning,
              run: () => faults.crash(leader),
            },
            {
              id: 'cluster.isolate-leader',
              label: text.isolateLeader(leader),
              group,
              isEnabled: isRunning,
              run: () => faults.isolate(leader),
            },
          ]),
    ];
  };
}
