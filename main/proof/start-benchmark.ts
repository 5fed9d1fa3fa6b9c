/**
 * `npm run bench:start`: what a log of a million entries of 64 bytes costs. A line of JSON: how long opening takes and what memory the log
 * then needs, and, in a server that is alone in its cluster, how long until it answers and how late its timer ever was while it applied all that.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEntry } from '../../shared/log-entry.ts';
import { paperTimings } from '../../shared/cluster-config.ts';
import { openFolder } from '../disk/node-files.ts';
import { openStorage } from '../disk/open-storage.ts';
import type { EventBody } from '../../shared/event.ts';
import type { Storage } from '../ports.ts';
import { recoverState } from '../node/initial-state.ts';
import { NodeHost } from '../node/node-host.ts';
import { createSystemClock } from '../node/system-clock.ts';

const [countWord = '1000000'] = process.argv.slice(2);
const count = Number(countWord);
const entriesPerFlush = 10_000;

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

/** Of the process, without what is only waiting to be collected where that can be asked for. */
function memory(): { rssMb: number; heapMb: number; buffersMb: number } {
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return { rssMb: megabytes(rss), heapMb: megabytes(heapUsed), buffersMb: megabytes(arrayBuffers) };
}

function writeLog(folder: string): void {
  const storage = openStorage(openFolder(folder));
  for (let index = 1; index <= count;) {
    const entries: LogEntry[] = [];
    for (; entries.length < entriesPerFlush && index <= count; index += 1) {
      entries.push({ index, term: 1, kind: 'client', payload: new Uint8Array(64).fill(index) });
    }
    storage.write({ ...(index <= entriesPerFlush + 1 && { hardState: { term: 1, votedFor: 0 } }), entries });
    storage.flush(() => {});
  }
  storage.close();
}

/** A server without others, until it has applied everything and answered a read at the end of its log. */
async function runAlone(storage: Storage): Promise<{ answeredMs: number; longestTurnMs: number; events: number }> {
  const clock = createSystemClock(process.hrtime.bigint());
  const state = recoverState({ id: 0, voters: [0], timings: paperTimings, seed: 1 }, storage.recovered, clock.nowNs());
  let events = 0;
  let longestTurnMs = 0;
  let lastMs = performance.now();
  const watch = setInterval(() => {
    longestTurnMs = Math.max(longestTurnMs, performance.now() - lastMs);
    lastMs = performance.now();
  }, 1);
  const startMs = performance.now();
  const answeredMs = await new Promise<number>((resolve, reject) => {
    const host = new NodeHost({
      state,
      storage,
      transport: { send: () => {}, onMessage: () => {}, close: () => {} },
      clock,
      emit: (_event: EventBody) => (events += 1),
      answer: (_requestId, result) => {
        if (result.ok) resolve(performance.now() - startMs);
        else reject(new Error(result.failure.message));
        host.stop('measured');
      },
      onFailed: (_code, reason) => reject(new Error(reason)),
    });
    host.request('last', { kind: 'index-range', startIndex: count, endIndex: count, read: 'linearizable' }, 60_000);
  });
  clearInterval(watch);
  return { answeredMs: Math.round(answeredMs), longestTurnMs: Math.round(longestTurnMs), events };
}

const folder = mkdtempSync(join(tmpdir(), 'raft-start-'));
try {
  writeLog(folder);
  const before = memory();
  const startMs = performance.now();
  const storage = openStorage(openFolder(folder));
  const openMs = Math.round(performance.now() - startMs);
  const opened = memory();
  const run = await runAlone(storage);
  const line = { bench: 'start', entries: count, openMs, ...run, before, opened, ran: memory() };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
