/**
 * The tag that proves that a datagram was made by someone who has the cluster's key: HMAC-SHA256, cut to its first 16
 * bytes (RFC 2104 §5), over everything behind the tag. The three bytes before it are constants.
 */
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { assert } from '../../shared/assert.ts';
import { clusterKeyBytes } from '../ports.ts';

const tagOffset = 3;
export const tagBytes = 16;
const sealedFrom = tagOffset + tagBytes;

export interface Seal {
  /** Writes the tag of a datagram whose other bytes are final. */
  stamp(datagram: Uint8Array): void;
  /** In constant time. The datagram is at least as long as a header. */
  isGenuine(datagram: Uint8Array): boolean;
}

/** @param key `clusterKeyBytes` bytes; taken in, not kept. */
export function createSeal(key: Uint8Array): Seal {
  assert(key.byteLength === clusterKeyBytes, `a cluster's key has ${clusterKeyBytes} bytes`);
  // A key object spares the padding of the key for each datagram.
  const secret = createSecretKey(key);
  const tagOf = (datagram: Uint8Array): Uint8Array =>
    createHmac('sha256', secret).update(datagram.subarray(sealedFrom)).digest().subarray(0, tagBytes);
  return {
    stamp(datagram) {
      datagram.set(tagOf(datagram), tagOffset);
    },
    isGenuine(datagram) {
      return timingSafeEqual(tagOf(datagram), datagram.subarray(tagOffset, sealedFrom));
    },
  };
}
