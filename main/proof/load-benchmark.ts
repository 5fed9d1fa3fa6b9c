/**
 * `npm run bench:load -- REQUESTS_PER_SECOND CLIENTS SECONDS NODES`: a workload in a real lab, as the app runs it. A line of JSON: what
 * was answered, and how busy the thread was that carries the stream and the clients.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { paperTimings } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import { workloadSchema, type WorkloadRequest } from '../../shared/workload.ts';
import { EventStream } from '../lab/event-stream.ts';
import { Lab } from '../lab/lab.ts';
import { spawnNodeFrom } from '../lab/spawn-node.ts';

const [rate = 10_000, clients = 64, seconds = 10, nodes = 3] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'raft-load-'));
const spawn = spawnNodeFrom(pathToFileURL('out/main/node-worker.mjs'));
const stream = new EventStream();
const lab = new Lab({ folder, basePort: 27_000, timings: paperTimings, spawn }, stream);
let events = 0;
lab.subscribe((batch) => {
  events += batch.length;
});

function milliseconds(ns: number): number {
  return Math.round(ns / nanosecondsPerMillisecond / 0.01) * 0.01;
}

const started = await lab.execute({ type: 'start-cluster', nodes });
if (!started.ok) throw new Error(started.failure.message);
const request: WorkloadRequest = { clients, ...(rate > 0 && { requestsPerSecond: rate }) };
const workload = workloadSchema.parse(request);
await lab.execute({ type: 'start-workload', workload });
// The code is compiled while it runs.
await wait(3_000);
await lab.execute({ type: 'start-workload', workload });
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
const [before, eventsBefore, cpuBefore] = [performance.eventLoopUtilization(), events, process.cpuUsage()];
await wait(seconds * 1_000);
const stopped = await lab.execute({ type: 'stop-workload' });
if (!stopped.ok) throw new Error(stopped.failure.message);
const { spanNs, answered, failed, unknown, p50Ns, p99Ns } = stopped.value;
const elapsed = spanNs / nanosecondsPerMillisecond / 1_000;
const cpu = process.cpuUsage(cpuBefore);
const report = {
  benchmark: 'load',
  nodes,
  clients,
  asked: rate > 0 ? rate : 'closed loop',
  answeredPerSecond: Math.round(answered / elapsed),
  failed,
  unknown,
  p50Ms: milliseconds(p50Ns),
  p99Ms: milliseconds(p99Ns),
  eventsPerSecond: Math.round((events - eventsBefore) / elapsed),
  lateEvents: stream.lateEvents,
  labThreadBusy: Math.round(performance.eventLoopUtilization(before).utilization * 100) / 100,
  labThreadDelayP99Ms: milliseconds(delays.percentile(99)),
  cores: Math.round(((cpu.user + cpu.system) / 1e6 / elapsed) * 100) / 100,
};
process.stdout.write(`${JSON.stringify(report)}\n`);
await lab.close();
rmSync(folder, { recursive: true, force: true });
