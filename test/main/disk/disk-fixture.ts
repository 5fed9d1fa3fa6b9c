/** What the disk tests share: real folders that vanish afterwards, entries to write, and the few steps that repeat. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import type { OpenStorageOptions } from '../../../main/disk/open-storage.ts';
import { StorageError } from '../../../main/ports.ts';
import type { Files, FlushOutcome, Storage, StorageWrite } from '../../../main/ports.ts';

/** An empty folder's real path; removed when the test ends. */
export function temporaryFolder(): string {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'raft-disk-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens the folder; closed when the test ends, if the test has not done it. */
export function openAt(folder: string, options?: OpenStorageOptions): Storage {
  const storage = openStorage(openFolder(folder), options);
  onTestFinished(() => storage.close());
  return storage;
}

/** Entry `index` with a payload that says who it is. */
export function entryAt(index: number, term = 1, payloadBytes = 20): LogEntry {
  const payload = new Uint8Array(payloadBytes);
  payload.forEach((_, at) => (payload[at] = (index * 31 + term * 7 + at) & 0xff));
  return { index, term, kind: 'client', payload };
}

export function entriesFrom(firstIndex: number, lastIndex: number, term = 1, payloadBytes = 20): LogEntry[] {
  return Array.from({ length: lastIndex - firstIndex + 1 }, (_, at) => entryAt(firstIndex + at, term, payloadBytes));
}

export function flushOutcome(storage: Storage): FlushOutcome {
  const outcomes: FlushOutcome[] = [];
  storage.flush((outcome) => outcomes.push(outcome));
  const [outcome] = outcomes;
  if (outcome === undefined || outcomes.length > 1) throw new Error(`flush answered ${outcomes.length} times`);
  return outcome;
}

/** Writes each change and makes it durable, one flush each. */
export function writeDurably(storage: Storage, ...changes: StorageWrite[]): void {
  for (const change of changes) {
    storage.write(change);
    const outcome = flushOutcome(storage);
    if (!outcome.ok) throw outcome.error;
  }
}

/** All entries of the log. */
export function readAll(storage: Storage, lastIndex: number): LogEntry[] {
  return lastIndex === 0 ? [] : storage.readEntries(1, lastIndex, Number.MAX_SAFE_INTEGER);
}

/** The StorageError that `act` throws. */
export function storageErrorOf(act: () => unknown): StorageError {
  try {
    act();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
  throw new Error('it did not throw');
}

export function flipByte(path: string, offset: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(offset) ^ 0x40, offset);
  writeFileSync(path, bytes);
}

/** `files` with some methods replaced; those of its handles by `wrapHandle`. */
export function wrapFiles(
  files: Files,
  wrapHandle: (handle: ReturnType<Files['open']>, name: string) => ReturnType<Files['open']>,
): Files {
  return {
    list: () => files.list(),
    open: (name, mode) => wrapHandle(files.open(name, mode), name),
    rename: (from, to) => files.rename(from, to),
    remove: (name) => files.remove(name),
    syncFolder: () => files.syncFolder(),
    pathOf: (name) => files.pathOf(name),
  };
}

/** The real folder without waiting for the disk: for tests that open hundreds of times and cut no power. */
export function openUnsyncedFolder(folder: string): Files {
  const files = wrapFiles(openFolder(folder), (handle) => ({
    read: (buffer, position) => handle.read(buffer, position),
    write: (bytes, position) => handle.write(bytes, position),
    truncate: (length) => handle.truncate(length),
    dataSync: () => {},
    size: () => handle.size(),
    close: () => handle.close(),
  }));
  return { ...files, syncFolder: () => {} };
}

/** What a snapshot of a log up to `index` says, with `totalBytes` of data. */
export function metaAt(index: number, term = 1, totalBytes = 100): SnapshotMeta {
  const configuration = { voters: [{ id: 0, storage: 7 }], outgoing: [], learners: [{ id: 4, storage: 0 }] };
  return { lastIncludedIndex: index, lastIncludedTerm: term, configuration, configurationIndex: 0, totalBytes };
}

/** The data of the snapshot that `meta` describes: equal on every server. */
export function dataOf({ lastIncludedIndex, lastIncludedTerm, totalBytes }: SnapshotMeta): Uint8Array {
  return Uint8Array.from(
    { length: totalBytes },
    (_, at) => (lastIncludedIndex * 13 + lastIncludedTerm * 5 + at) & 0xff,
  );
}

export function saveSnapshot(storage: Storage, meta: SnapshotMeta): void {
  const outcomes: FlushOutcome[] = [];
  storage.saveSnapshot(meta, dataOf(meta), (outcome) => outcomes.push(outcome));
  const [outcome] = outcomes;
  if (outcome === undefined || outcomes.length > 1) throw new Error(`saving answered ${outcomes.length} times`);
  if (!outcome.ok) throw outcome.error;
}

/** Stages the snapshot that `meta` describes, in chunks. */
export function stageSnapshot(storage: Storage, meta: SnapshotMeta, chunkBytes = 40): void {
  const data = dataOf(meta);
  const { lastIncludedIndex, lastIncludedTerm } = meta;
  for (let offset = 0; offset === 0 || offset < data.length; offset += chunkBytes) {
    const chunk = data.subarray(offset, offset + chunkBytes);
    storage.stageChunk({ lastIncludedIndex, lastIncludedTerm, offset, data: chunk });
  }
}

/** The storage's whole snapshot. */
export function readSnapshot(storage: Storage, meta: SnapshotMeta): Uint8Array {
  return storage.readSnapshot(0, meta.totalBytes);
}
