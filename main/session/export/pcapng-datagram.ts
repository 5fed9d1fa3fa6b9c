/**
 * A datagram as a capture shows it: IPv4 and UDP headers, then the wire's own header and what the stream tells of the body. The
 * stream holds no payloads and no tag, so the tag is zero and the capture is cut off where it knows no more, as one with a
 * short snapshot length is.
 */
import { Packr } from 'msgpackr';
import { parse as parseUuid } from 'uuid';
import type { Address } from '../../../shared/cluster-config.ts';
import type { FragmentPlace, MessageSummary } from '../../../shared/event.ts';
import { isClientId } from '../../../shared/ids.ts';
import type { BootId, NodeId } from '../../../shared/ids.ts';
import type { MessageKind } from '../../../shared/raft-message.ts';
import { encodeHeader, headerBytes } from '../../net/wire-header.ts';

const ipv4HeaderBytes = 20;
export const networkHeaderBytes = ipv4HeaderBytes + 8;
/** On the wire a client's id, in the stream it has one of its own. */
const outsiderId = 0xffff;

const packr = new Packr({ useRecords: false });

export interface CapturedDatagram {
  readonly from: NodeId;
  readonly fromBoot: BootId;
  readonly to: NodeId;
  readonly toBoot: BootId;
  readonly datagram: number;
  readonly lamport: number;
  readonly uuid: string;
  readonly bytes: number;
  readonly message: MessageSummary;
  readonly fragment?: FragmentPlace | undefined;
}

/** @returns headers and as much of the body as is known, never more than there was */
export function capture(
  datagram: CapturedDatagram,
  clusterId: string,
  source: Address,
  destination: Address,
): Uint8Array {
  const body = datagram.fragment ? fragmentHead(datagram, datagram.fragment) : knownBody(datagram.message);
  const whole = new Uint8Array(networkHeaderBytes + headerBytes + body.byteLength);
  writeNetworkHeaders(whole, datagram.bytes, source, destination);
  encodeHeader(headerOf(datagram), parseUuid(clusterId), whole.subarray(networkHeaderBytes));
  whole.set(body, networkHeaderBytes + headerBytes);
  return whole.subarray(0, networkHeaderBytes + datagram.bytes);
}

function headerOf(datagram: CapturedDatagram): Parameters<typeof encodeHeader>[0] {
  const { from, fromBoot, to, toBoot, lamport, uuid, message, fragment } = datagram;
  return {
    kind: message.kind,
    senderId: isClientId(from) ? outsiderId : from,
    receiverId: isClientId(to) ? outsiderId : to,
    boot: fromBoot,
    receiverBoot: toBoot,
    datagram: datagram.datagram,
    lamport,
    fragment: fragment?.index ?? 0,
    fragments: fragment?.count ?? 1,
    uuid,
  };
}

/** What stands first in each body, in the order of the byte table (main/net/README.md); `null`: the stream does not say. */
const bodyFields: Readonly<
  Record<MessageKind, (summary: MessageSummary) => readonly (number | boolean | null | undefined)[]>
> = {
  'request-vote': voteFields,
  'request-vote-reply': ({ term, round, success }) => [term, round, null, success],
  'pre-vote': voteFields,
  'pre-vote-reply': ({ term, round, success }) => [term, round, null, success],
  'append-entries': ({ term, round, prevLogIndex, prevLogTerm, leaderCommit }) => [
    term,
    round,
    prevLogIndex,
    prevLogTerm,
    leaderCommit,
  ],
  'append-entries-reply': ({ term, round, success, matchIndex }) => [term, round, null, success, matchIndex],
  'read-index': ({ term, round }) => [term, round],
  'read-index-reply': ({ term, round, success }) => [term, round, success],
  'forward-append': ({ term, round }) => [term, round],
  'forward-append-reply': ({ round }) => [round],
  'install-snapshot': ({ term, round, lastIncludedIndex }) => [term, round, lastIncludedIndex],
  'install-snapshot-reply': ({ term, round, lastIncludedIndex, offset, success }) => [
    term,
    round,
    null,
    lastIncludedIndex,
    null,
    offset,
    success,
  ],
  'timeout-now': ({ term, round }) => [term, round],
  'client-call': ({ round }) => [round],
  'client-call-reply': ({ round }) => [round],
};

function voteFields({ term, round, lastLogIndex, lastLogTerm }: MessageSummary): (number | undefined)[] {
  return [term, round, lastLogIndex, lastLogTerm];
}

/** An array that says how long it is and ends early. */
function knownBody(summary: MessageSummary): Uint8Array {
  const fields = bodyFields[summary.kind](summary).map((field) => field ?? null);
  return packr.pack(fields);
}

/** Of a part: the message's number, its bytes (not known), its round. */
function fragmentHead({ message: { round } }: CapturedDatagram, { message }: FragmentPlace): Uint8Array {
  const head = Buffer.alloc(16);
  head.writeUIntBE(message, 0, 6);
  head.writeUIntBE(round, 10, 6);
  return head;
}

function writeNetworkHeaders(target: Uint8Array, payloadBytes: number, source: Address, destination: Address): void {
  const view = new DataView(target.buffer, target.byteOffset, networkHeaderBytes);
  view.setUint8(0, 0x45);
  view.setUint16(2, networkHeaderBytes + payloadBytes);
  view.setUint8(8, 64);
  view.setUint8(9, 17);
  target.set(ipv4Of(source.host), 12);
  target.set(ipv4Of(destination.host), 16);
  view.setUint16(10, checksum(target.subarray(0, ipv4HeaderBytes)));
  view.setUint16(20, source.port);
  view.setUint16(22, destination.port);
  view.setUint16(24, 8 + payloadBytes);
  // 26: no checksum, which IPv4 allows.
}

/** 127.0.0.1 for what is no IPv4 address (a name, IPv6): the interface says whose it is. */
function ipv4Of(host: string): Uint8Array {
  const parts = host.split('.').map(Number);
  const isAddress = parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  return Uint8Array.from(isAddress ? parts : [127, 0, 0, 1]);
}

/** RFC 1071. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
