/** Who stands on the stage in which group, and where: follows the cuts, the configuration and the size of the stage, and nothing else. */
import { computed, shallowRef, type ComputedRef } from 'vue';
import type { NodeId } from '../../../shared/ids.ts';
import { linkGroups } from '../../../shared/projection/link-groups.ts';
import { memberKindOf } from '../../../shared/projection/membership-view.ts';
import { sameMembers, useStable } from '../../composables/use-stable.ts';
import { useClusterStore } from '../../stores/cluster.ts';
import { inFormerOrder, sameGroups, type Groups } from './group-drag.ts';
import { layoutStage, type StageLayout } from './stage-layout.ts';

export interface StagePlan {
  /** All nodes, ascending. */
  readonly ids: ComputedRef<readonly NodeId[]>;
  readonly groups: ComputedRef<Groups>;
  readonly layout: ComputedRef<StageLayout>;
  /** The order in which groups are to stand from now on. */
  arrange(groups: Groups): void;
}

export function useStagePlan(size: () => { readonly width: number; readonly height: number }): StagePlan {
  const cluster = useClusterStore();
  const ids = useStable(() => cluster.nodes.map(({ id }) => id), sameMembers);
  const configuration = computed(() => cluster.configuration?.configuration);
  const cutLinks = computed(() => cluster.view.cutLinks);
  const wished = shallowRef<Groups>([]);

  const groups = computed<Groups>((before) => {
    const now = linkGroups(ids.value, cutLinks.value);
    const isWished = sameGroups(inFormerOrder(now, wished.value), wished.value);
    const ordered = inFormerOrder(now, isWished || !before ? wished.value : before);
    return before && sameGroups(before, ordered) ? before : ordered;
  });

  const layout = computed(() => {
    const hasVote = (id: NodeId): boolean => {
      const kind = memberKindOf(configuration.value, id);
      return kind === 'voter' || kind === 'outgoing';
    };
    const plans = groups.value.map((group) => ({
      ring: group.filter(hasVote),
      beside: group.filter((id) => !hasVote(id)),
    }));
    const { width, height } = size();
    return layoutStage(plans, width, height);
  });

  return { ids, groups, layout, arrange: (next) => (wished.value = next) };
}
