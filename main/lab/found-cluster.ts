/**
 * What a cluster begins with: its first voters, each with the folder that it will always have. The folders are made before any
 * node starts, so that a server that loses its folder is not taken for its former self (rule `no-amnesia`).
 */
import type { Server } from '../../shared/configuration.ts';
import { storageNumberOf } from '../../shared/ids.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { openFolder } from '../disk/node-files.ts';
import { prepareStorage } from '../disk/open-storage.ts';
import { toStorageError } from '../disk/storage-errors.ts';
import { nodeFolder, saveMembers, type ClusterFolder } from './cluster-folder.ts';

/**
 * A cluster that never started gets its founders; another one keeps those that it has.
 * @param voters how many of its nodes, from node 0 on
 */
export function foundCluster(folder: ClusterFolder, voters: number): Result<ClusterFolder> {
  if (!folder.isUnused) return { ok: true, value: folder };
  try {
    const founders = Array.from({ length: voters }, (_, id): Server => {
      const storage = storageNumberOf(prepareStorage(openFolder(nodeFolder(folder.path, id))));
      return { id, storage };
    });
    const founded = { ...folder, isUnused: false, founders };
    const saved = saveMembers(founded, []);
    return saved.ok ? { ok: true, value: founded } : saved;
  } catch (error) {
    const failure: Failure = { code: 'unusable', message: toStorageError(error, folder.path, 'begin').message };
    return { ok: false, failure };
  }
}
