/**
 * The fixed header in front of every message, version 2, big-endian; the byte table is in README.md. Whatever a later
 * version adds (an authentication tag, fragments) comes with another version number, so nothing is reserved here.
 */
import { parse, stringify } from 'uuid';
import { limits } from '../../shared/cluster-config.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { MessageKind } from '../../shared/raft-message.ts';
import { refuse, type Decoded } from './decoded.ts';
import { byteOfKind, kindOfByte } from './message-kinds.ts';

export const wireVersion = 2;
/** The length of the header, in bytes. */
export const headerBytes = 54;

const lamportWireMax = 2 ** 48 - 1;
const magic = 0x52_4c; // 'RL'
const offsets = {
  magic: 0,
  version: 2,
  kind: 3,
  cluster: 4,
  sender: 20,
  boot: 22,
  datagram: 26,
  lamport: 32,
  uuid: 38,
};

export interface WireHeader {
  readonly kind: MessageKind;
  readonly senderId: NodeId;
  /** 1 … 2^32 − 1. */
  readonly boot: BootId;
  /** The sender's number for this datagram, 1, 2, 3 … per boot; below 2^48. */
  readonly datagram: number;
  /** The Lamport number of the sender's `datagram-sent` event; above 2^48 − 1 that is sent. */
  readonly lamport: number;
  /** Of the call: a reply carries the uuid of the call that it answers. */
  readonly uuid: string;
}

/** Node's reading and writing of integers, over the same bytes. */
function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Writes the header into the first `headerBytes` bytes of `target`.
 * @param clusterId the 16 bytes of the cluster's uuid.
 * @throws RangeError when a number does not fit its field, TypeError when `uuid` is none: an error of our own code.
 */
export function encodeHeader(header: WireHeader, clusterId: Uint8Array, target: Uint8Array): void {
  const buffer = bufferOver(target);
  buffer.writeUInt16BE(magic, offsets.magic);
  buffer.writeUInt8(wireVersion, offsets.version);
  buffer.writeUInt8(byteOfKind(header.kind), offsets.kind);
  buffer.set(clusterId, offsets.cluster);
  buffer.writeUInt16BE(header.senderId, offsets.sender);
  buffer.writeUInt32BE(header.boot, offsets.boot);
  buffer.writeUIntBE(header.datagram, offsets.datagram, 6);
  // It can't get there by honest counting; if it did, the order of the stream would suffer and nothing else.
  buffer.writeUIntBE(Math.min(header.lamport, lamportWireMax), offsets.lamport, 6);
  buffer.set(parse(header.uuid), offsets.uuid);
}

/** Reads the header of a datagram that claims to be of the cluster `clusterId` (16 bytes). */
export function decodeHeader(bytes: Uint8Array, clusterId: Uint8Array): Decoded<WireHeader> {
  const buffer = bufferOver(bytes);
  if (buffer.length < offsets.kind || buffer.readUInt16BE(offsets.magic) !== magic) {
    return refuse('not-ours', 'It does not begin like a datagram of Raft Lab; some other program sent it.');
  }
  const version = buffer.readUInt8(offsets.version);
  if (version !== wireVersion) {
    return refuse(
      'version',
      `It is of wire version ${version} and this node speaks version ${wireVersion}. Run the same version of Raft Lab everywhere.`,
    );
  }
  if (buffer.length > limits.datagramBytesMax) {
    return refuse('too-large', `It has ${buffer.length} bytes; the limit is ${limits.datagramBytesMax}.`);
  }
  if (buffer.length < headerBytes) {
    return refuse('malformed', `It ends inside the header: ${buffer.length} of ${headerBytes} bytes.`);
  }
  const itsCluster = buffer.subarray(offsets.cluster, offsets.sender);
  if (itsCluster.compare(clusterId) !== 0) {
    return refuse(
      'cluster',
      `It belongs to another cluster (${itsCluster.toString('hex')}). Does that cluster use the same ports?`,
    );
  }
  return decodeSender(buffer);
}

/** The part of the header behind the cluster id. */
function decodeSender(buffer: Buffer): Decoded<WireHeader> {
  const kindByte = buffer.readUInt8(offsets.kind);
  const kind = kindOfByte(kindByte);
  if (kind === undefined) return refuse('malformed', `${kindByte} is no kind of message.`);
  const boot = buffer.readUInt32BE(offsets.boot);
  const datagram = buffer.readUIntBE(offsets.datagram, 6);
  if (boot === 0) return refuse('malformed', 'Its boot is 0; boots count from 1.');
  if (datagram === 0) return refuse('malformed', 'Its number is 0; datagrams count from 1.');
  const uuid = readUuid(buffer);
  if (uuid === undefined) return refuse('malformed', 'The bytes in the place of the message uuid are no uuid.');
  const senderId = buffer.readUInt16BE(offsets.sender);
  return { ok: true, value: { kind, senderId, boot, datagram, lamport: buffer.readUIntBE(offsets.lamport, 6), uuid } };
}

function readUuid(buffer: Buffer): string | undefined {
  try {
    return stringify(buffer, offsets.uuid);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The number of a datagram that `encodeHeader` began. */
export function datagramNumberOf(bytes: Uint8Array): number {
  return bufferOver(bytes).readUIntBE(offsets.datagram, 6);
}
