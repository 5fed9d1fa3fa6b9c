/** The search for a seed with which something happens: it goes on when its dialog is closed. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { SoughtEvent } from '../../shared/event.ts';
import { text } from '../text/start.ts';
import { useConnectionStore } from './connection.ts';
import { useNoticesStore } from './notices.ts';
import { paceOf, useStartChoiceStore, type StartChoice } from './start-choice.ts';

export const useSeedSearchStore = defineStore('seed-search', () => {
  const connection = useConnectionStore();
  const start = useStartChoiceStore();
  const isSearching = ref(false);
  /** Why the last one found nothing; empty when it found or was stopped. */
  const problem = ref('');

  /** Searches from the seed of `choice` on. What is found is opened by the lab, and is the last choice. @returns whether it was */
  async function find(looking: SoughtEvent, choice: StartChoice): Promise<boolean> {
    if (isSearching.value) return false;
    isSearching.value = true;
    problem.value = '';
    const { timings, delay } = paceOf(choice);
    const result = await connection.send({
      type: 'find-seed',
      looking,
      nodes: choice.nodes,
      timings: { ...timings },
      ...(delay && { networkDelay: { ...delay } }),
      ...(choice.rulesOff.length > 0 && { rulesOff: [...choice.rulesOff] }),
      from: choice.seed,
    });
    isSearching.value = false;
    if (!result.ok) {
      if (result.failure.code !== 'not-running') problem.value = result.failure.message;
      return false;
    }
    const { seed } = result.value;
    start.choice = { ...choice, world: 'simulated', seed, voters: choice.nodes };
    useNoticesStore().say({ tone: 'good', title: text.found, text: text.foundText(looking, seed) });
    return true;
  }

  function stop(): void {
    void connection.run({ type: 'stop-search' });
  }

  return { isSearching, problem, find, stop };
});
