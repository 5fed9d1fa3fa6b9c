/**
 * Files that are not what was written: every byte of a folder changed, and folders mangled at random. An opening refuses with
 * a StorageError that names file and byte, or finds a log that there once was: never another error, never another log.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameBytes, marker, markerAt, sealFrame } from '../../../main/disk/frame.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { decodeBody } from '../../../main/disk/record.ts';
import { listSegments, segmentName, segmentSeed, segmentStart } from '../../../main/disk/segment.ts';
import { PowerCutFiles } from '../../../main/faults/power-cut-files.ts';
import { StorageError } from '../../../main/ports.ts';
import type { Files, Storage, StorageWrite } from '../../../main/ports.ts';
import { entriesFrom, entryAt, metaAt, saveSnapshot, writeDurably } from './disk-fixture.ts';
import { firstMoment, momentOn, momentsOf, seenBehind } from './disk-moments.ts';
import type { Moment } from './disk-moments.ts';

const options = { segmentBytesMax: 900 };
const snapshot = metaAt(6, 2, 300);

const changes: readonly StorageWrite[] = [
  { hardState: { term: 1, votedFor: 1 }, entries: entriesFrom(1, 6) },
  { hardState: { term: 2, votedFor: null }, truncateFrom: 5, entries: entriesFrom(5, 7, 2, 90) },
  { entries: [entryAt(8, 2, 200)] },
  { hardState: { term: 3, votedFor: 0 }, entries: entriesFrom(9, 12, 3, 60) },
  { truncateFrom: 11, entries: entriesFrom(11, 13, 4, 60) },
  { entries: [entryAt(14, 4, 100)] },
];

/** A folder of several segments, perhaps with a snapshot, and all the moments of its life. */
function folder(withSnapshot: boolean): { readonly files: PowerCutFiles; readonly moments: readonly Moment[] } {
  const files = new PowerCutFiles();
  const storage = openStorage(files, options);
  const moments = [firstMoment];
  for (const change of changes) {
    moments.push(...momentsOf(change, moments.at(-1) ?? firstMoment));
    writeDurably(storage, change);
    if (withSnapshot && change === changes[2]) saveSnapshot(storage, snapshot);
  }
  storage.close();
  return { files, moments };
}

function bytesOf(files: Files, name: string): Uint8Array {
  const handle = files.open(name, 'read');
  const bytes = new Uint8Array(handle.size());
  handle.read(bytes, 0);
  return bytes;
}

function put(files: Files, name: string, bytes: Uint8Array): void {
  if (files.list().includes(name)) files.remove(name);
  files.open(name, 'create-new').write(bytes, 0);
}

