/**
 * The power goes at every byte that is written, in each kind of change and in the opening before it: what is behind that byte
 * is lost or noise, what is before it is on disk, or only some sectors of it. Every acknowledged entry is there afterwards,
 * what else is there is the beginning of what was being written, and the log goes on.
 */
import { expect, it } from 'vitest';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { PowerCutFiles } from '../../../main/faults/power-cut-files.ts';
import type { TornSector } from '../../../main/faults/power-cut-files.ts';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import type { Storage, StorageWrite } from '../../../main/ports.ts';
import { entriesFrom, entryAt, flushOutcome, metaAt, saveSnapshot, stageSnapshot } from './disk-fixture.ts';
import { Expectations, expectOpened, isPowerCut, lastIndexOf, momentsOf, randomFrom } from './disk-moments.ts';

/** What is done between two acknowledgements: changes that share a flush, or a snapshot, or a compaction. */
type Step =
  | { readonly writes: readonly StorageWrite[] }
  | { readonly save: SnapshotMeta }
  | { readonly compact: number };

const options = { segmentBytesMax: 900, entryCacheBytesMax: 100 };
const vote = (term: number): StorageWrite => ({ hardState: { term, votedFor: 1 } });

/** What stands there before: eight entries, some of which took the place of others, in two segments. */
const before: readonly Step[] = [
  { writes: [vote(1), { entries: entriesFrom(1, 6) }] },
  { writes: [{ hardState: { term: 2, votedFor: null }, truncateFrom: 5, entries: entriesFrom(5, 7, 2, 90) }] },
  { writes: [{ entries: [entryAt(8, 2, 200)] }] },
];

const installed = (index: number): StorageWrite => ({
  hardState: { term: 4, votedFor: null },
  installSnapshot: metaAt(index, 4, 130),
  entries: entriesFrom(index + 1, index + 2, 4),
});

const changes: Readonly<Record<string, readonly Step[]>> = {
  'one small entry': [{ writes: [{ entries: [entryAt(9, 2, 1)] }] }],
  'entries across sectors, in several writes of one flush': [
    { writes: [{ entries: entriesFrom(9, 11, 2, 120) }, { entries: [entryAt(12, 2, 0), entryAt(13, 2, 300)] }] },
  ],
  'a vote': [{ writes: [vote(3)] }],
  'a vote with entries of its term': [{ writes: [{ ...vote(3), entries: entriesFrom(9, 10, 3) }] }],
  'a truncation': [{ writes: [{ truncateFrom: 6 }] }],
  'a truncation with what takes its place': [
    { writes: [{ ...vote(3), truncateFrom: 3, entries: entriesFrom(3, 6, 3, 50) }] },
  ],
  'a truncation of entries that were not flushed': [
    { writes: [{ entries: entriesFrom(9, 12, 2) }, { ...vote(3), truncateFrom: 10, entries: [entryAt(10, 3, 70)] }] },
  ],
  'a flush that begins a segment': [
    { writes: [{ entries: [entryAt(9, 2, 400)] }] },
    { writes: [{ entries: [entryAt(10, 2, 400)] }] },
  ],
  'an own snapshot, then a shorter log': [{ save: metaAt(7, 2, 150) }, { compact: 7 }, { writes: [vote(3)] }],
  'another server’s snapshot ahead of the log': [{ writes: [installed(20)] }, { writes: [vote(5)] }],
  'another server’s snapshot that contradicts the log': [{ writes: [installed(7)] }],
};

function take(storage: Storage, step: Step, expectations: Expectations): void {
  if ('compact' in step) return storage.compact(step.compact);
  if ('save' in step) {
    expectations.possible.push({ ...expectations.latest, snapshot: step.save });
    saveSnapshot(storage, step.save);
  } else {
    for (const change of step.writes) {
      expectations.possible.push(...momentsOf(change, expectations.latest));
      if (change.installSnapshot) stageSnapshot(storage, change.installSnapshot);
      storage.write(change);
    }
    const outcome = flushOutcome(storage);
    if (!outcome.ok) throw outcome.error;
  }
  return expectations.becomeDurable();
}

/** Opens and takes all steps. @returns false when the power went on the way. */
function live(files: PowerCutFiles, steps: readonly Step[], expectations: Expectations): boolean {
  try {
    const storage = openStorage(files, options);
    expectOpened(storage, expectations);
    for (const step of steps) take(storage, step, expectations);
    return true;
  } catch (error) {
    if (isPowerCut(error)) return false;
    throw error;
  }
}

/** The log opens as it may, takes one more entry, and opens with that. */
function expectWholeLog(files: PowerCutFiles, expectations: Expectations): void {
  const storage = openStorage(files, options);
  expectOpened(storage, expectations);
  take(storage, { writes: [{ entries: [entryAt(lastIndexOf(expectations.latest) + 1, 9)] }] }, expectations);
  const again = openStorage(
    files.afterPowerCut(() => 0),
    options,
  );
  expect(again.recovered.repairs).toEqual([]);
  expectOpened(again, expectations);
}

/** @returns at how many bytes the power went. */
function cutAtEveryByte(steps: readonly Step[], torn: TornSector): number {
  const base = new PowerCutFiles();
  const known = new Expectations();
  if (!live(base, before, known)) throw new Error('nothing cuts the power here');
  for (let bytes = 0; ; bytes += 1) {
    const files = base.asWritten();
    const expectations = known.copy();
    files.cutPowerAfterBytes(bytes, torn);
    const isDone = live(files, steps, expectations);
    expectWholeLog(files.asWritten(), expectations.copy());
    // Of many mixes of sectors one is as good as its neighbour.
    if (bytes % 8 === 0) expectWholeLog(files.afterPowerCut(randomFrom(bytes)), expectations);
    if (isDone) return bytes;
  }
}

it.each(
  Object.entries(changes).flatMap(([name, steps]) => [['lost', name, steps] as const, ['noise', name, steps] as const]),
)('the rest of the sector is %s: %s', (torn, _name, steps) => {
  // Opening alone writes the identity and the last flush again.
  expect(cutAtEveryByte(steps, torn)).toBeGreaterThan(300);
});
