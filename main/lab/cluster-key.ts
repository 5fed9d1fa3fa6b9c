/**
 * The key of a cluster, in its folder beside `cluster.json`: made once, readable by its owner alone.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterKeyBytes } from '../ports.ts';
import { writeFileAside } from './write-file-aside.ts';

export const clusterKeyName = 'cluster.key';

/**
 * The key in the file, or a new one where there is no file yet (an older version made the cluster).
 * @returns undefined when the file holds no key
 * @throws the system's error
 */
export function openClusterKey(clusterPath: string): Uint8Array | undefined {
  const path = join(clusterPath, clusterKeyName);
  if (!existsSync(path)) writeFileAside(path, `${randomBytes(clusterKeyBytes).toString('hex')}\n`, 0o600);
  const text = readFileSync(path, 'utf8').trim();
  if (text.length !== clusterKeyBytes * 2 || !/^[0-9a-f]+$/.test(text)) return undefined;
  return new Uint8Array(Buffer.from(text, 'hex'));
}
