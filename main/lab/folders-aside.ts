/**
 * What a wipe leaves: the folder of a node set aside as `node-2.wiped-1`, `.wiped-2` … Nothing is deleted.
 */
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { BootId, NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { readIdentity } from '../disk/identity.ts';
import { openFolder, syncFolderAt } from '../disk/node-files.ts';
import { nodeFolder } from './cluster-folder.ts';

/** The name that this node's folder will get when it is set aside. */
export function nameAside(clusterPath: string, id: NodeId): string {
  return `node-${id}.wiped-${Math.max(0, ...numbersAside(clusterPath, id)) + 1}`;
}

/** The node must have ended. A folder that was never made is none to set aside. */
export function setAside(clusterPath: string, id: NodeId, name: string): Result<null> {
  const folder = nodeFolder(clusterPath, id);
  if (!existsSync(folder)) return succeed(null);
  try {
    renameSync(folder, join(clusterPath, name));
    syncFolderAt(clusterPath);
    return succeed(null);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail('unusable', `${folder} could not be set aside as ${name}: ${reason}. The node is stopped.`);
  }
}

/** The last boot of all folders that were set aside; 0 without any. The boots of the one in their place go on behind it. */
export function lastBootAside(clusterPath: string, id: NodeId): BootId {
  const boots = numbersAside(clusterPath, id).map((number) => {
    try {
      return readIdentity(openFolder(join(clusterPath, `node-${id}.wiped-${number}`)))?.boot ?? 0;
    } catch {
      // A folder that can't be trusted was set aside like any other.
      return 0;
    }
  });
  return Math.max(0, ...boots);
}

function numbersAside(clusterPath: string, id: NodeId): number[] {
  if (!existsSync(clusterPath)) return [];
  return readdirSync(clusterPath).flatMap((name) => {
    const [, node, number] = /^node-(\d+)\.wiped-([1-9]\d{0,8})$/.exec(name) ?? [];
    return node === String(id) ? [Number(number)] : [];
  });
}
