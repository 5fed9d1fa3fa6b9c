/**
 * What it costs as it grows, a line each: more servers, larger payloads, a long log, and five servers that do nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { paperTimings } from '../../shared/cluster-config.ts';
import { connectClient } from '../client/connect-client.ts';
import type { RaftClient } from '../client/raft-client.ts';
import { BenchCluster } from './bench-cluster.ts';
import { runBenchmark, type BenchmarkOptions } from './benchmark.ts';
import { fillLog } from './fill-log.ts';

export interface GrowthOptions {
  /** The servers' folders are made in it, and removed again. */
  readonly folder: string;
  /** Of the long log. */
  readonly entries: number;
}

type Print = (line: object) => void;

const base: Omit<BenchmarkOptions, 'folder'> = {
  nodes: 3,
  outstanding: [64],
  payloadBytes: 64,
  warmMs: 3_000,
  measuredMs: 4_000,
  client: 'outside',
};
const idleMs = 20_000;
/** Early, and when the compiler has seen enough: code that runs twenty times a second is slow to become fast. */
const idleAfterMs = [2_000, 240_000];

async function withCluster<T>(folder: string, nodes: number, act: (cluster: BenchCluster) => Promise<T>): Promise<T> {
  const own = mkdtempSync(join(folder, 'raft-lab-growth-'));
  try {
    const cluster = await BenchCluster.start({ nodes, folder: own, timings: paperTimings });
    try {
      return await act(cluster);
    } finally {
      await cluster.stop();
    }
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

async function idleCost(folder: string, nodes: number, print: Print): Promise<void> {
  await withCluster(folder, nodes, async () => {
    const beganMs = performance.now();
    for (const afterMs of idleAfterMs) {
      await sleep(beganMs + afterMs - performance.now());
      const before = process.cpuUsage();
      await sleep(idleMs);
      const { user, system } = process.cpuUsage(before);
      const percent = Math.round((user + system) / (idleMs / 10)) / 100;
      print({ what: 'servers that do nothing', nodes, after_ms: afterMs, cpu_percent_of_a_core: percent });
    }
  });
}

/** Of a read, ms: the median of some. */
async function readMs(client: RaftClient, startIndex: number, count: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    const beganMs = performance.now();
    const answer = await client.indexRange({ startIndex, endIndex: startIndex + count - 1, timeoutMs: 30_000 });
    if (!answer.ok) throw new Error(answer.failure.message);
    times.push(performance.now() - beganMs);
  }
  return Math.round((times.toSorted((left, right) => left - right)[7] ?? 0) * 1_000) / 1_000;
}

async function longLog({ folder, entries }: GrowthOptions, print: Print): Promise<void> {
  await withCluster(folder, 3, async (cluster) => {
    const client = await connectClient({ servers: cluster.addresses, clusterId: cluster.clusterId, key: cluster.key });
    const beganMs = performance.now();
    await fillLog(client, entries, base.payloadBytes);
    const fillMs = Math.round(performance.now() - beganMs);
    const memoryMb = (await cluster.memoryBytes()).map((bytes) => Math.round(bytes / 2 ** 20));
    print({ what: 'a log', entries, payload_bytes: base.payloadBytes, fill_ms: fillMs, memory_mb_per_node: memoryMb });
    for (const [where, startIndex] of [
      ['its beginning', 10],
      ['its middle', Math.floor(entries / 2)],
      ['its end', entries - 1_000],
    ] as const)
      for (const count of [1, 100, 1_000])
        print({ what: 'a linearizable read', at: where, count, p50_ms: await readMs(client, startIndex, count) });
    await client.close();
  });
}

/** @throws BenchError (rejects) when no cluster comes up. */
export async function measureGrowth(options: GrowthOptions, print: Print): Promise<void> {
  const { folder } = options;
  for (const nodes of [3, 5, 7, 9]) await runBenchmark({ ...base, folder, nodes }, print);
  for (const payloadBytes of [64, 1_024, 16_384, 65_536]) await runBenchmark({ ...base, folder, payloadBytes }, print);
  await idleCost(options.folder, 5, print);
  await longLog(options, print);
}
