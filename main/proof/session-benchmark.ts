/**
 * `npm run bench:session`: what keeping a stream costs, and how fast it is looked into afterwards. A line of JSON, over a simulated
 * hour of five servers under load with some crashes: bytes of an event in the file, time of the thread that the events come out
 * of, time of the store's, and what each query takes on the file.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabEvent } from '../../shared/event.ts';
import type { Query } from '../../shared/query.ts';
import { keepStream, type StreamSource } from '../session/keep-stream.ts';
import { openFile, type OpenedFile } from '../session/open-file.ts';
import { answerQuery } from '../session/queries/answer-query.ts';
import { Recording } from '../session/recording.ts';
import { spawnStoreFrom } from '../session/store-thread.ts';
import { StreamStore } from '../session/stream-store.ts';
import { clusterUnderLoad } from './cluster-under-load.ts';
import { emptyClusterView } from '../../shared/projection/cluster-view.ts';

const [countWord = '3000000'] = process.argv.slice(2);
const eventsWanted = Number(countWord);
const second = 1e9;
const header = { session: randomUUID(), version: 'bench', world: 'simulated', startedAtMs: 0, startedAtNs: 0 } as const;

function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

function quantile(values: readonly number[], share: number): number {
  return rounded(values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? Number.NaN);
}

/** Runs `work`, and says how long it took, ms. */
function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const startMs = performance.now();
  const value = work();
  return { value, ms: performance.now() - startMs };
}

interface Recorded {
  readonly events: number;
  readonly hours: number;
  /** Of the processor, for the store's thread, without unpacking its messages. */
  readonly keepMicroseconds: number;
  readonly bytesPerEvent: number;
}

function record(file: string, batches: Iterable<readonly LabEvent[]>): Recorded {
  const store = new StreamStore(header.session, new Recording({ file, bytesMax: 8e9, header, seed: 1 }));
  let events = 0;
  let microseconds = 0;
  let endNs = 0;
  for (const batch of batches) {
    events += batch.length;
    endNs = batch.at(-1)?.timeNs ?? endNs;
    const before = process.cpuUsage();
    store.take(batch);
    // Once a second, as it would be.
    if (events % 1_000 < batch.length) store.flush();
    const { user, system } = process.cpuUsage(before);
    microseconds += user + system;
  }
  store.close();
  const { size } = statSync(file);
  return {
    events,
    hours: rounded(endNs / second / 3_600),
    keepMicroseconds: rounded(microseconds / events),
    bytesPerEvent: rounded(size / events, 1),
  };
}

/** What one query takes, over and over with another place each time, ms. */
function ask({ content }: OpenedFile, times: number, make: (share: number) => Query): number[] {
  return Array.from({ length: times }, (_, i) => {
    const query = make((i * 0.618_034) % 1);
    return timed(() => answerQuery(content, query)).ms;
  });
}

function lookInto(file: string, events: number): object {
  const { value: opened, ms: openMs } = timed(() => openFile(file));
  if (!opened.ok) throw new Error(opened.failure.message);
  const at = (share: number): number => Math.floor(share * events);
  const cold = ask(opened.value, 200, (share) => ({ type: 'view-at', at: { position: at(share) } }));
  const warm = ask(opened.value, 200, (share) => ({ type: 'view-at', at: { position: at(0.5) + at(share / 100) } }));
  const byTime = ask(opened.value, 200, (share) => ({ type: 'view-at', at: { timeNs: share * 3_600 * second } }));
  const rare = ask(opened.value, 100, (share) => ({
    type: 'find-event',
    from: at(share),
    direction: 'forwards',
    filter: { types: ['election-started'], nodes: [2] },
  }));
  const life = ask(opened.value, 50, (share) => ({ type: 'entry-life', index: 1 + Math.floor(share * 30_000) }));
  const span = { fromNs: 0, toNs: 3_600 * second };
  const landmarks = ask(opened.value, 5, () => ({ type: 'landmarks', ...span, max: 5_000 }));
  const seconds = ask(opened.value, 5, () => ({ type: 'seconds', ...span }));
  const start = Math.floor(events / 3);
  const pages = ask(opened.value, 25, (share) => ({ type: 'events', from: start + at(share / 1e9), limit: 4_096 }));
  const inOrder = timed(() => {
    for (let page = 0; page < 25; page += 1)
      answerQuery(opened.value.content, { type: 'events', from: start + page * 4_096, limit: 4_096 });
  });
  opened.value.close();
  return {
    open_ms: rounded(openMs),
    view_at_cold_p95_ms: quantile(cold, 0.95),
    view_at_warm_p95_ms: quantile(warm, 0.95),
    view_at_time_p95_ms: quantile(byTime, 0.95),
    find_event_p95_ms: quantile(rare, 0.95),
    entry_life_p95_ms: quantile(life, 0.95),
    landmarks_ms: quantile(landmarks, 0.5),
    seconds_ms: quantile(seconds, 0.5),
    events_page_ms: quantile(pages, 0.5),
    events_100k_ms: rounded(inOrder.ms),
  };
}

/** What it costs the thread that the events come out of, in microseconds an event: packing them and handing them over. */
async function handOver(folder: string): Promise<number> {
  let handler: (events: readonly LabEvent[]) => void = () => {};
  let position = 0;
  const source: StreamSource = {
    subscribe(subscriber) {
      handler = subscriber;
      return () => {};
    },
    snapshot: () => ({ session: header.session, view: emptyClusterView, position, nowNs: 0 }),
    get position() {
      return position;
    },
  };
  const spawn = spawnStoreFrom(new URL('../main/session-worker.mjs', import.meta.url));
  const kept = keepStream(source, { folder, version: 'bench', world: 'simulated', spawn });
  const microseconds: number[] = [];
  let batch: LabEvent[] = [];
  for (const stretch of clusterUnderLoad(eventsWanted)) {
    batch.push(...stretch);
    // As many as are handed over at once.
    if (batch.length < 1_024) continue;
    position += batch.length;
    microseconds.push((timed(() => handler(batch)).ms * 1_000) / batch.length);
    batch = [];
    if (position > 200_000) break;
  }
  await kept.close();
  return quantile(microseconds, 0.5);
}

const folder = mkdtempSync(join(tmpdir(), 'raft-lab-bench-session-'));
try {
  const recorded = record(join(folder, 'whole.raftlab'), clusterUnderLoad(eventsWanted));
  const looked = lookInto(join(folder, 'whole.raftlab'), recorded.events);
  globalThis.gc?.();
  const heapMb = Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
  // Without its end there is no index to be found.
  truncateSync(join(folder, 'whole.raftlab'), statSync(join(folder, 'whole.raftlab')).size - 40);
  const torn = timed(() => openFile(join(folder, 'whole.raftlab')));
  process.stdout.write(
    `${JSON.stringify({
      events: recorded.events,
      hours: recorded.hours,
      bytes_per_event: recorded.bytesPerEvent,
      keep_us_per_event: recorded.keepMicroseconds,
      hand_over_us_per_event: await handOver(folder),
      ...looked,
      open_torn_ms: rounded(torn.ms),
      heap_mb: heapMb,
    })}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
