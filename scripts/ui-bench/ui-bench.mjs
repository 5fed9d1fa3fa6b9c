/**
 * `npm run bench:ui -- --seconds 60 --nodes 9 --rate 20000 [--profile]`: the page of a real cluster under load, in a headless
 * Chromium. Prints a line of JSON. README.md says what each figure is.
 */
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { lookBack } from './heartbeats.mjs';
import { pageHeap } from './heaps.mjs';
import { LabLine } from './lab-line.mjs';
import { bounds, seekLoad, startCluster, startLoad, stopLoad } from './load.mjs';
import { withPage } from './open-page.mjs';
import { beginWatch, endWatch, readLog } from './page-probe.mjs';
import { measureTasks } from './page-tasks.mjs';
import { beginProfile } from './profile.mjs';
import { quantile } from './quantile.mjs';
import { withApp } from './serve-app.mjs';

/** @typedef {import('./open-page.mjs').OpenPage} OpenPage */
/** @typedef {{ seconds: number, nodes: number, rate: number, profile: boolean }} Options */

/** Whoever connects or leaves is over it by then. */
const settleMs = 1_000;
const heapSamples = 20;

/** @returns {Options} */
function readOptions() {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      nodes: { type: 'string', default: '9' },
      rate: { type: 'string', default: '20000' },
      profile: { type: 'boolean', default: false },
    },
  });
  const [seconds = 0, nodes = 0, rate = 0] = [values.seconds, values.nodes, values.rate].map(Number);
  if (!(seconds >= 1 && nodes >= 2 && rate >= 1))
    throw new Error('--seconds, --nodes (2 or more) and --rate are numbers.');
  return { seconds, nodes, rate, profile: values.profile };
}

/**
 * Lets the load run for a while with nobody on a line to the lab but the page, if that is open.
 * @param {string} url
 * @param {number} seconds
 * @param {() => Promise<void>} meanwhile takes about so long
 * @returns {Promise<{ fromNs: number, toNs: number }>} the stretch of the lab's time
 */
async function letRun(url, seconds, meanwhile) {
  const { endNs } = await LabLine.with(url, bounds);
  await wait(settleMs);
  await meanwhile();
  const fromNs = endNs + settleMs * 1e6;
  return { fromNs, toNs: fromNs + seconds * 1e9 };
}

/**
 * @param {OpenPage} open
 * @param {Options} options
 */
async function watchPage({ page, session, workers }, { seconds, profile }) {
  const heapSeries = [];
  const [heapBefore, before] = [await pageHeap(session, true), await page.evaluate(readLog)];
  await page.evaluate(beginWatch);
  const startMs = performance.now();
  const endProfile = profile ? await beginProfile(session) : undefined;
  for (let sample = 1; sample <= heapSamples; sample += 1) {
    await wait(Math.max(0, startMs + (seconds * 1_000 * sample) / heapSamples - performance.now()));
    heapSeries.push(await pageHeap(session, false));
  }
  const { frameMs, longTasks } = await page.evaluate(endWatch);
  const hottest = await endProfile?.();
  const log = await page.evaluate(readLog);
  if (hottest) process.stderr.write(`${hottest.join('\n')}\n`);
  const heapMb = await pageHeap(session, true);
  return {
    frame_p50_ms: quantile(frameMs, 0.5),
    frame_p95_ms: quantile(frameMs, 0.95),
    frame_max_ms: quantile(frameMs, 1),
    long_tasks: longTasks.length,
    long_task_max_ms: quantile(longTasks, 1),
    missed_lines: log.missed - before.missed,
    lines_kept: log.lines,
    heap_mb: heapMb,
    heap_before_mb: heapBefore,
    heap_series_mb: heapSeries,
    log_worker_heap_mb: await workers.collected(),
  };
}

/**
 * @param {string} url
 * @param {number} requests a second
 * @param {Options} options
 */
async function withPageOpen(url, requests, options) {
  return withPage(url, async (open) => {
    await LabLine.with(url, (line) => startLoad(line, requests));
    /** @type {Awaited<ReturnType<typeof watchPage>> | undefined} */
    let watched;
    const stretch = await letRun(url, options.seconds, async () => {
      watched = await watchPage(open, options);
    });
    await LabLine.with(url, stopLoad);
    await wait(settleMs);
    const seen = { ...watched, ...(await measureTasks(open.page)) };
    return { stretch, missed: watched?.missed_lines ?? 0, seen };
  });
}

/**
 * Without a page: how many requests a second it takes, and how the nodes do under that.
 * @param {string} url
 * @param {Options} options
 */
async function withPageClosed(url, { nodes, rate, seconds }) {
  const requests = await LabLine.with(url, async (line) => {
    await startCluster(line, nodes);
    return seekLoad(line, rate);
  });
  const stretch = await letRun(url, seconds, () => wait(seconds * 1_000));
  await LabLine.with(url, stopLoad);
  return { requests, stretch };
}

const options = readOptions();
/** Below the ports that systems give away, and not where the app stands by itself. */
const basePort = 20_000 + (process.pid % 1_000) * 10;
const report = await withApp(basePort, async (url) => {
  const alone = await withPageClosed(url, options);
  const { stretch, missed, seen } = await withPageOpen(url, alone.requests, options);
  const [open, closed] = await LabLine.with(url, async (line) => [
    await lookBack(line, stretch),
    await lookBack(line, alone.stretch),
  ]);
  return {
    benchmark: 'ui',
    ...options,
    lines_per_s: Math.round(open.linesPerSecond - missed / options.seconds),
    lines_told_per_s: open.linesPerSecond,
    requests_per_s: alone.requests,
    ...seen,
    heartbeat_late_p95_ms: open.lateP95Ms,
    heartbeat_late_max_ms: open.lateMaxMs,
    heartbeats: open.heartbeats,
    elections: open.elections,
    closed_lines_per_s: closed.linesPerSecond,
    closed_heartbeat_late_p95_ms: closed.lateP95Ms,
    closed_heartbeat_late_max_ms: closed.lateMaxMs,
    closed_heartbeats: closed.heartbeats,
    closed_elections: closed.elections,
    cores: availableParallelism(),
    load_average: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
});
process.stdout.write(`${JSON.stringify(report)}\n`);
