/** Whether anything can be done to the cluster now, and if not, why: the past can't be changed, and a lost line carries nothing. */
import { computed, type ComputedRef } from 'vue';
import { useConnectionStore } from '../stores/connection.ts';
import { text } from '../text/faults.ts';

export interface Acting {
  readonly canAct: ComputedRef<boolean>;
  /** Empty while one can. */
  readonly whyNot: ComputedRef<string>;
}

export function useActing(): Acting {
  const connection = useConnectionStore();
  const whyNot = computed(() => (connection.isLive ? connection.actsOff : text.notConnected));
  return { whyNot, canAct: computed(() => whyNot.value === '') };
}
