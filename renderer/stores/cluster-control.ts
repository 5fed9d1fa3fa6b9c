/** Starting and stopping the cluster: what is under way, and why the last start failed. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Failure } from '../../shared/result.ts';
import { useConnectionStore } from './connection.ts';

export const useClusterControlStore = defineStore('cluster-control', () => {
  const connection = useConnectionStore();
  const pending = ref<'start' | 'stop' | null>(null);
  /** How many nodes the start under way, or the last one, asked for. */
  const wantedNodes = ref(0);
  /** Stays until the next try, so that it can be read. */
  const startFailure = shallowRef<Failure | null>(null);

  /** Starts `nodes` servers on the logs that the last cluster of that size left; `fresh` begins with empty ones. */
  async function start(nodes: number, fresh = false): Promise<void> {
    if (pending.value) return;
    pending.value = 'start';
    wantedNodes.value = nodes;
    startFailure.value = null;
    const result = await connection.send({ type: 'start-cluster', nodes, ...(fresh ? { fresh } : {}) });
    pending.value = null;
    if (!result.ok) startFailure.value = result.failure;
  }

  async function stop(): Promise<void> {
    if (pending.value) return;
    pending.value = 'stop';
    await connection.run({ type: 'stop-cluster' });
    pending.value = null;
  }

  return { pending, wantedNodes, startFailure, start, stop };
});
