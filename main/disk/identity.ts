/**
 * Who this folder is: its storage id, made once, and its boot counter, raised at every start before anything else. One
 * small file, never written in place: written aside, made durable, renamed, and the rename made durable.
 */
import type { BootId, StorageId } from '../../shared/ids.ts';
import type { Files } from '../ports.ts';
import { encodePreamble, formatVersion, preambleBytes, readPreamble } from './preamble.ts';
import { encodeRecord, readRecord, recordBytes, recordTarget } from './record.ts';
import { damaged, writtenByNewerVersion } from './storage-errors.ts';

export const identityName = 'identity';
/** A leftover of a start that was interrupted; without meaning. */
export const identityAsideName = 'identity.new';

export interface Identity {
  readonly storageId: StorageId;
  readonly boot: BootId;
}

const place = { seed: 0, offset: preambleBytes };

/** @throws StorageError when the file is damaged or of a newer version. @returns undefined when there is none. */
export function readIdentity(files: Files): Identity | undefined {
  if (!files.list().includes(identityName)) return undefined;
  const path = files.pathOf(identityName);
  const handle = files.open(identityName, 'read');
  try {
    const bytes = new Uint8Array(handle.size());
    handle.read(bytes, 0);
    const version = readPreamble(bytes, 'identity');
    if (version === undefined) throw damaged(path, 0, 'it does not begin as an identity file');
    if (version > formatVersion) throw writtenByNewerVersion(path, version, formatVersion);
    const record = readRecord(bytes, preambleBytes, place);
    if (record?.type !== 'meta')
      throw damaged(path, preambleBytes, 'the storage id and the boot counter cannot be read');
    return { storageId: record.storageId, boot: record.boot };
  } finally {
    handle.close();
  }
}

/** Replaces the identity file; when this returns the new one is durable, and at no time is there none. */
export function writeIdentity(files: Files, identity: Identity): void {
  const record = { type: 'meta', ...identity } as const;
  const bytes = new Uint8Array(preambleBytes + recordBytes(record));
  encodePreamble(bytes, 'identity');
  encodeRecord(recordTarget(bytes), preambleBytes, record, place, 0);
  if (files.list().includes(identityAsideName)) files.remove(identityAsideName);
  const handle = files.open(identityAsideName, 'create-new');
  try {
    handle.write(bytes, 0);
    handle.dataSync();
  } finally {
    handle.close();
  }
  files.rename(identityAsideName, identityName);
  files.syncFolder();
}
