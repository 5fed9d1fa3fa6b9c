/** The clients that ask by themselves: what runs, and how it goes. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import { noWorkload, projectWorkload, type WorkloadView } from '../../shared/projection/workload-view.ts';
import type { Workload } from '../../shared/workload.ts';
import { useConnectionStore } from './connection.ts';

export const useWorkloadStore = defineStore('workload', () => {
  const connection = useConnectionStore();
  const view = shallowRef<WorkloadView>(noWorkload);

  function take(events: readonly LabEvent[]): void {
    let next = view.value;
    for (const event of events) next = projectWorkload(next, event);
    view.value = next;
  }

  /** What the lab still holds tells whether one runs: its start is held longer than its datagrams. */
  function reset({ earlierEvents, recentEvents }: Snapshot): void {
    view.value = noWorkload;
    take(earlierEvents);
    take(recentEvents);
  }

  async function start(workload: Workload): Promise<boolean> {
    return await connection.run({ type: 'start-workload', workload });
  }

  async function stop(): Promise<boolean> {
    return await connection.run({ type: 'stop-workload' });
  }

  return { view, take, reset, start, stop };
});
