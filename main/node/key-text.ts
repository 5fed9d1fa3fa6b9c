/**
 * A cluster's key as text: one line, `<cluster id>:<64 hex digits>`. Whoever has it can speak as any server of the cluster,
 * so no message here repeats any of it.
 */
import { validate } from 'uuid';
import type { ClusterId } from '../../shared/ids.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { clusterKeyBytes } from '../ports.ts';
import { keyFromClusterId } from './cluster-key.ts';

/** Which cluster, and what its servers and clients share: `clusterKeyBytes` bytes. */
export interface ClusterKey {
  readonly clusterId: ClusterId;
  readonly key: Uint8Array;
}

const localClusterId = '0f6f2a4e-52a1-4b0c-9d3e-7f6f63a3c1d5';

/** For servers and clients on one machine that were given no key: tells damage from what was sent, and is no secret. */
export const localClusterKey: ClusterKey = { clusterId: localClusterId, key: keyFromClusterId(localClusterId) };

/** The line, with its end. */
export function formatKeyText({ clusterId, key }: ClusterKey): string {
  return `${clusterId}:${Buffer.from(key).toString('hex')}\n`;
}

/** Reads the line; spaces and line ends around it do not matter. `invalid` when it holds no key. */
export function parseKeyText(text: string): Result<ClusterKey> {
  const [clusterId = '', hex = '', ...more] = text.trim().split(':');
  const key = keyFromHex(hex);
  if (more.length === 0 && validate(clusterId) && key !== undefined)
    return succeed({ clusterId: clusterId.toLowerCase(), key });
  return fail('invalid', describeProblem(text.trim()));
}

/** The key alone, as hexadecimal digits. @returns undefined when they are none, or not as many as a key has */
export function keyFromHex(hex: string): Uint8Array | undefined {
  if (hex.length !== clusterKeyBytes * 2 || !/^[0-9a-f]+$/i.test(hex)) return undefined;
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

function describeProblem(text: string): string {
  if (text === '') return 'It is empty.';
  if (keyFromHex(text) !== undefined)
    return 'It holds a key, but not of which cluster: an older version wrote it. Start the app on that cluster once, which adds that.';
  return `It does not hold a key: one line, a cluster's id, a colon and ${clusterKeyBytes * 2} hexadecimal digits.`;
}
