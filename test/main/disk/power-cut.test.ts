/**
 * The promise of the whole folder: whatever was acknowledged is there after any power cut, and what else is there is
 * what was written, up to some point in the order of writing. The real code runs on a simulated disk, whose power goes
 * at any act, in recovery too.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import type { HardState, Storage, StorageWrite } from '../../../main/ports.ts';
import { entryAt, flushOutcome, readAll } from './disk-fixture.ts';
import { PowerCut, SimulatedFiles } from './simulated-files.ts';

interface Moment {
  readonly hardState: HardState;
  readonly log: readonly LogEntry[];
}

/** mulberry32: numbers from 0 to below 1 from a seed. */
function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The moments that a change passes through, in the order in which its records stand on disk. */
function momentsOf(change: StorageWrite, before: Moment): Moment[] {
  const moments: Moment[] = [];
  let now = before;
  const pass = (next: Partial<Moment>): void => void moments.push((now = { ...now, ...next }));
  if (change.hardState) pass({ hardState: change.hardState });
  if (change.truncateFrom !== undefined) pass({ log: now.log.slice(0, change.truncateFrom - 1) });
  for (const entry of change.entries ?? []) pass({ log: [...now.log, entry] });
  return moments;
}

function randomChange(random: () => number, { log }: Moment, serial: number): StorageWrite {
  const kept = random() < 0.25 ? Math.floor(random() * log.length) : log.length;
  const largest = random() < 0.3 ? 1500 : 60;
  const entries = Array.from({ length: Math.floor(random() * 5) }, (_, at) =>
    entryAt(kept + 1 + at, serial, Math.floor(random() * largest)),
  );
  return {
    ...(kept < log.length ? { truncateFrom: kept + 1 } : {}),
    ...(random() < 0.3 ? { hardState: { term: serial, votedFor: random() < 0.5 ? null : 2 } } : {}),
    entries,
  };
}

function momentOn(storage: Storage): Moment {
  const { hardState, lastIndex } = storage.recovered;
  return { hardState, log: readAll(storage, lastIndex) };
}

/** What the storage was last known to hold, and what it may hold besides. */
class Expectations {
  durable: Moment = { hardState: { term: 0, votedFor: null }, log: [] };
  possible: Moment[] = [];
  boot = 0;
  storageId: string | undefined;

  get latest(): Moment {
    return this.possible.at(-1) ?? this.durable;
  }
}

/** Compares what an opening found with what it may find, and takes it as the new beginning. */
function expectOpened(storage: Storage, expectations: Expectations): void {
  const { boot, storageId } = storage.recovered;
  expect(boot).toBeGreaterThan(expectations.boot);
  expect(storageId).toBe(expectations.storageId ?? storageId);
  expectations.boot = boot;
  expectations.storageId = storageId;
  const found = momentOn(storage);
  expect([expectations.durable, ...expectations.possible]).toContainEqual(found);
  expectations.durable = found;
  expectations.possible = [];
}

/** Runs until the power goes. */
function live(files: SimulatedFiles, expectations: Expectations, random: () => number, serial: number): void {
  const storage = openStorage(files, { segmentBytesMax: 6000, entryCacheBytesMax: 500 });
  expectOpened(storage, expectations);
  for (let turn = 0; turn < 200; turn += 1) {
    const change = randomChange(random, expectations.latest, serial * 1000 + turn);
    storage.write(change);
    expectations.possible.push(...momentsOf(change, expectations.latest));
    if (random() < 0.4) continue;
    const outcome = flushOutcome(storage);
    if (!outcome.ok) throw outcome.error;
    expectations.durable = expectations.latest;
    expectations.possible = [];
  }
}

function isPowerCut(error: unknown): boolean {
  return error instanceof PowerCut || (error instanceof Error && error.cause instanceof PowerCut);
}

it(
  'what was acknowledged survives any power cut, and nothing appears that was not written',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(60), { minLength: 3, maxLength: 12 }), (seed, lives) => {
        const random = randomFrom(seed);
        const expectations = new Expectations();
        let files = new SimulatedFiles();
        for (const [serial, acts] of lives.entries()) {
          files.cutPowerAfter(acts);
          try {
            live(files, expectations, random, serial + 1);
          } catch (error) {
            if (!isPowerCut(error)) throw error;
          }
          files = files.afterPowerCut(random);
        }
        expectOpened(openStorage(files), expectations);
      }),
      { numRuns: 100 },
    );
  },
);

it('what an opening reports is durable, even if a failed flush left it in the system’s memory only', () => {
  let files = new SimulatedFiles();
  const storage = openStorage(files);
  storage.write({ entries: [entryAt(1, 1, 2000)], hardState: { term: 1, votedFor: 0 } });
  expect(flushOutcome(storage).ok).toBe(true);
  storage.write({ entries: [entryAt(2, 1, 2000), entryAt(3)] });
  files.failNextDataSync();
  expect(flushOutcome(storage)).toMatchObject({ ok: false, error: { code: 'io' } });
  const again = openStorage(files);
  expect(again.recovered.lastIndex).toBe(3);
  files = files.afterPowerCut(() => 0);
  expect(momentOn(openStorage(files))).toEqual(momentOn(again));
});
