/** The ready-made partitions, done to the cluster as it stands. */
import { useFaultActions } from '../../composables/use-fault-actions.ts';
import { useClusterStore } from '../../stores/cluster.ts';
import { presetPlan, type PresetId } from './partition-presets.ts';

export interface Partitions {
  /** False where there are too few servers for it, or no leader. */
  canApply(preset: PresetId): boolean;
  apply(preset: PresetId): void;
}

export function usePartitions(): Partitions {
  const cluster = useClusterStore();
  const actions = useFaultActions();

  const planOf = (preset: PresetId): ReturnType<typeof presetPlan> =>
    presetPlan(
      preset,
      cluster.nodes.map(({ id }) => id),
      cluster.leader?.id,
    );

  return {
    canApply: (preset) => planOf(preset) !== undefined,
    apply(preset) {
      const plan = planOf(preset);
      if (plan?.kind === 'groups') actions.partition(plan.groups);
      else if (plan) actions.cutOnly(plan.links);
    },
  };
}
