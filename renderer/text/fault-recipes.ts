/** Text of ready-made faults and partitions: each has a title and a sentence. */
import type { RecipeId } from '../components/faults/fault-recipes.ts';
import type { PresetId } from '../components/faults/partition-presets.ts';

export interface Told {
  readonly title: string;
  readonly hint: string;
}

const recipes: Record<RecipeId, Told> = {
  wifi: { title: 'Lossy Wi-Fi', hint: 'Short bursts of loss; most datagrams quick, a few very late.' },
  'slow-link': {
    title: 'Slow link',
    hint: 'Everything is 80 to 120 ms late: longer than a heartbeat takes to come again.',
  },
  flapping: { title: 'Flapping', hint: 'The link goes away for about fifty datagrams, comes back, goes away again.' },
  'long-way': { title: 'Another continent', hint: 'About 40 ms each way, little jitter.' },
  congested: { title: 'Congested', hint: '6 kB/s: heartbeats get through, a burst of entries queues up.' },
  chaos: { title: 'Everything at once', hint: 'Loss, duplicates and reordering together: Raft must not care.' },
  noisy: { title: 'Noisy cable', hint: 'One datagram in ten is damaged, and so refused.' },
  deaf: { title: 'Deaf node', hint: 'It can speak and hears nothing: a deaf leader gives up by itself.' },
  'lost-answers': {
    title: 'Lost answers',
    hint: 'What it sends arrives, the answers don’t: its followers are quiet and nothing commits.',
  },
  'slow-disk': { title: 'Slow disk', hint: 'Every flush takes 50 to 150 ms longer.' },
  'fast-clock': {
    title: 'Fast clock',
    hint: 'Its clock runs twice as fast: its election timeout comes in half the time.',
  },
};

const presets: Record<PresetId, Told> = {
  'isolate-leader': { title: 'Isolate the leader', hint: 'It alone on one side, all others on the other.' },
  'leader-minority': {
    title: 'Leader in the minority',
    hint: 'The leader keeps too few followers to commit anything.',
  },
  halves: { title: 'Split in halves', hint: 'The first half of the nodes against the rest.' },
  bridge: { title: 'Bridge node', hint: 'Two sides that don’t hear each other, and one follower that hears both.' },
  ring: { title: 'Ring', hint: 'Each node hears only the two beside it.' },
};

export const recipeText = {
  recipe: (id: RecipeId): Told => recipes[id],
  preset: (id: PresetId): Told => presets[id],
  presetAction: (id: PresetId): string => `Partition: ${presets[id].title.toLowerCase()}`,
};
