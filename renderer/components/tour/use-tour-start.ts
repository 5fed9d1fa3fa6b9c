/** Starts the tour: by itself the first time that there is something to see, later when it is asked for. */
import { onScopeDispose, watch } from 'vue';
import { useActionsStore } from '../../stores/actions.ts';
import { useTourStore } from '../../stores/tour.ts';
import { text } from '../../text/actions.ts';
import { stepsThere } from './tour-steps.ts';

/** @param isReady there is a cluster with a leader */
export function useTourStart(isReady: () => boolean): void {
  const tour = useTourStore();
  const start = (): void => tour.start(stepsThere());

  onScopeDispose(
    useActionsStore().register([{ id: 'help.tour', label: text.tour, group: text.groups.help, run: start }]),
  );
  watch(
    isReady,
    (ready) => {
      if (ready && !tour.wasSeen) start();
    },
    { immediate: true, flush: 'post' },
  );
}
