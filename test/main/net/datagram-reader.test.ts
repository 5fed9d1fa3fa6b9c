import { afterEach, expect, it } from 'vitest';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { until } from '../../support/until.ts';
import { openUdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { closeNodes, membersOf, openSockets, startNode, type RigNode } from './udp-rig.ts';

const running: RigNode[] = [];
afterEach(async () => {
  await closeNodes(running);
  running.length = 0;
});

const call: RaftMessage = { kind: 'timeout-now', term: 3, round: 7 };

/** Node 0, node 1, and what node 0 was sent by it: a capture. */
async function capture(boot: number) {
  const [left, right] = await openSockets(2);
  if (left === undefined || right === undefined) throw new Error('two sockets were asked for');
  const members = membersOf([left, right]);
  const captured: Uint8Array[] = [];
  left.onDatagram((bytes) => captured.push(new Uint8Array(bytes)));
  const node = startNode(0, left, members, { boot });
  const sender = startNode(1, right, members);
  running.push(node, sender);
  sender.transport.send(0, call);
  await until(() => node.delivered.length === 1);
  return { node, sender, captured, members };
}

it('refuses what it has seen before, wherever it comes from, and stays where it was', async () => {
  const { node, captured } = await capture(1);
  const [stranger] = await openSockets(1);
  for (const bytes of captured) stranger?.send(bytes, node.datagrams.localAddress);
  await until(() => node.eventsOf('datagram-refused').length === 1);
  expect(node.eventsOf('datagram-refused')).toMatchObject([{ why: 'replayed' }]);
  node.transport.send(1, call);
  await until(() => running[1]?.delivered.length === 1);
  stranger?.close();
});

it('refuses what was caught before it started again', async () => {
  const { node, sender, captured, members } = await capture(1);
  node.transport.close();
  await node.datagrams.closed;
  const [socket] = await openSockets(1);
  if (socket === undefined) throw new Error('a socket was asked for');
  const again = startNode(0, socket, members, { boot: 2 });
  running.push(again);
  for (const bytes of captured) sender.datagrams.send(bytes, socket.localAddress);
  await until(() => again.eventsOf('datagram-refused').length === 1);
  expect(again.eventsOf('datagram-refused')).toMatchObject([{ why: 'stale' }]);
  expect(again.delivered).toEqual([]);
});

it('refuses what it has seen of a member that was removed and has come back, and goes on with it', async () => {
  const { node, sender, captured, members } = await capture(1);
  node.transport.setMembers(members.slice(0, 1));
  node.transport.setMembers(members);
  for (const bytes of captured) sender.datagrams.send(bytes, node.datagrams.localAddress);
  await until(() => node.eventsOf('datagram-refused').length === 1);
  expect(node.eventsOf('datagram-refused')).toMatchObject([{ why: 'replayed' }]);
  sender.transport.send(0, call);
  await until(() => node.delivered.length === 2);
});

it('is heard after a restart while somebody replays what it was sent before, at any rate', async () => {
  const { node, sender, captured, members } = await capture(1);
  node.transport.close();
  await node.datagrams.closed;
  const socket = await openUdpDatagrams(node.datagrams.localAddress);
  const [stranger] = await openSockets(1);
  if (stranger === undefined) throw new Error('a socket was asked for');
  const again = startNode(0, socket, members, { boot: 2 });
  running.push(again);
  await until(() => {
    for (let copy = 0; copy < 20; copy += 1) for (const bytes of captured) stranger.send(bytes, socket.localAddress);
    again.transport.send(1, { ...call, round: 8 });
    return sender.delivered.length > 0;
  });
  expect(again.delivered).toEqual([]);
  stranger.close();
});
