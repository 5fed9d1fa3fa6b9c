/**
 * Whatever arrives in the name of clients: only what a client that is there could have said is handed over, each call
 * once, and nothing that was recorded.
 */
import * as fc from 'fast-check';
import { parse } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from '../../../main/net/message-codec.ts';
import { messageKinds } from '../../../main/net/message-kinds.ts';
import { isHeardFrom } from '../../../main/net/peer.ts';
import { createSeal } from '../../../main/net/seal.ts';
import { openUdpDatagrams, type UdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { encodeHeader, headerBytes, type WireHeader } from '../../../main/net/wire-header.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { clientIdOf, outsiderId } from '../../../shared/ids.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { until } from '../../support/until.ts';
import { arbitraryCall, arbitraryCallReply } from './client-arbitraries.ts';
import { callReplySchema, callSchema } from './client-message-schema.ts';
import { callOf, startClient, type RigClient } from './client-rig.ts';
import { exampleMessages } from './message-examples.ts';
import { closeNodes, openSockets, rigClusterId, rigKey, startNode, type RigChanges, type RigNode } from './udp-rig.ts';

/** Some bytes gone, some others in their place. */
function mutate(whole: Uint8Array, where: number, insert: Uint8Array, remove: number): Uint8Array {
  const place = headerBytes + (where % Math.max(1, whole.length - headerBytes));
  return Buffer.concat([whole.subarray(0, place), insert, whole.subarray(place + remove)]);
}

const mutation = { where: fc.nat(), insert: fc.uint8Array({ maxLength: 4 }), remove: fc.nat(4) };

const nodes: RigNode[] = [];
const clients: RigClient[] = [];
const strangers: UdpDatagrams[] = [];

afterEach(async () => {
  for (const { transport } of clients.splice(0)) transport.close();
  for (const stranger of strangers.splice(0)) stranger.close();
  await closeNodes(nodes.splice(0));
});

interface Stage {
  readonly server: RigNode;
  readonly client: RigClient;
  /** All that the server was sent. */
  readonly captured: readonly Uint8Array[];
  readonly stranger: UdpDatagrams;
}

/** Server 0 of two, and a client of boot 77 whose first call it has taken. */
async function start(changes: RigChanges = {}): Promise<Stage> {
  const [socket, other, stranger] = await openSockets(3);
  if (socket === undefined || other === undefined || stranger === undefined) throw new Error('three sockets, please');
  strangers.push(other, stranger);
  const captured: Uint8Array[] = [];
  socket.onDatagram((bytes) => captured.push(new Uint8Array(bytes)));
  const members = [socket, other].map(({ localAddress: address }, id) => ({ id, address }));
  const server = startNode(0, socket, members, { toldPerSecondMax: Number.POSITIVE_INFINITY, ...changes });
  nodes.push(server);
  const client = await startClient(77);
  clients.push(client);
  client.transport.onServer(({ id }) => client.transport.send(id, callOf(1)));
  client.transport.dial(socket.localAddress);
  await until(() => server.delivered.length === 1);
  return { server, client, captured, stranger };
}

const seal = createSeal(rigKey);
const clusterId = parse(rigClusterId);

/** As the client would send it, but for `change`. */
function datagramOf(message: RaftMessage, datagram: number, change: Partial<WireHeader> = {}): Uint8Array {
  const bytes = encodeMessage(message);
  const ends = { senderId: outsiderId, receiverId: 0, boot: 77, receiverBoot: 1 };
  const uuid = '1c4a9b1e-6a3f-4e0b-8c53-2f0e6f6a7b01';
  const header = { kind: message.kind, ...ends, datagram, fragment: 0, fragments: 1, lamport: 5, uuid, ...change };
  encodeHeader(header, clusterId, bytes);
  seal.stamp(bytes);
  return bytes;
}

/** Sends them and waits until the server has said something about each. */
async function sendAll({ server, stranger }: Stage, datagrams: readonly Uint8Array[]): Promise<void> {
  const before = accounted(server);
  for (let done = 0; done < datagrams.length; done += 50) {
    const part = datagrams.slice(done, done + 50);
    for (const bytes of part) stranger.send(bytes, server.datagrams.localAddress);
    await until(() => accounted(server) >= before + done + part.length);
  }
}

/** Events that account for a datagram each. */
function accounted({ events }: RigNode): number {
  return events.length - events.filter(({ type }) => type === 'datagrams-missing').length;
}

const whyOf = ({ server }: Stage): string[] => server.eventsOf('datagram-refused').map(({ why }) => why);

describe('what was recorded from a client', () => {
  it('is taken once, wherever it comes from', async () => {
    const stage = await start();
    const { server, client, captured, stranger } = stage;
    for (const bytes of captured.slice()) stranger.send(bytes, server.datagrams.localAddress);
    await until(() => whyOf(stage).length > 0);
    expect(whyOf(stage)).toEqual(['replayed']);
    client.transport.send(0, callOf(2));
    await until(() => server.delivered.length === 2);
    expect(server.delivered).toEqual([1, 2].map((round) => ({ from: clientIdOf(77), message: callOf(round) })));
  });

  it('is not taken when the client is gone and the server has started again', async () => {
    const { server, client, captured, stranger } = await start();
    client.transport.close();
    server.transport.close();
    await server.datagrams.closed;
    const socket = await openUdpDatagrams(server.member.address);
    const again = startNode(0, socket, [server.member], { boot: 2 });
    nodes.push(again);
    for (const bytes of captured) stranger.send(bytes, socket.localAddress);
    await until(() => again.events.length > 0);
    expect(again.events).toMatchObject([{ type: 'datagram-refused', why: 'stale' }]);
    expect(again.delivered).toEqual([]);
  });

  it('is not taken when the client is forgotten, nor what it says under its name after that', async () => {
    let nowNs = 0;
    const stage = await start({ nowNs: () => nowNs });
    const { server, client, captured, stranger } = stage;
    nowNs = (limits.clientIdleMs + 1_000) * 1e6;
    for (const bytes of captured.slice()) stranger.send(bytes, server.datagrams.localAddress);
    await until(() => whyOf(stage).length >= 2);
    client.transport.send(0, callOf(2));
    client.transport.dial(server.member.address);
    await until(
      () => server.eventsOf('datagram-refused').filter(({ reason }) => /begin as a new/.test(reason)).length > 2,
    );
    expect(server.delivered).toHaveLength(1);
    expect(new Set(whyOf(stage))).toEqual(new Set(['stale']));
    const next = await startClient(78);
    clients.push(next);
    next.transport.onServer(({ id }) => next.transport.send(id, callOf(3)));
    next.transport.dial(server.member.address);
    await until(() => server.delivered.length === 2);
    expect(server.delivered[1]).toEqual({ from: clientIdOf(78), message: callOf(3) });
  });

  it('of a client that this server has never met leads to a greeting and no more', async () => {
    const stage = await start();
    const { server, stranger } = stage;
    const heard: Uint8Array[] = [];
    stranger.onDatagram((bytes) => heard.push(bytes));
    await sendAll(stage, [datagramOf(callOf(1), 1, { boot: 99 })]);
    expect(server.eventsOf('datagram-refused')).toMatchObject([
      { why: 'stale', reason: expect.stringContaining('prove') },
    ]);
    await until(() => heard.length === 1);
    expect([heard[0]?.byteLength, heard[0]?.[19]]).toEqual([headerBytes, 0x80]);
    expect(server.delivered).toHaveLength(1);
  });
});

describe('a datagram in the name of a client is refused', () => {
  const call = callOf(5);
  it.each<[string, Uint8Array, string]>([
    ['for a boot before', datagramOf(call, 50, { receiverBoot: 9 }), 'stale'],
    ['for another server', datagramOf(call, 50, { receiverId: 1 }), 'misdirected'],
    ['for whoever is there', datagramOf(call, 50, { receiverId: outsiderId }), 'misdirected'],
    ['from a member', datagramOf(call, 50, { senderId: 1, boot: 1 }), 'malformed'],
    ['that answers', datagramOf(exampleMessages(0)['client-call-reply'], 50), 'malformed'],
    [
      'that answers, from a member',
      datagramOf(exampleMessages(0)['client-call-reply'], 50, { senderId: 1 }),
      'malformed',
    ],
    [
      'whose kind is not that of its body',
      datagramOf(exampleMessages(0)['read-index'], 50, { kind: 'client-call' }),
      'malformed',
    ],
  ])('%s', async (_what, bytes, why) => {
    const stage = await start();
    await sendAll(stage, [bytes]);
    expect(stage.server.eventsOf('datagram-refused')).toMatchObject([{ why, reason: expect.stringMatching(/\.$/) }]);
    expect(stage.server.delivered).toHaveLength(1);
  });

  it('that speaks as a server does', async () => {
    const stage = await start();
    const kinds = messageKinds.filter((kind) => !isHeardFrom.client(kind));
    await sendAll(
      stage,
      kinds.map((kind, at) => datagramOf(exampleMessages(0)[kind], 60 + at)),
    );
    expect(new Set(whyOf(stage))).toEqual(new Set(['malformed']));
    expect(stage.server.delivered).toHaveLength(1);
  });
});

it('5,000 mutated calls lead to one event each; only what makes sense is delivered', async () => {
  const stage = await start();
  let datagram = 100;
  const seed = Date.now() % 2 ** 31;
  const mutated = fc.record({ call: arbitraryCall, ...mutation }).map(({ call, where, insert, remove }) => {
    datagram += 1;
    const bytes = mutate(datagramOf(call, datagram), where, insert, remove);
    seal.stamp(bytes);
    return bytes;
  });
  const { server } = stage;
  const before = accounted(server);
  await sendAll(stage, fc.sample(mutated, { numRuns: 5_000, seed }));
  const received = server.eventsOf('datagram-received').length - 1;
  const refused = server.eventsOf('datagram-refused').length;
  expect([accounted(server) - before, received + refused], `seed ${seed}`).toEqual([5_000, 5_000]);
  for (const { from, message } of server.delivered) {
    expect(from).toBe(clientIdOf(77));
    expect(callSchema.safeParse(message).error?.issues, `seed ${seed}: ${JSON.stringify(message)}`).toBeUndefined();
  }
  expect(Math.min(received, refused), `seed ${seed}`).toBeGreaterThan(200);
}, 30_000);

it('5,000 mutated answers are refused, or say what a server could have said', () => {
  const seed = Date.now() % 2 ** 31;
  const mutated = fc
    .record({ reply: arbitraryCallReply, ...mutation })
    .map(({ reply, where, insert, remove }) => mutate(encodeMessage(reply), where, insert, remove));
  const read = fc
    .sample(mutated, { numRuns: 5_000, seed })
    .map((bytes) => decodeMessage('client-call-reply', bytes.subarray(headerBytes), 0));
  const taken = read.flatMap((message) => (message.ok ? [message.value] : []));
  const wrong = taken.filter((reply) => !callReplySchema.safeParse(reply).success);
  expect(wrong, `seed ${seed}`).toEqual([]);
  expect(Math.min(taken.length, read.length - taken.length), `seed ${seed}`).toBeGreaterThan(200);
});
