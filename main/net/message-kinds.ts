/**
 * The byte of each message kind on the wire. A number is never given to another kind.
 */
import type { MessageKind } from '../../shared/raft-message.ts';
import type { ControlKind, DatagramKind } from '../ports.ts';

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
  'client-call': 14,
  'client-call-reply': 15,
};

const controlBytes: Readonly<Record<ControlKind, number>> = {
  hello: 0x80,
  'hello-reply': 0x81,
  'fragments-held': 0x82,
};

const controlsByByte: ReadonlyMap<number, ControlKind> = new Map(
  Object.entries(controlBytes).map(([kind, byte]) => [byte, kind as ControlKind]),
);

const kindsByByte: ReadonlyMap<number, MessageKind> = new Map(
  Object.entries(kindBytes).map(([kind, byte]) => [byte, kind as MessageKind]),
);

/** Every kind, in the order of its byte. */
export const messageKinds: readonly MessageKind[] = [...kindsByByte.values()];

export function byteOfKind(kind: DatagramKind): number {
  return isControl(kind) ? controlBytes[kind] : kindBytes[kind];
}

/** Undefined for a byte that this version does not know. */
export function kindOfByte(byte: number): DatagramKind | undefined {
  return kindsByByte.get(byte) ?? controlsByByte.get(byte);
}

/** True for what transports say to each other, and hand to nobody. */
export function isControl(kind: DatagramKind): kind is ControlKind {
  return kind in controlBytes;
}
