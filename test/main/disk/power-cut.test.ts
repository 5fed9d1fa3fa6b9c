/**
 * The promise of the whole folder: whatever was acknowledged is there after any power cut, and what else is there is
 * what was written, up to some point in the order of writing. The real code runs on a simulated disk, whose power goes
 * at any act, in recovery too.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import type { Storage, StorageWrite } from '../../../main/ports.ts';
import { entryAt, flushOutcome, metaAt, saveSnapshot, stageSnapshot } from './disk-fixture.ts';
import {
  Expectations,
  expectOpened,
  isPowerCut,
  lastIndexOf,
  momentOn,
  momentsOf,
  randomFrom,
} from './disk-moments.ts';
import type { Moment } from './disk-moments.ts';
import { PowerCutFiles } from '../../../main/faults/power-cut-files.ts';

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
