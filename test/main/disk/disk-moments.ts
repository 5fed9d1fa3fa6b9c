/**
 * What a folder may hold after a power cut: the moments that its changes pass through, in the order in which they stand on
 * disk. What was acknowledged is the earliest that an opening may find.
 */
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import { entryBytes } from '../../../shared/log-entry.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { PowerCut } from '../../../main/faults/power-cut-files.ts';
import type { HardState, Storage, StorageWrite } from '../../../main/ports.ts';
import { dataOf, readSnapshot } from './disk-fixture.ts';

export interface Moment {
  readonly hardState: HardState;
  readonly snapshot: SnapshotMeta | null;
  /** Where the log begins: (0, 0), or the snapshot behind which it began anew. */
  readonly base: { readonly index: number; readonly term: number };
  /** All entries behind `base`, compacted or not. */
  readonly log: readonly LogEntry[];
}

export const firstMoment: Moment = {
  hardState: { term: 0, votedFor: null },
  snapshot: null,
  base: { index: 0, term: 0 },
  log: [],
};

export const lastIndexOf = ({ base, log }: Moment): number => base.index + log.length;

/** The moments that a change passes through, in the order in which its records stand on disk. */
export function momentsOf(change: StorageWrite, before: Moment): Moment[] {
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

/** A moment as far as an opening can tell it: without the entries up to `compactedIndex`. */
export function seenBehind(compactedIndex: number, { hardState, snapshot, base, log }: Moment): Moment | undefined {
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

export function momentOn(storage: Storage): Moment {
  const { hardState, lastIndex, snapshot, compacted, entrySizes } = storage.recovered;
  const log =
    lastIndex > compacted.index ? storage.readEntries(compacted.index + 1, lastIndex, Number.MAX_SAFE_INTEGER) : [];
  const sizes = log.map(entryBytes);
  if (!isDeepStrictEqual(entrySizes, sizes)) expect(entrySizes).toEqual(sizes);
  const isAsSaved = !snapshot || Buffer.compare(readSnapshot(storage, snapshot), dataOf(snapshot)) === 0;
  expect(isAsSaved).toBe(true);
  return { hardState, snapshot, base: compacted, log };
}

/** What the storage was last known to hold, and what it may hold besides. */
export class Expectations {
  durable: Moment = firstMoment;
  possible: Moment[] = [];
  boot = 0;
  storageId: string | undefined;

  get latest(): Moment {
    return this.possible.at(-1) ?? this.durable;
  }

  copy(): Expectations {
    return Object.assign(new Expectations(), this, { possible: [...this.possible] });
  }

  becomeDurable(): void {
    this.durable = this.latest;
    this.possible = [];
  }
}

/** Compares what an opening found with what it may find, and takes it as the new beginning. */
export function expectOpened(storage: Storage, expectations: Expectations): void {
  const { boot, storageId } = storage.recovered;
  expect(boot).toBeGreaterThan(expectations.boot);
  expect(storageId).toBe(expectations.storageId ?? storageId);
  expectations.boot = boot;
  expectations.storageId = storageId;
  const found = momentOn(storage);
  const seen = [expectations.durable, ...expectations.possible].map((moment) => seenBehind(found.base.index, moment));
  // Quick where it holds, which is tens of thousands of times; where not, it says what was expected.
  if (!seen.some((moment) => isDeepStrictEqual(moment, found))) expect(seen).toContainEqual(found);
  expectations.durable = found;
  expectations.possible = [];
}

export function isPowerCut(error: unknown): boolean {
  return error instanceof PowerCut || (error instanceof Error && error.cause instanceof PowerCut);
}

/** mulberry32: numbers from 0 to below 1 from a seed. */
export function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
