/**
 * What the ring shows of one node, each a plain computed value: a node reports hundreds of times a second, and is drawn again only
 * when one of these changes.
 */
import { computed, type ComputedRef } from 'vue';
import type { RoleName } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { NodeStatus } from '../../../shared/projection/cluster-view.ts';
import { powerRuleId } from '../../../shared/projection/fault-acts.ts';
import { sameMembers, useStable } from '../../composables/use-stable.ts';
import { useClusterStore } from '../../stores/cluster.ts';
import { useFaultActsStore } from '../../stores/fault-acts.ts';
import { text } from '../../text/stage.ts';
import { badgesOf, type NodeBadge } from './node-badge.ts';
import { isDown, stateOf, stateWord, type NodeStateName } from './role-icon.ts';
import { standingOf, type Standing } from './standing.ts';

export interface RingNode {
  readonly standing: ComputedRef<Standing>;
  readonly state: ComputedRef<NodeStateName>;
  readonly role: ComputedRef<RoleName | undefined>;
  readonly status: ComputedRef<NodeStatus | undefined>;
  readonly term: ComputedRef<number>;
  /** Stopped, crashed or failed. */
  readonly isDown: ComputedRef<boolean>;
  readonly isCandidate: ComputedRef<boolean>;
  readonly votes: ComputedRef<number>;
  readonly needed: ComputedRef<number>;
  /** In the term that it is in; null while it is down. */
  readonly votedFor: ComputedRef<NodeId | null>;
  /** Nobody leads the cluster. */
  readonly isElecting: ComputedRef<boolean>;
  readonly hasTimer: ComputedRef<boolean>;
  readonly badges: ComputedRef<readonly NodeBadge[]>;
  readonly accessibleName: ComputedRef<string>;
}

export function useRingNode(id: NodeId): RingNode {
  const cluster = useClusterStore();
  const acts = useFaultActsStore();
  const node = computed(() => cluster.nodeById(id));
  const configuration = computed(() => cluster.configuration?.configuration);
  const standing = computed(() => (node.value ? standingOf(node.value, configuration.value) : 'voter'));
  const state = computed(() =>
    node.value ? stateOf(node.value, { leader: cluster.leader, standing: standing.value }) : 'starting',
  );
  const role = computed(() => node.value?.role);
  const status = computed(() => node.value?.status);
  const term = computed(() => node.value?.term ?? 0);
  const down = computed(() => node.value !== undefined && isDown(node.value));
  const reason = computed(() => node.value?.statusReason ?? '');
  const votes = computed(() => node.value?.votes.length ?? 0);
  const needed = computed(() => node.value?.votersNeeded ?? 0);
  const votedFor = computed(() => (term.value > 0 && !down.value ? (node.value?.votedFor ?? null) : null));
  const isElecting = computed(() => cluster.leader === undefined);
  const hasTimer = computed(
    () =>
      status.value === 'running' &&
      (node.value?.electionDurationNs ?? 0) > 0 &&
      (node.value?.electionDeadlineNs ?? 0) > 0,
  );
  const faults = useStable(() => node.value?.faults ?? [], sameMembers);
  const isPowerless = computed(() => down.value && acts.acts.byRule.has(powerRuleId(id)));
  const badges = computed(() => badgesOf({ faults: faults.value }, standing.value, isPowerless.value));

  const isCandidate = computed(() => state.value === 'candidate');
  const accessibleName = computed(() => {
    const name = down.value
      ? text.nodeNameDown(id, stateWord(state.value), reason.value)
      : text.nodeName(id, stateWord(state.value), term.value);
    return [name, ...badges.value.map(({ words }) => words)].join('. ');
  });

  return {
    standing,
    state,
    role,
    status,
    term,
    isDown: down,
    isCandidate,
    votes,
    needed,
    votedFor,
    isElecting,
    hasTimer,
    badges,
    accessibleName,
  };
}
