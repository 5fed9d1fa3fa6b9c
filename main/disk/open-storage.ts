/**
 * Opens a data folder as a server's Storage. The caller holds the folder's lock (folder-lock.ts).
 */
import { randomUUID } from 'node:crypto';
import { limits } from '../../shared/cluster-config.ts';
import { AssertionError } from '../../shared/assert.ts';
import { entryOverheadBytes } from '../../shared/log-entry.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { Files, RecoveredState, Storage } from '../ports.ts';
import { ByteWindow } from './byte-window.ts';
import type { EntryIndex } from './entry-index.ts';
import { identityName, readIdentity, writeIdentity } from './identity.ts';
import { LogStorage } from './log-storage.ts';
import { recoverLog } from './recovery.ts';
import type { Repair } from './recovery.ts';
import { createSegment, listSegments, segmentName, segmentStart } from './segment.ts';
import { damaged, toStorageError } from './storage-errors.ts';
import { Wal } from './wal.ts';

export interface OpenStorageOptions {
  /** Default `limits.segmentBytesMax`. */
  readonly segmentBytesMax?: number;
  /** Default `limits.entryCacheBytesMax`. */
  readonly entryCacheBytesMax?: number;
  /** Makes the storage id of a new folder: a uuid. */
  readonly newUuid?: () => StorageId;
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

function open(files: Files, options: OpenStorageOptions): Storage {
  const known = readIdentity(files);
  const birthRepairs = known ? [] : dropUnfinishedBirth(files);
  const identity = known
    ? { ...known, boot: known.boot + 1 }
    : { storageId: (options.newUuid ?? randomUUID)(), boot: 1 };
  if (!known) createFirstSegment(files, identity.storageId);
  writeIdentity(files, identity);
  const { state, last, repairs } = recoverLog(files, identity.storageId);
  const recovered: RecoveredState = {
    ...identity,
    hardState: state.hardState,
    lastIndex: state.index.lastIndex,
    termRuns: state.termRuns.runs,
    entrySizes: listEntrySizes(state.index),
    repairs: [...birthRepairs, ...repairs],
  };
  return new LogStorage({
    files,
    recovered,
    state,
    wal: new Wal(files, identity.storageId, last, options.segmentBytesMax ?? limits.segmentBytesMax),
    entryCacheBytesMax: options.entryCacheBytesMax ?? limits.entryCacheBytesMax,
    nowNs: options.nowNs ?? (() => Number(process.hrtime.bigint())),
    onClose: options.onClose ?? (() => {}),
  });
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

function listEntrySizes(index: EntryIndex): number[] {
  return Array.from(
    { length: index.lastIndex },
    (_, position) => index.at(position + 1).payloadBytes + entryOverheadBytes,
  );
}
