/**
 * Draws what the cluster of a seed is made of.
 */
import { limits, type Timings } from '../../shared/cluster-config.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { Draws } from './draws.ts';
import type { FlushTimes } from './memory-storage.ts';
import type { Latency } from './network.ts';
import type { Setting } from './plan.ts';

/** One seed of so many runs the real codec, transport, log and recovery. */
const bytesEvery = 10;

const microsecond = 1_000;
const millisecond = 1_000_000;

/** At least eight entries a round trip, so that who was away for long catches up within the bound for convergence. */
const pipelines = [
  { appendEntriesCountMax: 1, inFlightMessagesMax: 16 },
  { appendEntriesCountMax: 2, inFlightMessagesMax: 4 },
  { appendEntriesCountMax: 8, inFlightMessagesMax: 1 },
  { appendEntriesCountMax: 64, inFlightMessagesMax: 2 },
  { appendEntriesCountMax: 512, inFlightMessagesMax: 16 },
];

export function drawSetting(seed: number, draws: Draws, rulesOff: readonly RuleId[]): Setting {
  const timings = drawTimings(draws);
  return {
    level: seed % bytesEvery === 0 ? 'bytes' : 'upper',
    timings,
    latency: drawLatency(draws, timings),
    flush: drawFlush(draws, timings),
    tuning: {
      ...draws.pick(pipelines),
      snapshotChunkBytesMax: draws.pick([64, 200, 1_000, 48 * 1_024]),
    },
    snapshotEveryEntries: draws.spread(3, 300),
    sessionsMax: draws.pick([2, 20, limits.sessionsMax]),
    rulesOff,
  };
}

function drawTimings(draws: Draws): Timings {
  return draws.weighted<Timings>([
    [50, { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 }],
    [20, { electionTimeoutMinMs: 100, electionTimeoutMaxMs: 200, heartbeatIntervalMs: 25 }],
    [20, { electionTimeoutMinMs: 300, electionTimeoutMaxMs: 600, heartbeatIntervalMs: 100 }],
    [10, { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 180, heartbeatIntervalMs: 60 }],
  ]);
}

/** Round trips well below the heartbeat; what is slower is a fault. */
function drawLatency(draws: Draws, { heartbeatIntervalMs }: Timings): Latency {
  const minNs = draws.spread(20 * microsecond, 2 * millisecond);
  const maxNs = Math.min(minNs * draws.pick([1, 2, 5, 20]), (heartbeatIntervalMs * millisecond) / 4);
  return { minNs, maxNs: Math.max(minNs, maxNs), grainNs: draws.pick([1, 1, 100 * microsecond, millisecond]) };
}

function drawFlush(draws: Draws, { heartbeatIntervalMs }: Timings): FlushTimes {
  if (draws.perMille(200)) return { minNs: 0, maxNs: 0 };
  const minNs = draws.spread(50 * microsecond, 3 * millisecond);
  const maxNs = Math.min(minNs * draws.pick([1, 3, 10]), (heartbeatIntervalMs * millisecond) / 3);
  return { minNs, maxNs: Math.max(minNs, maxNs) };
}
