import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryBytes } from '../../../shared/log-entry.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { lockFolder } from '../../../main/disk/folder-lock.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import { openStorage, prepareStorage } from '../../../main/disk/open-storage.ts';
import type { HardState, Storage, StorageWrite } from '../../../main/ports.ts';
import { entriesFrom, entryAt, openAt, readAll, temporaryFolder, writeDurably } from './disk-fixture.ts';

describe('a new folder', () => {
  it('begins with an identity, boot 1 and an empty log', () => {
    const storageId = '11111111-2222-4333-8444-555555555555';
    const folder = join(temporaryFolder(), 'node-1');
    const { recovered } = openAt(folder, { newUuid: () => storageId });
    const hardState = { term: 0, votedFor: null };
    expect(recovered).toEqual({
      storageId,
      boot: 1,
      hardState,
      snapshot: null,
      compacted: { index: 0, term: 0 },
      lastIndex: 0,
      termRuns: [],
      entrySizes: [],
      configurations: [],
      repairs: [],
    });
    expect(readdirSync(folder).toSorted()).toEqual(['identity', 'log-00000001.seg']);
  });

  it('has an id of its own', () => {
    const [one, other] = [openAt(temporaryFolder()), openAt(temporaryFolder())];
    expect(one.recovered.storageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(one.recovered.storageId).not.toBe(other.recovered.storageId);
  });
});

describe('a folder that is prepared', () => {
  it('is known before its first start, which is boot 1', () => {
    const folder = temporaryFolder();
    const storageId = prepareStorage(openFolder(folder));
    expect(prepareStorage(openFolder(folder))).toBe(storageId);
    expect(openAt(folder).recovered).toMatchObject({ storageId, boot: 1, lastIndex: 0, repairs: [] });
  });

  it('stays as it is when it was begun already', () => {
    const folder = temporaryFolder();
    const storage = openStorage(openFolder(folder));
    writeDurably(storage, { entries: entriesFrom(1, 3) });
    storage.close();
    expect(prepareStorage(openFolder(folder))).toBe(storage.recovered.storageId);
    expect(openAt(folder).recovered).toMatchObject({ boot: 2, lastIndex: 3 });
  });
});

describe('opening again', () => {
  it('keeps the id and counts the boot up, even without a write', () => {
    const folder = temporaryFolder();
    const openings = [1, 2, 3].map(() => {
      const storage = openStorage(openFolder(folder));
      storage.close();
      return storage.recovered;
    });
    expect(openings.map(({ boot }) => boot)).toEqual([1, 2, 3]);
    expect(new Set(openings.map(({ storageId }) => storageId)).size).toBe(1);
  });

  it('finds entries of every form, term runs, sizes, term and vote', () => {
    const folder = temporaryFolder();
    const entries: LogEntry[] = [
      { index: 1, term: 1, kind: 'noop', payload: new Uint8Array(0) },
      { index: 2, term: 1, kind: 'client', payload: new Uint8Array(0), expect: { prevLogIndex: 0, prevLogTerm: 0 } },
      {
        index: 3,
        term: 1,
        kind: 'client',
        payload: new Uint8Array(9).fill(255),
        expect: { prevLogIndex: 2, prevLogTerm: 1 },
        continues: true,
      },
      { index: 4, term: Number.MAX_SAFE_INTEGER, kind: 'client', payload: new Uint8Array(1000), continues: true },
    ];
    const hardState = { term: Number.MAX_SAFE_INTEGER, votedFor: 65_535 };
    const storage = openAt(folder);
    writeDurably(storage, { hardState: { term: 1, votedFor: 3 }, entries }, { hardState });
    storage.close();
    const again = openAt(folder);
    expect(again.recovered).toMatchObject({
      hardState,
      lastIndex: 4,
      termRuns: [
        { term: 1, firstIndex: 1 },
        { term: Number.MAX_SAFE_INTEGER, firstIndex: 4 },
      ],
      entrySizes: entries.map(entryBytes),
    });
    expect(readAll(again, 4)).toEqual(entries);
  });

  it('finds the vote that was taken back', () => {
    const folder = temporaryFolder();
    const storage = openAt(folder);
    writeDurably(storage, { hardState: { term: 4, votedFor: 0 } }, { hardState: { term: 5, votedFor: null } });
    storage.close();
    expect(openAt(folder).recovered.hardState).toEqual({ term: 5, votedFor: null });
  });

  it('finds the entries that replaced others, across segments', () => {
    const folder = temporaryFolder();
    const storage = openAt(folder, { segmentBytesMax: 400 });
    for (const entry of entriesFrom(1, 12)) writeDurably(storage, { entries: [entry] });
    writeDurably(
      storage,
      { truncateFrom: 3, entries: entriesFrom(3, 6, 2) },
      { truncateFrom: 6, entries: entriesFrom(6, 9, 3) },
    );
    storage.close();
    expect(readdirSync(folder).length).toBeGreaterThan(3);
    const again = openAt(folder, { segmentBytesMax: 400 });
    expect(again.recovered.lastIndex).toBe(9);
    expect(readAll(again, 9)).toEqual([...entriesFrom(1, 2), ...entriesFrom(3, 5, 2), ...entriesFrom(6, 9, 3)]);
  });

  it('finds what was flushed by one who never closed', () => {
    const folder = temporaryFolder();
    const storage = openAt(folder);
    writeDurably(storage, { entries: entriesFrom(1, 3) });
    storage.write({ entries: [entryAt(4)] });
    expect(openAt(folder).recovered.lastIndex).toBe(3);
  });

  it('with the lock handed over, closes and unlocks in one', async () => {
    const folder = temporaryFolder();
    const lock = await lockFolder(folder);
    const storage = openStorage(openFolder(folder), { onClose: () => lock.release() });
    await expect(lockFolder(folder)).rejects.toThrow('is in use');
    storage.close();
    (await lockFolder(folder)).release();
  });
});

/** One act of the model: changes are given relative to the log they meet. */
type Act =
  | {
      readonly act: 'write';
      readonly keep: number;
      readonly payloads: readonly number[];
      readonly term: number;
      readonly vote: number | null;
    }
  | { readonly act: 'flush' | 'reopen' };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('write' as const),
      keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
      payloads: fc.array(fc.nat(120), { maxLength: 6 }),
      term: fc.nat(5),
      vote: fc.option(fc.nat(4)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('reopen' as const) }) },
);

