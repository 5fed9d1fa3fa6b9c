/**
 * The key of a cluster, in its folder beside `cluster.json`: made once, readable by its owner alone. It names the cluster, so
 * that the file is all that a client needs (main/node/key-text.ts).
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterId } from '../../shared/ids.ts';
import { formatKeyText, keyFromHex, parseKeyText } from '../node/key-text.ts';
import { clusterKeyBytes } from '../ports.ts';
import { writeFileAside } from './write-file-aside.ts';

export const clusterKeyName = 'cluster.key';

/**
 * The key in the file, or a new one where there is no file yet (an older version made the cluster). A file that holds the key
 * alone, as older versions wrote it, is replaced by one that names the cluster too.
 * @returns undefined when the file holds no key, or that of another cluster
 * @throws the system's error
 */
export function openClusterKey(clusterPath: string, clusterId: ClusterId): Uint8Array | undefined {
  const path = join(clusterPath, clusterKeyName);
  const write = (key: Uint8Array): Uint8Array => {
    writeFileAside(path, formatKeyText({ clusterId, key }), 0o600);
    return key;
  };
  if (!existsSync(path)) return write(new Uint8Array(randomBytes(clusterKeyBytes)));
  const text = readFileSync(path, 'utf8').trim();
  const bare = keyFromHex(text);
  if (bare !== undefined) return write(bare);
  const parsed = parseKeyText(text);
  return parsed.ok && parsed.value.clusterId === clusterId.toLowerCase() ? parsed.value.key : undefined;
}
