/**
 * `raft-lab bench`: what a cluster on this machine and this disk does.
 */
import { BenchError } from '../../bench/bench-thread.ts';
import { runBenchmark, type BenchmarkLine } from '../../bench/benchmark.ts';
import { measureGrowth } from '../../bench/growth.ts';
import type { BenchArguments } from './bench-arguments.ts';
import { writeLines } from './write-out.ts';

/** @returns the exit code: 0 done, 1 requests failed, 2 no cluster came up */
export async function bench({ benchmark, growth, json }: BenchArguments): Promise<number> {
  let failures = 0;
  const print = (line: object): void => {
    if ('errors' in line) failures += Number(line.errors);
    void writeLines([json ? JSON.stringify(line) : describeLine(line)]);
  };
  try {
    if (growth === undefined) await runBenchmark(benchmark, print);
    else await measureGrowth({ folder: benchmark.folder, entries: growth }, print);
    return failures === 0 ? 0 : 1;
  } catch (error) {
    const isExpected = error instanceof BenchError || (error instanceof Error && 'code' in error);
    if (!isExpected) throw error;
    console.error(`raft-lab: bench: ${error.message}`);
    return 2;
  }
}

/** For a person. */
export function describeLine(line: object): string {
  if (!isLevel(line))
    return Object.entries(line)
      .map(([name, value]) => `${name.replaceAll('_', ' ')}: ${String(value)}`)
      .join(' · ');
  const { concurrency, commits_per_s, p50_ms, p99_ms, nodes, payload_bytes, errors, first_error } = line;
  const speed = `${commits_per_s.toLocaleString('en')} commits/s, p50 ${p50_ms} ms, p99 ${p99_ms} ms`;
  const what = `${nodes} nodes, ${payload_bytes} bytes, ${concurrency} outstanding: ${speed}`;
  return errors === 0 ? what : `${what}; ${errors} failed: ${first_error ?? ''}`;
}

function isLevel(line: object): line is BenchmarkLine {
  return 'commits_per_s' in line;
}
