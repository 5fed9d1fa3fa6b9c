/** How fast a cluster lives: what a person chooses among when one is started. */
import { paperTimings, type NetworkDelay, type Timings } from './cluster-config.ts';

export type TimingPresetId = 'lecture' | 'paper' | 'fast';

export interface TimingPreset {
  readonly id: TimingPresetId;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly description: string;
  readonly timings: Timings;
  /** For `start-cluster`; null for the network as it is. */
  readonly networkDelay: NetworkDelay | null;
}

export const timingPresets: readonly TimingPreset[] = [
  {
    id: 'lecture',
    title: 'Lecture',
    description:
      'Slow enough to be followed by eye: an election takes seconds, and datagrams can be seen on their way.',
    timings: { electionTimeoutMinMs: 4_000, electionTimeoutMaxMs: 8_000, heartbeatIntervalMs: 1_000 },
    networkDelay: { minMs: 300, maxMs: 600 },
  },
  {
    id: 'paper',
    title: 'Paper',
    description: 'The times of the Raft paper: a leader within a third of a second.',
    timings: paperTimings,
    networkDelay: null,
  },
  {
    id: 'fast',
    title: 'Fast',
    description: 'Half the times of the paper, for a machine with nothing else to do.',
    timings: { electionTimeoutMinMs: 75, electionTimeoutMaxMs: 150, heartbeatIntervalMs: 25 },
    networkDelay: null,
  },
];

/** What there is by this name. */
export function timingPresetOf(id: TimingPresetId): TimingPreset {
  const found = timingPresets.find((preset) => preset.id === id);
  if (!found) throw new Error(`There is no timing preset ${id}.`);
  return found;
}
