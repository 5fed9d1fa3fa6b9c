import { parse } from 'uuid';
import { expect, it } from 'vitest';
import { createLamportClock } from '../../../main/lamport-clock.ts';
import { DatagramWriter } from '../../../main/net/datagram-writer.ts';
import { fragmentPrefixBytes, readFragmentPrefix, readFragmentsHeld } from '../../../main/net/fragment-codec.ts';
import { decodeMessage, encodeMessage } from '../../../main/net/message-codec.ts';
import { summarizeMessage } from '../../../main/net/message-summary.ts';
import { Peer } from '../../../main/net/peer.ts';
import { createSeal } from '../../../main/net/seal.ts';
import { decodeHeader, headerBytes, type WireHeader } from '../../../main/net/wire-header.ts';
import type { Address } from '../../../shared/cluster-config.ts';
import type { EventBody } from '../../../shared/event.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';

const clusterId = parse('6f1c2a52-7f0e-4d7e-9a55-0c8a3f5b7d11');
const seal = createSeal(new Uint8Array(32).fill(7));
const uuid = '1c4a9b1e-6a3f-4e0b-8c53-2f0e6f6a7b01';
const message: RaftMessage = { kind: 'timeout-now', term: 3, round: 7 };

function makeWriter() {
  const events: EventBody[] = [];
  const sent: { bytes: Uint8Array; to: Address; eventsBefore: number }[] = [];
  const lamport = createLamportClock();
  const emit = (event: EventBody): void => {
    lamport.tick();
    events.push(event);
  };
  const datagrams = {
    localAddress: { host: '127.0.0.1', port: 1 },
    send: (bytes: Uint8Array, to: Address) => sent.push({ bytes, to, eventsBefore: events.length }),
    onDatagram: () => {},
    onSendError: () => {},
    close: () => {},
  };
  const writer = new DatagramWriter({ self: 4, boot: 9, clusterId, seal, datagrams, emit, lamport });
  const headers = (): WireHeader[] =>
    sent.map(({ bytes }) => {
      const header = decodeHeader(bytes, clusterId, seal);
      if (!header.ok) throw new Error(header.reason);
      return header.value;
    });
  return { writer, events, sent, headers, lamport };
}

function peerAt(id: number, boot: number): Peer {
  const peer = new Peer({
    id,
    role: 'member',
    address: { host: '127.0.0.1', port: id },
    fragmentWindowBytes: 1,
    sendPiece: () => 0,
  });
  peer.meet(boot);
  return peer;
}

const sendWhole = (writer: DatagramWriter, peer: Peer): void =>
  writer.whole(peer, message.kind, uuid, summarizeMessage(message), encodeMessage(message));

it('tells of a message, then puts the Lamport number of that under its seal', () => {
  const { writer, events, sent, headers } = makeWriter();
  sendWhole(writer, peerAt(2, 5));
  const bytes = sent[0]?.bytes ?? new Uint8Array();
  expect(sent).toMatchObject([{ to: { host: '127.0.0.1', port: 2 }, eventsBefore: 1 }]);
  expect(events).toEqual([
    {
      type: 'datagram-sent',
      to: 2,
      datagram: 1,
      uuid,
      bytes: bytes.length,
      message: { kind: 'timeout-now', term: 3, round: 7 },
    },
  ]);
  const ends = { senderId: 4, boot: 9, receiverId: 2, receiverBoot: 5 };
  expect(headers()).toEqual([
    { kind: 'timeout-now', ...ends, datagram: 1, lamport: 1, fragment: 0, fragments: 1, uuid },
  ]);
  expect(decodeMessage('timeout-now', bytes.subarray(headerBytes), 4)).toEqual({ ok: true, value: message });
});

it('numbers what each receiver gets without gaps, whatever others get', () => {
  const { writer, headers } = makeWriter();
  const [left, right] = [peerAt(1, 1), peerAt(2, 1)];
  for (const peer of [left, right, left, left, right]) sendWhole(writer, peer);
  expect(headers().map(({ receiverId, datagram }) => [receiverId, datagram])).toEqual([
    [1, 1],
    [2, 1],
    [1, 2],
    [1, 3],
    [2, 2],
  ]);
});

it('names a message in parts by the number of its first part', () => {
  const { writer, events, sent, headers } = makeWriter();
  const peer = peerAt(2, 5);
  sendWhole(writer, peer);
  const summary = { kind: 'forward-append' as const, round: 6 };
  const large = { kind: 'forward-append' as const, uuid, summary, body: new Uint8Array(10).fill(3) };
  expect(writer.piece(peer, { large, message: 0, index: 0, count: 2, bytes: large.body.subarray(0, 5) })).toBe(2);
  expect(writer.piece(peer, { large, message: 2, index: 1, count: 2, bytes: large.body.subarray(5) })).toBe(3);
  expect(events.slice(1)).toMatchObject([
    { datagram: 2, fragment: { message: 2, index: 0, count: 2 } },
    { datagram: 3, fragment: { message: 2, index: 1, count: 2 } },
  ]);
  for (const [index, { bytes }] of sent.slice(1).entries()) {
    expect(headers()[index + 1]).toMatchObject({ fragment: index, fragments: 2 });
    const body = Buffer.from(bytes.subarray(headerBytes));
    expect(readFragmentPrefix(body, index, 2)).toEqual({ ok: true, value: { message: 2, totalBytes: 10, round: 6 } });
    expect([...body.subarray(fragmentPrefixBytes)]).toEqual([3, 3, 3, 3, 3]);
  }
});

it('says what transports say without a number and without a word in the stream', () => {
  const { writer, events, sent, headers } = makeWriter();
  const peer = peerAt(2, 5);
  writer.control('hello', 2, 0, { host: '127.0.0.1', port: 77 }, uuid);
  writer.fragmentsHeld(peer, { message: 8, count: 9, bits: new Uint8Array([255, 1]) }, uuid);
  expect(events).toEqual([]);
  expect(sent.map(({ to }) => to.port)).toEqual([77, 2]);
  expect(headers()).toMatchObject([
    { kind: 'hello', datagram: 0, receiverBoot: 0 },
    { kind: 'fragments-held', datagram: 0, receiverBoot: 5 },
  ]);
  const held = readFragmentsHeld(Buffer.from((sent[1]?.bytes ?? new Uint8Array()).subarray(headerBytes)));
  expect(held).toMatchObject({ ok: true, value: { message: 8, count: 9 } });
});