/** Undefined when the folder is refused as damaged. */
function opened(files: Files): Storage | StorageError {
  try {
    return openStorage(files, options);
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
}

/** What is found was there once, with the snapshot or before it. */
function expectOnceThere(storage: Storage, moments: readonly Moment[]): void {
  const found = momentOn(storage);
  const { index } = found.base;
  // A log that ends before the snapshot begins anew behind it, at the terms that it has.
  if (index === snapshot.lastIncludedIndex && found.log.length === 0) return;
  const seen = moments.map((moment) => seenBehind(index, { ...moment, snapshot: found.snapshot }));
  expect(seen).toContainEqual(found);
}

/** The sentence names the file, and no byte behind the changed one. */
function expectRefusal({ code, message }: StorageError, name: string, changedByte: number): void {
  expect(code).toBe('damaged');
  expect(message).toMatch(new RegExp(`/${name} (is damaged at byte \\d+:|was written by a newer version)`));
  expect(Number(/at byte (\d+)/.exec(message)?.[1] ?? 0)).toBeLessThanOrEqual(changedByte);
}

/** The changed byte is in the last flush, which is cut and reported, or in the zeros behind it. */
function expectLastFlushGone(storage: Storage, isLastFile: boolean, moments: readonly Moment[]): void {
  expect(isLastFile).toBe(true);
  expect(storage.recovered.repairs).toHaveLength(1);
  expect([13, 14]).toContain(storage.recovered.lastIndex);
  expectOnceThere(storage, moments);
}

describe('a byte that is changed', () => {
  it('anywhere before the last flush is refused, with the file and the byte; in it, the log is the one before', () => {
    for (const withSnapshot of [false, true]) {
      const { files, moments } = folder(withSnapshot);
      const last = segmentName(listSegments(files).at(-1) ?? 0);
      for (const name of files.list()) {
        const original = bytesOf(files, name);
        for (let at = 0; at < original.length; at += 1) {
          const copy = files.asWritten();
          put(copy, name, original.with(at, (original[at] ?? 0) ^ (1 << (at % 8))));
          const found = opened(copy);
          if (found instanceof StorageError) expectRefusal(found, name, at);
          else expectLastFlushGone(found, name === last, moments);
        }
      }
    }
  });
});

/** One way in which a file gets mangled. */
type Mangling =
  | { readonly kind: 'overwrite' | 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'delete' | 'copy'; readonly at: number; readonly from: number; readonly count: number }
  | { readonly kind: 'cut' | 'remove'; readonly at: number };

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const someBytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
const mangling: fc.Arbitrary<Mangling> = fc.oneof(
  fc.record({ kind: fc.constantFrom('overwrite' as const, 'insert' as const), at: share, bytes: someBytes }),
  fc.record({
    kind: fc.constantFrom('delete' as const, 'copy' as const),
    at: share,
    from: share,
    count: fc.integer({ min: 1, max: 300 }),
  }),
  fc.record({ kind: fc.constantFrom('cut' as const, 'remove' as const), at: share }),
);

function mangle(bytes: Uint8Array, how: Mangling): Uint8Array {
  const at = Math.floor(how.at * bytes.length);
  const [head, tail] = [bytes.slice(0, at), bytes.slice(at)];
  if (how.kind === 'overwrite') return Buffer.concat([head, how.bytes, tail.subarray(how.bytes.length)]);
  if (how.kind === 'insert') return Buffer.concat([head, how.bytes, tail]);
  if (how.kind === 'delete') return Buffer.concat([head, tail.subarray(how.count)]);
  if (how.kind !== 'copy') return head;
  const from = Math.floor(how.from * bytes.length);
  return Buffer.concat([head, bytes.slice(from, from + how.count), tail.subarray(how.count)]);
}

it('a folder that was mangled is refused, or opens at a log that there once was', { timeout: 120_000 }, () => {
  const folders = [folder(false), folder(true)];
  let refused = 0;
  const step = fc.tuple(share, mangling);
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 4 }), (withSnapshot, steps) => {
      const { files, moments } = folders[withSnapshot ? 1 : 0] ?? folder(withSnapshot);
      const copy = files.asWritten();
      for (const [which, how] of steps) {
        const name = copy.list()[Math.floor(which * copy.list().length)] ?? '';
        if (how.kind === 'remove') copy.remove(name);
        else put(copy, name, mangle(bytesOf(copy, name), how));
        if (copy.list().length === 0) return;
      }
      const found = opened(copy);
      if (found instanceof StorageError) refused += 1;
      else expectOnceThere(found, moments);
    }),
    { numRuns: 3_000 },
  );
  expect(refused).toBeGreaterThan(1_000);
});

it('a record that is whole but senseless is refused: any body, any type, sealed as a flush of its own', () => {
  const { files, moments } = folder(false);
  const segments = listSegments(files);
  const name = segmentName(segments.at(-1) ?? 1);
  const original = bytesOf(files, name);
  const seed = segmentSeed(openStorage(files.asWritten(), options).recovered.storageId, segments.at(-1) ?? 1);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 120 }),
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 1, max: 7 }),
      (body, any, known) => {
        for (const type of [any, known]) {
          const bytes = new Uint8Array(original.length + frameBytes + body.length);
          bytes.set(original.subarray(0, segmentStart));
          bytes.set(body, segmentStart + frameBytes);
          sealFrame(
            new DataView(bytes.buffer),
            segmentStart,
            { seed, offset: segmentStart },
            { type, bodyBytes: body.length, flushOffset: segmentStart },
          );
          expect(bytes.subarray(segmentStart + markerAt, segmentStart + frameBytes)).toEqual(marker);
          const copy = files.asWritten();
          put(copy, name, bytes);
          const found = opened(copy);
          const record = decodeBody(bytes, segmentStart, { type, bodyBytes: body.length, flushOffset: segmentStart });
          if (found instanceof StorageError) expectRefusal(found, name, segmentStart);
          else if (record === undefined) expectOnceThere(found, moments);
        }
      },
    ),
    { numRuns: 500 },
  );
});