/** Applies the write to the plain log, and says it in the port's words. */
function changeOf(
  write: Extract<Act, { act: 'write' }>,
  log: LogEntry[],
  terms: { hardState: HardState },
): StorageWrite {
  const kept = Math.ceil(log.length * write.keep);
  const truncateFrom = kept < log.length ? { truncateFrom: kept + 1 } : {};
  log.splice(kept);
  const entries = write.payloads.map((payloadBytes, at) => entryAt(kept + 1 + at, write.term, payloadBytes));
  log.push(...entries);
  terms.hardState = { term: write.term, votedFor: write.vote };
  return { ...truncateFrom, entries, hardState: terms.hardState };
}

function expectRecovered({ recovered }: Storage, log: readonly LogEntry[], hardState: HardState): void {
  const { storageId, boot, termRuns } = recovered;
  expect(termRuns[0]?.firstIndex).toBe(log.length > 0 ? 1 : undefined);
  const expected = { lastIndex: log.length, entrySizes: log.map(entryBytes), hardState, repairs: [] };
  const unused = { snapshot: null, compacted: { index: 0, term: 0 }, configurations: [] };
  expect(recovered).toEqual({ storageId, boot, termRuns, ...unused, ...expected });
}

describe('any sequence of writes, flushes and openings', () => {
  it('equals a plain list', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 40 }),
        fc.nat(600),
        fc.nat(800),
        (acts, segmentBytesMax, entryCacheBytesMax) => {
          const files = openFolder(temporaryFolder());
          const options = { segmentBytesMax, entryCacheBytesMax };
          const log: LogEntry[] = [];
          const terms: { hardState: HardState } = { hardState: { term: 0, votedFor: null } };
          let storage = openStorage(files, options);
          for (const act of acts) {
            if (act.act === 'write') storage.write(changeOf(act, log, terms));
            else if (act.act === 'flush') writeDurably(storage, {});
            else {
              storage.close();
              storage = openStorage(files, options);
              expectRecovered(storage, log, terms.hardState);
            }
            expect(readAll(storage, log.length)).toEqual(log);
          }
          storage.close();
        },
      ),
      { numRuns: 25 },
    );
  });
});
