/**
 * The tag that proves that a datagram was made by someone who has the cluster's key: HMAC-SHA256, cut to its first 16
 * bytes (RFC 2104 §5), over everything behind the tag. The three bytes before it are constants.
 */
import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto';
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
  const secret = createSecretKey(key);
  const small = smallTags(key);
  const tagOf = (datagram: Uint8Array): Uint8Array => {
    const sealed = datagram.subarray(sealedFrom);
    if (sealed.byteLength <= smallBytesMax) return small(sealed);
    return createHmac('sha256', secret).update(sealed).digest().subarray(0, tagBytes);
  };
  return {
    stamp(datagram) {
      datagram.set(tagOf(datagram), tagOffset);
    },
    isGenuine(datagram) {
      return timingSafeEqual(tagOf(datagram), datagram.subarray(tagOffset, sealedFrom));
    },
  };
}

const blockBytes = 64;
const digestBytes = 32;
const smallBytesMax = 4_096;

/**
 * HMAC by its definition (RFC 2104 §2), from two digests: for small datagrams that is as fast as the object of the library, and
 * leaves nothing behind that the garbage collector has to hand back to the system.
 */
function smallTags(key: Uint8Array): (content: Uint8Array) => Uint8Array {
  const inner = Buffer.alloc(blockBytes + smallBytesMax);
  const outer = Buffer.alloc(blockBytes + digestBytes);
  for (let at = 0; at < blockBytes; at += 1) {
    const keyByte = key[at] ?? 0;
    inner[at] = keyByte ^ 0x36;
    outer[at] = keyByte ^ 0x5c;
  }
  return (content) => {
    inner.set(content, blockBytes);
    outer.set(hash('sha256', inner.subarray(0, blockBytes + content.byteLength), 'buffer'), blockBytes);
    return hash('sha256', outer, 'buffer').subarray(0, tagBytes);
  };
}
