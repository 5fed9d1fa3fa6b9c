/**
 * The byte of each message kind on the wire. A number is never given to another kind.
 */
import type { MessageKind } from '../../shared/raft-message.ts';

const kindBytes: Readonly<Record<MessageKind, number>> = {
  'request-vote': 1,
  'request-vote-reply': 2,
  'append-entries': 3,
  'append-entries-reply': 4,
  'read-index': 5,
  'read-index-reply': 6,
  'forward-append': 7,
  'forward-append-reply': 8,
  'pre-vote': 9,
  'pre-vote-reply': 10,
  'install-snapshot': 11,
  'install-snapshot-reply': 12,
  'timeout-now': 13,
};

const kindsByByte: ReadonlyMap<number, MessageKind> = new Map(
  Object.entries(kindBytes).map(([kind, byte]) => [byte, kind as MessageKind]),
);

/** Every kind, in the order of its byte. */
export const messageKinds: readonly MessageKind[] = [...kindsByByte.values()];

export function byteOfKind(kind: MessageKind): number {
  return kindBytes[kind];
}

/** Undefined for a byte that this version does not know. */
export function kindOfByte(byte: number): MessageKind | undefined {
  return kindsByByte.get(byte);
}
