/**
 * The promise of the whole folder: whatever was acknowledged is there after any power cut, and what else is there is
 * what was written, up to some point in the order of writing. The real code runs on a simulated disk, whose power goes
 * at any act, in recovery too.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import { entryBytes } from '../../../shared/log-entry.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import type { HardState, Storage, StorageWrite } from '../../../main/ports.ts';
import { dataOf, entryAt, flushOutcome, metaAt, readSnapshot, saveSnapshot, stageSnapshot } from './disk-fixture.ts';
import { PowerCut, PowerCutFiles } from '../../../main/faults/power-cut-files.ts';

interface Moment {
  readonly hardState: HardState;
  readonly snapshot: SnapshotMeta | null;
  /** Where the log begins: (0, 0), or the snapshot behind which it began anew. */
  readonly base: { readonly index: number; readonly term: number };
  /** All entries behind `base`, compacted or not. */
  readonly log: readonly LogEntry[];
}

const firstMoment: Moment = {
  hardState: { term: 0, votedFor: null },
  snapshot: null,
  base: { index: 0, term: 0 },
  log: [],
};

const lastIndexOf = ({ base, log }: Moment): number => base.index + log.length;

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
  const { hardState, installSnapshot: meta, truncateFrom, entries } = change;
  if (hardState) pass({ hardState });
  if (meta) pass({ snapshot: meta, base: { index: meta.lastIncludedIndex, term: meta.lastIncludedTerm }, log: [] });
  if (truncateFrom !== undefined) pass({ log: now.log.slice(0, truncateFrom - 1 - now.base.index) });
  for (const entry of entries ?? []) pass({ log: [...now.log, entry] });
  return moments;
}

/** What is in the snapshot is committed: the log is never cut before its end. */
function randomChange(random: () => number, now: Moment, serial: number): StorageWrite {
  const last = lastIndexOf(now);
  const committed = Math.max(now.base.index, now.snapshot?.lastIncludedIndex ?? 0);
  const kept = random() < 0.25 ? committed + Math.floor(random() * (last - committed)) : last;
  const largest = random() < 0.3 ? 1500 : 60;
  const entries = Array.from({ length: Math.floor(random() * 5) }, (_, at) =>
    entryAt(kept + 1 + at, serial, Math.floor(random() * largest)),
  );
  return {
    ...(kept < last ? { truncateFrom: kept + 1 } : {}),
    ...(random() < 0.3 ? { hardState: { term: serial, votedFor: random() < 0.5 ? null : 2 } } : {}),
    entries,
  };
}

const randomBytes = (random: () => number): number => Math.floor(random() * (random() < 0.1 ? 150_000 : 900));

/** Another server's snapshot: ahead of the log, or of a term that contradicts it. With entries behind it or not. */
function randomInstall(random: () => number, now: Moment, serial: number): StorageWrite {
  const held = now.snapshot?.lastIncludedIndex ?? 0;
  const index = held + 1 + Math.floor(random() * (lastIndexOf(now) - held + 4));
  const entries = random() < 0.5 ? [entryAt(index + 1, serial)] : [];
  const installSnapshot = metaAt(index, serial, randomBytes(random));
  return { hardState: { term: serial, votedFor: null }, installSnapshot, entries };
}

/** The own snapshot of an entry that the log holds; undefined when there is none to take. */
function randomSave(random: () => number, now: Moment): SnapshotMeta | undefined {
  const held = Math.max(now.base.index, now.snapshot?.lastIncludedIndex ?? 0);
  const index = held + Math.ceil(random() * (lastIndexOf(now) - held));
  const entry = now.log[index - now.base.index - 1];
  return entry && index > held ? metaAt(index, entry.term, randomBytes(random)) : undefined;
}

/** A moment as far as an opening can tell it: without the entries up to `compactedIndex`. */
function seenBehind(compactedIndex: number, { hardState, snapshot, base, log }: Moment): Moment | undefined {
  if (compactedIndex === base.index) return { hardState, snapshot, base, log };
  const entry = log[compactedIndex - base.index - 1];
  if (!entry || compactedIndex > (snapshot?.lastIncludedIndex ?? 0)) return undefined;
  return {
    hardState,
    snapshot,
    base: { index: compactedIndex, term: entry.term },
    log: log.slice(compactedIndex - base.index),
  };
}

function momentOn(storage: Storage): Moment {
  const { hardState, lastIndex, snapshot, compacted, entrySizes } = storage.recovered;
  const log =
    lastIndex > compacted.index ? storage.readEntries(compacted.index + 1, lastIndex, Number.MAX_SAFE_INTEGER) : [];
  expect(entrySizes).toEqual(log.map(entryBytes));
  const isAsSaved = !snapshot || Buffer.compare(readSnapshot(storage, snapshot), dataOf(snapshot)) === 0;
  expect(isAsSaved).toBe(true);
  return { hardState, snapshot, base: compacted, log };
}

/** What the storage was last known to hold, and what it may hold besides. */
class Expectations {
  durable: Moment = firstMoment;
  possible: Moment[] = [];
  boot = 0;
  storageId: string | undefined;

  get latest(): Moment {
    return this.possible.at(-1) ?? this.durable;
  }

  becomeDurable(): void {
    this.durable = this.latest;
    this.possible = [];
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
  const seen = [expectations.durable, ...expectations.possible].map((moment) => seenBehind(found.base.index, moment));
  expect(seen).toContainEqual(found);
  expectations.durable = found;
  expectations.possible = [];
}

/** Runs until the power goes. */
function live(files: PowerCutFiles, expectations: Expectations, random: () => number, serial: number): void {
  const storage = openStorage(files, { segmentBytesMax: 6000, entryCacheBytesMax: 500 });
  expectOpened(storage, expectations);
  for (let turn = 0; turn < 200; turn += 1) {
    const chance = random();
    if (chance < 0.1) save(storage, expectations, random);
    else if (chance < 0.2)
      storage.compact(Math.floor((expectations.latest.snapshot?.lastIncludedIndex ?? 0) * random()));
    else change(storage, expectations, random, serial * 1000 + turn);
    if (random() < 0.4) continue;
    const outcome = flushOutcome(storage);
    if (!outcome.ok) throw outcome.error;
    expectations.becomeDurable();
  }
}

function change(storage: Storage, expectations: Expectations, random: () => number, serial: number): void {
  const isInstall = random() < 0.12;
  const change = (isInstall ? randomInstall : randomChange)(random, expectations.latest, serial);
  const { installSnapshot } = change;
  if (installSnapshot) stageSnapshot(storage, installSnapshot, 48_000);
  expectations.possible.push(...momentsOf(change, expectations.latest));
  storage.write(change);
}

/** When it is answered, everything that was written before is durable too. */
function save(storage: Storage, expectations: Expectations, random: () => number): void {
  const snapshot = randomSave(random, expectations.latest);
  if (!snapshot) return;
  expectations.possible.push({ ...expectations.latest, snapshot });
  saveSnapshot(storage, snapshot);
  expectations.becomeDurable();
}

function isPowerCut(error: unknown): boolean {
  return error instanceof PowerCut || (error instanceof Error && error.cause instanceof PowerCut);
}

it(
  'what was acknowledged survives any power cut, and nothing appears that was not written',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(90), { minLength: 3, maxLength: 12 }), (seed, lives) => {
        const random = randomFrom(seed);
        const expectations = new Expectations();
        let files = new PowerCutFiles();
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
  let files = new PowerCutFiles();
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
