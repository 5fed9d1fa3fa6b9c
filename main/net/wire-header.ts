/**
 * The fixed header in front of every datagram, version 3, big-endian; the byte table is in README.md. Nothing of it is
 * believed before the tag was checked.
 */
import { stringify } from 'uuid';
import { limits } from '../../shared/cluster-config.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { DatagramKind } from '../ports.ts';
import { refuse, type Decoded, type Refusal } from './decoded.ts';
import { byteOfKind, isControl, kindOfByte } from './message-kinds.ts';
import type { Seal } from './seal.ts';

export const wireVersion = 3;
/** The length of the header, in bytes. */
export const headerBytes = 80;

const lamportWireMax = 2 ** 48 - 1;
const magic = 0x52_4c; // 'RL'
const uuidBytes = 16;
const offsets = {
  magic: 0,
  version: 2,
  // 3 … 18: the tag, see seal.ts
  kind: 19,
  cluster: 20,
  sender: 36,
  receiver: 38,
  boot: 40,
  receiverBoot: 44,
  datagram: 48,
  lamport: 54,
  fragment: 60,
  fragments: 62,
  uuid: 64,
};

export interface WireHeader {
  readonly kind: DatagramKind;
  readonly senderId: NodeId;
  readonly receiverId: NodeId;
  /** 1 … 2^32 − 1. */
  readonly boot: BootId;
  /** The receiver's boot as the sender knows it; 0 when it does not. */
  readonly receiverBoot: BootId;
  /** The sender's number for this datagram, 1, 2, 3 … per boot; below 2^48. 0 for the transport's own datagrams. */
  readonly datagram: number;
  /** The Lamport number of the sender's `datagram-sent` event; above 2^48 − 1 that is sent. */
  readonly lamport: number;
  /** Which part of its message it carries, from 0. */
  readonly fragment: number;
  /** How many parts its message has; 1 for a message in one datagram. */
  readonly fragments: number;
  /** Of the call: a reply carries the uuid of the call that it answers. */
  readonly uuid: string;
}

/** Node's reading and writing of integers, over the same bytes. */
function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Writes the header, but for the tag, into the first `headerBytes` bytes of `target`.
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
  buffer.writeUInt16BE(header.receiverId, offsets.receiver);
  buffer.writeUInt32BE(header.boot, offsets.boot);
  buffer.writeUInt32BE(header.receiverBoot, offsets.receiverBoot);
  buffer.writeUIntBE(header.datagram, offsets.datagram, 6);
  // It can't get there by honest counting; if it did, the order of the stream would suffer and nothing else.
  buffer.writeUIntBE(Math.min(header.lamport, lamportWireMax), offsets.lamport, 6);
  buffer.writeUInt16BE(header.fragment, offsets.fragment);
  buffer.writeUInt16BE(header.fragments, offsets.fragments);
  writeUuid(buffer, header.uuid);
}

/**
 * Reads the header of a datagram that claims to be of the cluster `clusterId` (16 bytes).
 * @param seal checks the tag; null where nothing that it says is believed, or this process wrote it itself.
 */
export function decodeHeader(bytes: Uint8Array, clusterId: Uint8Array, seal: Seal | null): Decoded<WireHeader> {
  const buffer = bufferOver(bytes);
  const refusal = checkFrame(buffer, clusterId);
  if (refusal !== undefined) return refusal;
  if (seal !== null && !seal.isGenuine(buffer)) {
    return refuse(
      'unauthenticated',
      'Its authentication tag is wrong: it was changed on the way, or its sender does not have the key of this cluster.',
    );
  }
  return decodeFields(buffer);
}

/** What can be said without the key. */
function checkFrame(buffer: Buffer, clusterId: Uint8Array): Refusal | undefined {
  if (buffer.length <= offsets.version || buffer.readUInt16BE(offsets.magic) !== magic) {
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
  const end = offsets.cluster + clusterId.length;
  if (buffer.compare(clusterId, 0, clusterId.length, offsets.cluster, end) !== 0) {
    const itsCluster = buffer.toString('hex', offsets.cluster, end);
    return refuse('cluster', `It belongs to another cluster (${itsCluster}). Does that cluster use the same ports?`);
  }
  return undefined;
}

function decodeFields(buffer: Buffer): Decoded<WireHeader> {
  const kindByte = buffer.readUInt8(offsets.kind);
  const kind = kindOfByte(kindByte);
  if (kind === undefined) return refuse('malformed', `${kindByte} is no kind of message.`);
  const boot = buffer.readUInt32BE(offsets.boot);
  const datagram = buffer.readUIntBE(offsets.datagram, 6);
  if (boot === 0) return refuse('malformed', 'Its boot is 0; boots count from 1.');
  if ((datagram === 0) !== isControl(kind))
    return refuse('malformed', `Its number is ${datagram}; messages count from 1, and a ${kind} has to fit that.`);
  const fragment = buffer.readUInt16BE(offsets.fragment);
  const fragments = buffer.readUInt16BE(offsets.fragments);
  if (fragment >= fragments || fragments > limits.fragmentsPerMessageMax || (fragments > 1 && isControl(kind)))
    return refuse('malformed', `It calls itself part ${fragment} of ${fragments}.`);
  const uuid = readUuid(buffer);
  if (uuid === undefined) return refuse('malformed', 'The bytes in the place of the message uuid are no uuid.');
  const value = {
    kind,
    senderId: buffer.readUInt16BE(offsets.sender),
    receiverId: buffer.readUInt16BE(offsets.receiver),
    boot,
    receiverBoot: buffer.readUInt32BE(offsets.receiverBoot),
    datagram,
    lamport: buffer.readUIntBE(offsets.lamport, 6),
    fragment,
    fragments,
    uuid,
  };
  return { ok: true, value };
}

/**
 * As the library's `parse` does, without its look at the form: there is one in each datagram, and it was made here or came
 * from a header.
 */
function writeUuid(buffer: Buffer, uuid: string): void {
  const written = buffer.write(uuid.replaceAll('-', ''), offsets.uuid, uuidBytes, 'hex');
  if (written !== uuidBytes) throw new TypeError(`"${uuid}" is no uuid`);
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
