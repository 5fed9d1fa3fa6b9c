/** Whether anything can be done to the cluster now, and if not, why: the past can't be changed, and a lost line carries nothing. */
import { computed, type ComputedRef } from 'vue';
import { useConnectionStore } from '../stores/connection.ts';
import { usePlayheadStore } from '../stores/playhead.ts';
import { text } from '../text/faults.ts';

export interface Acting {
  readonly canAct: ComputedRef<boolean>;
  /** Empty while one can. */
  readonly whyNot: ComputedRef<string>;
}

export function useActing(): Acting {
  const connection = useConnectionStore();
  const playhead = usePlayheadStore();
  const whyNot = computed(() => {
    if (!connection.isLive) return text.notConnected;
    return playhead.mode.kind === 'held' || playhead.mode.kind === 'playing' ? text.notInThePast : '';
  });
  return { whyNot, canAct: computed(() => whyNot.value === '') };
}
