/**
 * Opens a data folder as a server's Storage. The caller holds the folder's lock (folder-lock.ts).
 */
import { randomUUID } from 'node:crypto';
import { limits } from '../../shared/cluster-config.ts';
import { AssertionError } from '../../shared/assert.ts';
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { BootId, StorageId } from '../../shared/ids.ts';
import type { Files, RecoveredState, Storage } from '../ports.ts';
import { ByteWindow } from './byte-window.ts';
import { restartLog } from './compaction.ts';
import { identityName, readIdentity, writeIdentity } from './identity.ts';
import { LogStorage } from './log-storage.ts';
import type { LogState } from './log-state.ts';
import { recoverLog } from './recovery.ts';
import type { Repair } from './repair.ts';
import { createSegment, listSegments, segmentName, segmentStart } from './segment.ts';
import { snapshotName, SnapshotStore } from './snapshot-store.ts';
import { damaged, toStorageError } from './storage-errors.ts';
import { Wal } from './wal.ts';

export interface OpenStorageOptions {
  /** Default `limits.segmentBytesMax`. */
  readonly segmentBytesMax?: number;
  /** Default `limits.entryCacheBytesMax`. */
  readonly entryCacheBytesMax?: number;
  /** Makes the storage id of a new folder: a uuid. */
  readonly newUuid?: () => StorageId;
  /**
   * A new folder's boots begin behind this one: 0 when not given. Whoever puts a new folder in the place of a lost one says the
   * last boot of that, so that no two lives of a server have the same number.
   */
  readonly bootAfter?: BootId;
  /** For `durationNs`: monotonic nanoseconds. */
  readonly nowNs?: () => number;
  /** Called once when the storage has been closed: releases the folder's lock. */
  readonly onClose?: () => void;
}

/**
 * Opens the folder, or begins it when it is empty; counts the boot up before it looks at the log.
 * @throws StorageError when the folder can't be used, or holds a log that can't be trusted.
 */
export function openStorage(files: Files, options: OpenStorageOptions = {}): Storage {
  try {
    return open(files, options);
  } catch (error) {
    if (error instanceof AssertionError) throw error;
    throw toStorageError(error, files.pathOf(''), 'open');
  }
}

/**
 * Makes a folder that is known before its first start, which will be boot 1. One that was begun already stays as it is.
 * @returns its storage id. @throws StorageError when the folder can't be used.
 */
export function prepareStorage(files: Files, newUuid: () => StorageId = randomUUID): StorageId {
  try {
    const known = readIdentity(files);
    if (known) return known.storageId;
    dropUnfinishedBirth(files);
    const storageId = newUuid();
    createFirstSegment(files, storageId);
    writeIdentity(files, { storageId, boot: 0 });
    return storageId;
  } catch (error) {
    throw toStorageError(error, files.pathOf(''), 'open');
  }
}

function open(files: Files, options: OpenStorageOptions): Storage {
  const known = readIdentity(files);
  const birthRepairs = known ? [] : dropUnfinishedBirth(files);
  const identity = known
    ? { ...known, boot: known.boot + 1 }
    : { storageId: (options.newUuid ?? randomUUID)(), boot: (options.bootAfter ?? 0) + 1 };
  if (!known) createFirstSegment(files, identity.storageId);
  writeIdentity(files, identity);
  const { store: snapshots, repairs } = SnapshotStore.open(files, identity.storageId);
  try {
    const log = recoverLog(files, identity.storageId, snapshots.meta);
    const { state } = log;
    const wal = new Wal(files, identity.storageId, log.last, options.segmentBytesMax ?? limits.segmentBytesMax);
    const installRepairs = finishInstall(files, wal, state, snapshots.meta);
    return new LogStorage({
      files,
      recovered: {
        ...identity,
        ...describeLog(state),
        snapshot: snapshots.meta,
        repairs: [...birthRepairs, ...repairs, ...log.repairs, ...installRepairs],
      },
      state,
      wal,
      snapshots,
      entryCacheBytesMax: options.entryCacheBytesMax ?? limits.entryCacheBytesMax,
      nowNs: options.nowNs ?? (() => Number(process.hrtime.bigint())),
      onClose: options.onClose ?? (() => {}),
    });
  } catch (error) {
    snapshots.close();
    throw error;
  }
}

function describeLog(state: LogState): Omit<RecoveredState, 'storageId' | 'boot' | 'snapshot' | 'repairs'> {
  const { base, last, index, termRuns, hardState, configurations } = state;
  const entrySizes = Array.from(
    { length: last.index - base.index },
    (_, position) => index.at(base.index + 1 + position).entryBytes,
  );
  return { hardState, compacted: base, lastIndex: last.index, termRuns: termRuns.runs, entrySizes, configurations };
}

/**
 * A snapshot that the log does not lead up to came from another server, and the node ended before the log began anew
 * behind it. It is done now: all that the snapshot holds is committed, and a log that contradicts it or ends before it is not wanted.
 */
function finishInstall(files: Files, wal: Wal, state: LogState, snapshot: SnapshotMeta | null): Repair[] {
  if (!snapshot) return [];
  const { lastIncludedIndex: index, lastIncludedTerm: term } = snapshot;
  if (state.covers({ index, term })) return [];
  if (state.hardState.term < term) {
    const what = `it is of term ${term}, but the log knows no term above ${state.hardState.term}`;
    throw damaged(files.pathOf(snapshotName), 0, what);
  }
  restartLog(files, wal, state, { index, term });
  const reason = `its installation was interrupted; the log begins anew behind entry ${index}`;
  return [{ file: snapshotName, offset: 0, cutBytes: 0, reason }];
}

/**
 * The first segment is durable before the identity file is: a folder with an identity has a log, and a log that went
 * missing is told from one that never was.
 */
function createFirstSegment(files: Files, storageId: StorageId): void {
  const hardState = { term: 0, votedFor: null };
  createSegment(files, {
    storageId,
    segment: 1,
    previousSegmentBytes: 0,
    lastIndex: 0,
    lastTerm: 0,
    hardState,
  }).close();
}

/** Removes what a first start left that ended before it wrote the identity: a segment without records. */
function dropUnfinishedBirth(files: Files): Repair[] {
  if (files.list().includes(snapshotName))
    throw damaged(files.pathOf(identityName), 0, 'the file is missing, but there is a snapshot');
  const segments = listSegments(files);
  if (segments.length === 0) return [];
  const name = segmentName(segments[0] ?? 1);
  const handle = files.open(name, 'read');
  let dataEnd: number;
  try {
    dataEnd = new ByteWindow(handle).dataEnd();
  } finally {
    handle.close();
  }
  if (segments.length > 1 || name !== segmentName(1) || dataEnd > segmentStart) {
    throw damaged(files.pathOf(identityName), 0, 'the file is missing, but there is a log');
  }
  files.remove(name);
  files.syncFolder();
  return [{ file: name, offset: 0, cutBytes: dataEnd, reason: 'the first start of this folder was interrupted' }];
}
