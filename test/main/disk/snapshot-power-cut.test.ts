/**
 * The power goes at every act of saving, installing and compacting, with what is not flushed kept or lost in many ways:
 * the next opening finds the state before or the one after, never a log that does not join its snapshot.
 */
import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { listSegments } from '../../../main/disk/segment.ts';
import { PowerCut, PowerCutFiles } from '../../../main/faults/power-cut-files.ts';
import type { Storage } from '../../../main/ports.ts';
import {
  dataOf,
  entriesFrom,
  entryAt,
  flushOutcome,
  metaAt,
  readSnapshot,
  saveSnapshot,
  stageSnapshot,
  writeDurably,
} from './disk-fixture.ts';

const options = { segmentBytesMax: 700 };
const entries = entriesFrom(1, 60);
const saved = metaAt(35, 1, 70_000);

/** Sixty entries in many segments, in which others stood before at some places, and a snapshot of the first 35. */
function openSixty(files: PowerCutFiles): Storage {
  const storage = openStorage(files, options);
  writeDurably(storage, { hardState: { term: 1, votedFor: 2 } });
  for (const entry of entriesFrom(1, 25, 1, 40)) writeDurably(storage, { entries: [entry] });
  writeDurably(storage, { truncateFrom: 1 });
  for (const entry of entriesFrom(1, 45)) writeDurably(storage, { entries: [entry] });
  for (const entry of entriesFrom(46, 52, 1, 50)) writeDurably(storage, { entries: [entry] });
  writeDurably(storage, { truncateFrom: 41, entries: entriesFrom(41, 60) });
  saveSnapshot(storage, saved);
  return storage;
}

/** What is found after a power cut at act 0, 1, 2 … of `act`, each in several ways, until it is done without. */
function cutEverywhere(act: (storage: Storage) => void, check: (storage: Storage) => string): Set<string> {
  const found = new Set<string>();
  for (let acts = 0; ; acts += 1) {
    let isDone = false;
    for (const kept of [0, 0.3, 0.6, 0.999]) {
      const files = new PowerCutFiles();
      const storage = openSixty(files);
      files.cutPowerAfter(acts);
      isDone = finishes(() => act(storage));
      const survived = files.afterPowerCut(() => kept);
      const again = openStorage(survived, options);
      found.add(check(again));
      expectGoesOn(again, survived);
    }
    if (isDone) return found;
  }
}

function finishes(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof PowerCut || (error instanceof Error && error.cause instanceof PowerCut)) return false;
    throw error;
  }
}

/** The log takes another entry, and opens once more with all of it. */
function expectGoesOn(storage: Storage, files: PowerCutFiles): void {
  const { lastIndex, compacted, snapshot } = storage.recovered;
  expect(compacted.index).toBeLessThanOrEqual(snapshot?.lastIncludedIndex ?? 0);
  writeDurably(storage, { entries: [entryAt(lastIndex + 1, 9)] });
  const { recovered } = openStorage(
    files.afterPowerCut(() => 0),
    options,
  );
  expect(recovered).toMatchObject({ lastIndex: lastIndex + 1, compacted, snapshot, repairs: [] });
}

function expectSnapshot(storage: Storage): number {
  const { snapshot } = storage.recovered;
  if (!snapshot) throw new Error('there is a snapshot from the beginning on');
  expect(Buffer.compare(readSnapshot(storage, snapshot), dataOf(snapshot))).toBe(0);
  return snapshot.lastIncludedIndex;
}

function expectEntries(storage: Storage): void {
  const first = storage.recovered.compacted.index + 1;
  expect(storage.readEntries(first, 60, 1e9)).toEqual(entries.slice(first - 1));
}

describe('a power cut', () => {
  it('while a snapshot is saved leaves the former one or the new one', () => {
    const found = cutEverywhere(
      (storage) => saveSnapshot(storage, metaAt(50, 1, 66_000)),
      (storage) => {
        expectEntries(storage);
        return `${expectSnapshot(storage)}`;
      },
    );
    expect(found).toEqual(new Set(['35', '50']));
  });

  it.each([
    ['ahead of the log', 80],
    ['that contradicts it', 50],
  ])('while a snapshot %s is installed leaves all as it was, or a log that begins behind it', (_what, index) => {
    const meta = metaAt(index, 7, 66_000);
    const found = cutEverywhere(
      (storage) => {
        stageSnapshot(storage, meta, 48_000);
        const hardState = { term: 7, votedFor: null };
        storage.write({ hardState, installSnapshot: meta, entries: entriesFrom(index + 1, index + 2, 7) });
        const outcome = flushOutcome(storage);
        if (!outcome.ok) throw outcome.error;
      },
      (storage) => {
        const { lastIndex, compacted, hardState, entrySizes, repairs } = storage.recovered;
        const reasons = repairs.map(({ reason }) => reason).join();
        if (expectSnapshot(storage) === 35) {
          expectEntries(storage);
          return `${hardState.term === 7 ? 'term' : 'before'} ${compacted.index} ${lastIndex}`;
        }
        expect(compacted).toEqual({ index, term: 7 });
        expect(hardState).toEqual({ term: 7, votedFor: null });
        expect(entrySizes).toHaveLength(lastIndex - index);
        return reasons.includes('its installation was interrupted') ? 'finished' : `+${lastIndex - index}`;
      },
    );
    expect(found).toEqual(new Set(['before 0 60', 'term 0 60', 'finished', '+0', '+2']));
  });

  it('while the log is compacted leaves more or less of what the snapshot holds', () => {
    const found = cutEverywhere(
      (storage) => {
        storage.compact(35);
        // What fails on removing is no failure; the next flush is.
        writeDurably(storage, { hardState: { term: 2, votedFor: null } });
      },
      (storage) => {
        expectEntries(storage);
        expect(expectSnapshot(storage)).toBe(35);
        return `${storage.recovered.compacted.index}`;
      },
    );
    expect([...found].map(Number).toSorted((left, right) => left - right)).toEqual([0, expect.any(Number)]);
    expect(Math.max(...[...found].map(Number))).toBeGreaterThan(25);
  });
});

describe('compaction', () => {
  it('keeps a segment in which the log was cut back to before its beginning, and the ones that it needs', () => {
    const files = new PowerCutFiles();
    const storage = openStorage(files, options);
    for (const entry of entriesFrom(1, 20)) writeDurably(storage, { entries: [entry] });
    const before = listSegments(files).at(-1) ?? 0;
    // Back to before several segments: these entries stand in the last ones now.
    for (const entry of entriesFrom(6, 40, 2)) {
      writeDurably(storage, entry.index === 6 ? { truncateFrom: 6, entries: [entry] } : { entries: [entry] });
    }
    saveSnapshot(storage, metaAt(18, 2));
    storage.compact(18);
    expect(listSegments(files)[0]).toBeGreaterThan(before);
    const { recovered } = openStorage(files, options);
    expect(recovered.compacted.index).toBeGreaterThanOrEqual(6);
    expect(recovered.compacted.index).toBeLessThanOrEqual(18);
    expect(storage.readEntries(19, 40, 1e9)).toEqual(entriesFrom(19, 40, 2));
  });
});
