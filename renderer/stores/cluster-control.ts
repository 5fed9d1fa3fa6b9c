/** Starting and stopping the cluster: what is under way, and why the last start failed. */
import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import { currentLeader } from '../../shared/projection/cluster-view.ts';
import type { Failure } from '../../shared/result.ts';
import { text } from '../text/connection.ts';
import { useClusterStore } from './cluster.ts';
import { useConnectionStore } from './connection.ts';
import { useNoticesStore } from './notices.ts';
import { startCommand, useStartChoiceStore } from './start-choice.ts';

export const useClusterControlStore = defineStore('cluster-control', () => {
  const connection = useConnectionStore();
  const cluster = useClusterStore();
  const start = useStartChoiceStore();
  const pending = ref<'start' | 'stop' | null>(null);
  /** How many nodes the start under way, or the last one, asked for. */
  const wantedNodes = ref(0);
  /** Stays until the next try, so that it can be read. */
  const startFailure = shallowRef<Failure | null>(null);

  /** Starts what was chosen last, on the logs that the last cluster of that size left; `fresh` begins with empty ones. */
  async function startChosen(fresh = false): Promise<void> {
    if (pending.value) return;
    pending.value = 'start';
    wantedNodes.value = start.choice.nodes;
    startFailure.value = null;
    const { retainEntries } = start.choice;
    const result = await connection.send(startCommand(start.choice, fresh));
    pending.value = null;
    if (!result.ok) startFailure.value = result.failure;
    else if (retainEntries > 0) void retain(retainEntries);
  }

  /** Only a leader can be told what is kept, so this may have to wait for one. */
  async function retain(retainEntries: number): Promise<void> {
    for (;;) {
      const result = await connection.send({ type: 'set-retention', retainEntries });
      if (result.ok) return;
      if (result.failure.code !== 'no-leader') {
        useNoticesStore().say({ tone: 'bad', title: text.refused('set-retention'), text: result.failure.message });
        return;
      }
      await somebodyLeads();
    }
  }

  function somebodyLeads(): Promise<void> {
    return new Promise((resolve) => {
      const stopWatching = watch(
        () => cluster.liveView,
        (view) => {
          if (!currentLeader(view)) return;
          stopWatching();
          resolve();
        },
      );
    });
  }

  async function stop(): Promise<void> {
    if (pending.value) return;
    pending.value = 'stop';
    await connection.run({ type: 'stop-cluster' });
    pending.value = null;
  }

  return { pending, wantedNodes, startFailure, startChosen, stop };
});
