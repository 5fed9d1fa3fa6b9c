/** Starting, stopping and healing the cluster. */
import { useFaultActions } from '../composables/use-fault-actions.ts';
import { faultCount } from '../../shared/projection/cluster-view.ts';
import { rulesOffIn } from '../../shared/projection/membership-view.ts';
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
  const isRunning = (): boolean => connection.isLive && cluster.isLiveRunning;
  const isIdle = (): boolean => connection.isLive && control.pending === null;

  return () => [
    {
      id: 'cluster.heal-all',
      label: text.healAll,
      group,
      keys: ['h'],
      isEnabled: () => isRunning() && faultCount(cluster.liveView) > 0,
      run: () => faults.healAll(),
    },
    {
      id: 'cluster.start',
      label: text.start(startText.summary(start.choice)),
      group,
      isEnabled: isIdle,
      run: () => void control.startChosen(),
    },
    {
      id: 'cluster.start-other',
      label: text.startDialog,
      group,
      keys: ['Shift+N'],
      isEnabled: isIdle,
      run: () => overlays.set('start', true),
    },
    { id: 'cluster.stop', label: text.stop, group, isEnabled: isRunning, run: () => void control.stop() },
    {
      id: 'cluster.all-rules-on',
      label: text.allRulesOn,
      group,
      isEnabled: () => isRunning() && !connection.actsOff && rulesOffIn(cluster.liveView).length > 0,
      run: () => rules.allOn(),
    },
  ];
}
