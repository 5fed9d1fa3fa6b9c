import { afterEach, describe, expect, it } from 'vitest';
import { openUdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { clientIdOf } from '../../../shared/ids.ts';
import type { ClientCallReply } from '../../../shared/raft-message.ts';
import { until } from '../../support/until.ts';
import { answerTo, callOf, startClient, type RigClient } from './client-rig.ts';
import { closeNodes, openSockets, startNode, startNodes, type RigChanges, type RigNode } from './udp-rig.ts';

const nodes: RigNode[] = [];
const clients: RigClient[] = [];

async function startServer(changes: RigChanges = {}): Promise<RigNode> {
  const [node] = await startNodes(1, () => changes);
  if (node === undefined) throw new Error('a node was asked for');
  nodes.push(node);
  return node;
}

async function newClient(...options: Parameters<typeof startClient>): Promise<RigClient> {
  const client = await startClient(...options);
  clients.push(client);
  return client;
}

/** A client that knows the server. */
async function connect(server: RigNode, boot = 4_000_000_000): Promise<RigClient> {
  const client = await newClient(boot);
  client.transport.dial(server.member.address);
  await until(() => client.servers.length > 0);
  return client;
}

afterEach(async () => {
  for (const { transport } of clients) transport.close();
  await closeNodes(nodes.splice(0));
  await Promise.all(clients.splice(0).map(({ datagrams }) => datagrams.closed));
});

describe('a client', () => {
  it('learns who is at an address, and its first call is taken at once', async () => {
    const server = await startServer();
    const client = await newClient(77);
    client.transport.onServer(({ id }) => client.transport.send(id, callOf(1)));
    client.transport.dial(server.member.address);
    await until(() => server.delivered.length === 1);
    expect(server.delivered).toEqual([{ from: clientIdOf(77), message: callOf(1) }]);
    expect(server.eventsOf('datagram-refused')).toEqual([]);
    expect(server.eventsOf('datagram-received')).toMatchObject([{ from: clientIdOf(77), fromBoot: 77, datagram: 1 }]);
  });

  it('is answered, each datagram under the same name at both ends', async () => {
    const server = await startServer();
    const client = await connect(server);
    expect(client.servers).toEqual([server.member]);
    client.transport.send(0, callOf(1));
    await until(() => server.delivered.length === 1);
    server.transport.send(clientIdOf(client.boot), answerTo(1));
    await until(() => client.delivered.length === 1);
    expect(client.delivered).toEqual([{ from: 0, message: answerTo(1) }]);
    const [call] = client.eventsOf('datagram-sent');
    const [answer] = server.eventsOf('datagram-sent');
    expect(call).toMatchObject({ to: 0, message: { kind: 'client-call', round: 1, requestCount: 1 } });
    expect(answer).toMatchObject({ to: clientIdOf(client.boot), uuid: call?.uuid });
    expect(client.eventsOf('datagram-received')).toMatchObject([{ from: 0, datagram: answer?.datagram }]);
  });

  it('gets an answer of many datagrams', async () => {
    const server = await startServer();
    const client = await connect(server);
    client.transport.send(0, callOf(1));
    await until(() => server.delivered.length === 1);
    const payload = new Uint8Array(300_000).fill(3);
    const entries = [{ index: 9, term: 1, kind: 'client' as const, payload }];
    const value = { kind: 'index-range' as const, entries, appliedIndex: 9 };
    const large: ClientCallReply = {
      kind: 'client-call-reply',
      round: 1,
      leader: server.member,
      answers: [{ number: 1, result: { ok: true, value } }],
    };
    server.transport.send(clientIdOf(client.boot), large);
    await until(() => {
      client.transport.send(0, callOf(2));
      return client.delivered.length === 1;
    });
    expect(client.delivered[0]?.message).toEqual(large);
    expect(client.eventsOf('datagram-received').length).toBeGreaterThan(5);
  });

  it('finds a server again that has started anew', async () => {
    const server = await startServer();
    const client = await connect(server);
    const { address } = server.member;
    server.transport.close();
    await server.datagrams.closed;
    const again = startNode(0, await openUdpDatagrams(address), [server.member], { boot: 2 });
    nodes.push(again);
    client.transport.send(0, callOf(1));
    // That one was made for the boot before. The greeting that it leads to names the server again.
    await until(() => client.servers.length === 2);
    client.transport.send(0, callOf(2));
    await until(() => again.delivered.length === 1);
    expect(again.delivered).toEqual([{ from: clientIdOf(client.boot), message: callOf(2) }]);
    expect(again.eventsOf('datagram-refused')).toMatchObject([{ why: 'stale' }]);
  });

  it('reports what it can not send', async () => {
    const server = await startServer();
    const client = await newClient(5);
    client.transport.send(0, callOf(1));
    expect(client.eventsOf('send-failed')).toMatchObject([{ to: 0, reason: 'Node 0 is not known; greet it first.' }]);
    expect(server.events).toEqual([]);
  });

  it('is told nothing by a server that it did not ask, nor by what is no answer', async () => {
    const server = await startServer();
    const client = await newClient(5);
    server.datagrams.send(new Uint8Array(90), client.datagrams.localAddress);
    const [other] = await startNodes(1, () => ({ key: new Uint8Array(32) }));
    if (other === undefined) throw new Error('a node was asked for');
    nodes.push(other);
    client.transport.dial(other.member.address);
    await until(() => client.events.length === 1 && other.events.length === 1);
    expect(client.events).toMatchObject([{ type: 'datagram-refused', why: 'not-ours' }]);
    expect(other.events).toMatchObject([{ type: 'datagram-refused', why: 'unauthenticated' }]);
    expect(client.servers).toEqual([]);
  });

  it('greets an address only now and then', async () => {
    const [deaf] = await openSockets(1);
    if (deaf === undefined) throw new Error('a socket was asked for');
    let nowNs = 0;
    const client = await newClient(5, { nowNs: () => nowNs });
    let heard = 0;
    deaf.onDatagram(() => (heard += 1));
    for (let count = 0; count < 5; count += 1) client.transport.dial(deaf.localAddress);
    await until(() => heard === 1);
    expect(client.events).toEqual([]);
    nowNs = limits.greetingIntervalMs * 1e6;
    client.transport.dial(deaf.localAddress);
    await until(() => heard === 2);
    expect(client.servers).toEqual([]);
    deaf.close();
  });
});
