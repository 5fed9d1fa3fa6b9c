/**
 * `npm run bench:check`: what judging costs. A JSON line with: a history of a million operations judged as a whole; both judges over
 * the stream of a cluster under 10,000 operations a second, in real time: from the moment at which an answer is there to its
 * judgement, how much of one processor it takes, and how long it takes until a stale read is told.
 */
import { checkHistory } from '../../check/check-history.ts';
import type { Operation } from '../../check/contract.ts';
import { HistoryRecorder } from '../../check/history.ts';
import { LiveChecks } from '../../check/live-checks.ts';
import { median } from './median.ts';
import { ToldCluster } from './told-cluster.ts';

const million = 1_000_000;
const roundMs = 1;
const requestsPerRound = 10;
const noEvents: readonly never[] = [];
const seconds = Number(process.argv[2] ?? 60);

function history(): readonly Operation[] {
  const recorder = new HistoryRecorder(million);
  const cluster = new ToldCluster();
  for (let round = 0; round < million / requestsPerRound; round++) {
    for (const event of cluster.round(requestsPerRound, round * 1e6)) if (event.node < 0) recorder.observe(event);
  }
  // The events are not needed for judging, and a heap full of them slows everything down.
  return recorder.operations().map((operation) => ({ ...operation, events: noEvents }));
}

interface Whole {
  readonly elapsedMs: number;
  /** Of the processor, all threads: what it takes when nothing else runs on the machine, and a bit more. */
  readonly cpuMs: number;
}

function measureWhole(): readonly Whole[] {
  const operations = history();
  return [1, 2, 3].map(() => {
    // What was left by making it up, or by the run before, is no part of judging.
    globalThis.gc?.();
    const startMs = performance.now();
    const before = process.cpuUsage();
    const { violations } = checkHistory(operations);
    if (violations.length > 0) throw new Error(violations[0]?.sentence);
    const { user, system } = process.cpuUsage(before);
    return { elapsedMs: Math.round(performance.now() - startMs), cpuMs: Math.round((user + system) / 1_000) };
  });
}

interface Live {
  readonly events: number;
  readonly lagsMs: readonly number[];
  readonly busyMs: number;
  readonly tellsAfterMs: number;
}

/** Feeds what is due, when it is due; making the events up is not counted, but is waited for. */
async function measureLive(): Promise<Live> {
  const cluster = new ToldCluster();
  const checks = new LiveChecks();
  const lagsMs: number[] = [];
  let [events, busyMs, tellsAfterMs] = [0, 0, Number.NaN];
  const rounds = (seconds * 1_000) / roundMs;
  const startMs = performance.now();
  for (let round = 1; round <= rounds; round++) {
    const dueMs = startMs + round * roundMs;
    const isPlanted = round === rounds;
    const told = isPlanted ? cluster.staleRead(round * 1e6) : cluster.round(requestsPerRound, round * 1e6);
    while (performance.now() < dueMs) await new Promise((resolve) => setImmediate(resolve));
    const fromMs = performance.now();
    const found = checks.observe(told);
    const toMs = performance.now();
    busyMs += toMs - fromMs;
    lagsMs.push(toMs - dueMs);
    events += told.length;
    if (isPlanted === (found.length === 0)) throw new Error(`found ${JSON.stringify(found)}`);
    if (isPlanted) tellsAfterMs = toMs - dueMs;
  }
  const lost = checks.report().verdicts.filter(({ verdict }) => verdict === 'evidence-lost');
  if (lost.length > 0) throw new Error(`evidence is lost: ${JSON.stringify(lost)}`);
  return { events, lagsMs: lagsMs.toSorted((left, right) => left - right), busyMs, tellsAfterMs };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
const whole = measureWhole();
const { events, lagsMs, busyMs, tellsAfterMs } = await measureLive();
const quantile = (share: number): number => rounded(lagsMs[Math.floor((lagsMs.length - 1) * share)] ?? Number.NaN);
const line = {
  bench: 'check',
  whole_ms_per_million_operations: median(whole.map(({ elapsedMs }) => elapsedMs)),
  whole_runs_ms: whole.map(({ elapsedMs }) => elapsedMs),
  whole_cpu_ms: whole.map(({ cpuMs }) => cpuMs),
  live_seconds: seconds,
  live_operations_per_s: (requestsPerRound * 1_000) / roundMs,
  live_events_per_s: Math.round(events / seconds),
  lag_p50_ms: quantile(0.5),
  lag_p99_ms: quantile(0.99),
  lag_max_ms: quantile(1),
  cpu_percent: rounded((busyMs / (seconds * 1_000)) * 100),
  planted_told_after_ms: rounded(tellsAfterMs),
};
process.stdout.write(`${JSON.stringify(line)}\n`);
