/** The key that servers share when none was given. */
import { createHash } from 'node:crypto';
import type { ClusterId } from '../../shared/ids.ts';

/**
 * A key for everyone who knows the cluster's id, 32 bytes. It tells damage from what was sent and keeps replays away; it
 * authenticates nothing against who knows the id, which stands in every datagram.
 */
export function keyFromClusterId(clusterId: ClusterId): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`Raft Lab, a key that is no secret: ${clusterId}`).digest());
}
