/** What the next cluster is started with. The last choice lasts, so that starting again is one click. */
import { useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { z } from 'zod';
import { limits, paperTimings, type NetworkDelay, type Timings } from '../../shared/cluster-config.ts';
import type { CommandOf } from '../../shared/command.ts';
import { networkDelay, rulesOff, seed, timings } from '../../shared/start-fields.ts';
import { timingPresetOf, timingPresets } from '../../shared/timing-presets.ts';

const presets = [...timingPresets.map((preset) => preset.id), 'custom'] as const;

const choiceSchema = z.object({
  nodes: z.int().min(limits.nodesMin).max(limits.nodesMax),
  /** How many of them vote from the start; at most `nodes`. */
  voters: z.int().min(1).max(limits.nodesMax),
  world: z.enum(['real', 'simulated']),
  /** Of the simulated world. */
  seed,
  preset: z.enum(presets),
  /** For `custom`. */
  timings,
  delay: networkDelay,
  rulesOff,
  /** 0: the lab's own. */
  snapshotEveryEntries: z.int().min(0).max(limits.indexMax),
  /** How many entries each node keeps; 0: all. */
  retainEntries: z.int().min(0).max(limits.indexMax),
});

export type StartChoice = Readonly<z.infer<typeof choiceSchema>>;
export type PresetChoice = StartChoice['preset'];

const defaultNodes = 3;

export const defaultChoice: StartChoice = {
  nodes: defaultNodes,
  voters: defaultNodes,
  world: 'real',
  seed: 1,
  preset: 'paper',
  timings: { ...paperTimings },
  delay: { minMs: 0, maxMs: 0 },
  rulesOff: [],
  snapshotEveryEntries: 0,
  retainEntries: 0,
};

export const useStartChoiceStore = defineStore('start-choice', () => {
  const choice = useStorage<StartChoice>('raft-lab.start', defaultChoice);
  // The storage may hold anything.
  const parsed = choiceSchema.safeParse(choice.value);
  choice.value = parsed.success ? parsed.data : defaultChoice;

  return { choice };
});

/** Times and delay of a choice; null: the network as it is. */
export function paceOf({ preset, timings: own, delay }: StartChoice): { timings: Timings; delay: NetworkDelay | null } {
  if (preset === 'custom') return { timings: own, delay: delay.maxMs > 0 ? delay : null };
  const { timings: set, networkDelay: setDelay } = timingPresetOf(preset);
  return { timings: set, delay: setDelay };
}

/** @param fresh begins with empty logs; a simulated world always does, so that its seed says all */
export function startCommand(choice: StartChoice, fresh = false): CommandOf<'start-cluster'> {
  const { timings: set, delay } = paceOf(choice);
  return {
    type: 'start-cluster',
    nodes: choice.nodes,
    timings: { ...set },
    ...(delay && { networkDelay: { ...delay } }),
    ...(choice.world === 'simulated' && { world: choice.world, seed: choice.seed }),
    ...(fresh && choice.world === 'real' && { fresh }),
    ...(choice.voters < choice.nodes && { voters: choice.voters }),
    ...(choice.rulesOff.length > 0 && { rulesOff: [...choice.rulesOff] }),
    ...(choice.snapshotEveryEntries > 0 && { snapshotEveryEntries: choice.snapshotEveryEntries }),
  };
}

/** Any seed but the one that is there. */
export function otherSeed(): number {
  const [drawn = 1] = crypto.getRandomValues(new Uint32Array(1));
  // Short enough to be said aloud in a lecture.
  return 1 + (drawn % 99_999);
}
