/**
 * What a datagram promises. The only place of this folder that knows the wire.
 */
import { isControl } from '../net/message-kinds.ts';
import { decodeMessage } from '../net/message-codec.ts';
import { decodeHeader, headerBytes } from '../net/wire-header.ts';

/** What its sender says is on its disk. */
export interface TracedPromise {
  readonly kind: 'append-entries-reply' | 'request-vote-reply';
  readonly term: number;
  /** Entries up to here; 0 for none. */
  readonly matchIndex: number;
  /** A vote in `term`. */
  readonly isVote: boolean;
}

/** Undefined for a datagram that promises nothing, or is none of the cluster (16 bytes). */
export function promiseIn(bytes: Uint8Array, clusterId: Uint8Array): TracedPromise | undefined {
  const header = decodeHeader(bytes, clusterId, null);
  // What promises something is small, so never in parts.
  if (!header.ok || header.value.fragments > 1 || isControl(header.value.kind)) return undefined;
  const message = decodeMessage(header.value.kind, bytes.subarray(headerBytes), header.value.senderId);
  if (!message.ok) return undefined;
  const { value } = message;
  if (value.kind === 'append-entries-reply') {
    return { kind: value.kind, term: value.term, matchIndex: value.matchIndex, isVote: false };
  }
  if (value.kind === 'request-vote-reply') {
    return { kind: value.kind, term: value.term, matchIndex: 0, isVote: value.voteGranted };
  }
  return undefined;
}
