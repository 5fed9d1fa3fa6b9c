/**
 * Commits per second and their latency: a new cluster for each level of load.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { paperTimings } from '../../shared/cluster-config.ts';
import { BenchCluster } from './bench-cluster.ts';
import { diskFlushes } from './disk-flushes.ts';
import type { LoadOptions, LoadResult } from './load.ts';
import { loadOutside } from './load-outside.ts';

export interface BenchmarkOptions {
  readonly nodes: number;
  /** Requests at any time, one level after the other. */
  readonly outstanding: readonly number[];
  readonly payloadBytes: number;
  readonly warmMs: number;
  readonly measuredMs: number;
  /** `outside`: over the wire, like any client. `inside`: in the leader's thread. */
  readonly client: 'outside' | 'inside';
  /** The servers' folders are made in it, and removed again. On the disk that is to be measured. */
  readonly folder: string;
}

/** One level, in the form that the benchmarks of others print as well. */
export interface BenchmarkLine {
  readonly peer: string;
  readonly concurrency: number;
  readonly commits_per_s: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly durable: true;
  readonly payload_bytes: number;
  readonly nodes: number;
  readonly errors: number;
  /** What all servers and the client together cost, user and system. */
  readonly cpu_us_per_commit: number;
  readonly first_error?: string;
  /** Of the disk, warm-up included; missing where the system does not tell. */
  readonly flushes_per_s?: number;
}

/** @throws BenchError (rejects) when no cluster comes up. */
export async function runBenchmark(options: BenchmarkOptions, onLine: (line: BenchmarkLine) => void): Promise<void> {
  for (const outstanding of options.outstanding) onLine(await runLevel(options, outstanding));
}

async function runLevel(options: BenchmarkOptions, outstanding: number): Promise<BenchmarkLine> {
  const { nodes, payloadBytes, warmMs, measuredMs, client } = options;
  const folder = mkdtempSync(join(options.folder, 'raft-lab-bench-'));
  try {
    const cluster = await BenchCluster.start({ nodes, folder, timings: paperTimings });
    try {
      const load: LoadOptions = { outstanding, payloadBytes, warmMs, measuredMs };
      const flushesBefore = diskFlushes(folder);
      const startedMs = performance.now();
      const cpuBefore = process.cpuUsage();
      const result = client === 'inside' ? await cluster.loadInside(load) : await loadOutside(cluster, load);
      const seconds = (performance.now() - startedMs) / 1_000;
      const { user, system } = process.cpuUsage(cpuBefore);
      const flushesAfter = diskFlushes(folder);
      const flushesPerS =
        flushesBefore === undefined || flushesAfter === undefined
          ? undefined
          : (flushesAfter - flushesBefore) / seconds;
      return {
        ...lineOf(options, outstanding, result),
        cpu_us_per_commit: round((user + system) / ((result.commits * (warmMs + measuredMs)) / measuredMs)),
        ...(flushesPerS !== undefined && { flushes_per_s: Math.round(flushesPerS) }),
      };
    } finally {
      await cluster.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lineOf(
  { nodes, payloadBytes, measuredMs, client }: BenchmarkOptions,
  outstanding: number,
  result: LoadResult,
): Omit<BenchmarkLine, 'cpu_us_per_commit'> {
  return {
    peer: client === 'inside' ? 'raft-lab-inside' : 'raft-lab',
    concurrency: outstanding,
    commits_per_s: Math.round(result.commits / (measuredMs / 1_000)),
    p50_ms: round(result.p50Ms),
    p99_ms: round(result.p99Ms),
    durable: true,
    payload_bytes: payloadBytes,
    nodes,
    errors: result.failures,
    ...(result.firstFailure !== undefined && { first_error: result.firstFailure }),
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
