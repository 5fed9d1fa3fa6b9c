import { v7, validate } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { messageKinds } from '../../../main/net/message-kinds.ts';
import { summarizeMessage } from '../../../main/net/message-summary.ts';
import { isHeardFrom } from '../../../main/net/peer.ts';
import { AssertionError } from '../../../shared/assert.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { compareEvents, type LabEvent } from '../../../shared/event.ts';
import { clientIdOf } from '../../../shared/ids.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { exampleMessages } from './message-examples.ts';
import { closeNodes, membersOf, openSockets, startNode, startNodes, type RigChanges, type RigNode } from './udp-rig.ts';
import { until } from '../../support/until.ts';

const running: RigNode[] = [];

async function start(count: number, changes?: (id: number) => RigChanges): Promise<RigNode[]> {
  const nodes = await startNodes(count, changes);
  running.push(...nodes);
  return nodes;
}

async function startPair(changes?: (id: number) => RigChanges): Promise<[RigNode, RigNode]> {
  const [left, right] = await start(2, changes);
  if (left === undefined || right === undefined) throw new Error('two nodes were asked for');
  return [left, right];
}

afterEach(async () => {
  await closeNodes(running);
  running.length = 0;
});

const heartbeat = (leaderId: number, round = 1): RaftMessage => ({
  kind: 'append-entries',
  term: 1,
  round,
  leaderId,
  prevLogIndex: 0,
  prevLogTerm: 0,
  leaderCommit: 0,
  entries: [],
});

const acknowledgement = (round: number): RaftMessage => ({
  kind: 'append-entries-reply',
  term: 1,
  round,
  storage: 1,
  success: true,
  matchIndex: 0,
  conflictTerm: 0,
  conflictIndex: 0,
});

/** Names the sending of a datagram. */
const nameOf = (event: LabEvent): string =>
  event.type === 'datagram-sent' ? `sent ${event.node}/${event.boot}/${event.datagram}` : 'something else';

describe('the transport', () => {
  it.each(messageKinds.filter(isHeardFrom.member))('carries a %s to its receiver', async (kind) => {
    const [left, right] = await startPair();
    const message = exampleMessages(0)[kind];
    left.transport.send(1, message);
    await until(() => right.delivered.length === 1);
    expect(right.delivered).toEqual([{ from: 0, message }]);
    expect(left.delivered).toEqual([]);
  });

  it('reports each datagram at both ends under the same name', async () => {
    const [left, right] = await startPair((id) => ({ boot: 7 + id }));
    const messages = Object.values(exampleMessages(0)).filter(({ kind }) => isHeardFrom.member(kind));
    for (const message of messages) left.transport.send(1, message);
    await until(() => right.delivered.length === messages.length);
    const sent = left.eventsOf('datagram-sent');
    expect(sent.map(({ datagram }) => datagram)).toEqual(messages.map((_, place) => place + 1));
    expect(sent.map(({ message }) => message)).toEqual(messages.map(summarizeMessage));
    // Everything that names the datagram and says what is in it is the same; who and when is not.
    const received = right.eventsOf('datagram-received');
    for (const { datagram, uuid, bytes, message } of sent) {
      const twin = received.find((event) => event.from === 0 && event.fromBoot === 7 && event.datagram === datagram);
      expect(twin).toMatchObject({ uuid, bytes, message });
    }
    expect(received).toHaveLength(sent.length);
  });

  it('never puts a receive before its send', async () => {
    const [left, right] = await startPair();
    right.transport.onMessage((_from, message) => {
      if (message.kind === 'append-entries') right.transport.send(0, acknowledgement(message.round));
    });
    let answered = 0;
    left.transport.onMessage(() => {
      answered += 1;
      if (answered < 50) left.transport.send(1, heartbeat(0, answered + 1));
    });
    left.transport.send(1, heartbeat(0));
    await until(() => answered === 50);
    const merged = [...left.events, ...right.events].toSorted(compareEvents);
    const places = new Map(merged.map((event, place) => [nameOf(event), place]));
    const pairs = merged.flatMap((event, place) =>
      event.type === 'datagram-received'
        ? [{ sent: places.get(`sent ${event.from}/${event.fromBoot}/${event.datagram}`) ?? Infinity, received: place }]
        : [],
    );
    expect(pairs.filter(({ sent, received }) => sent >= received)).toEqual([]);
    expect(pairs).toHaveLength(100);
    expect(merged.map(({ type, node }) => `${type} ${node}`).slice(0, 4)).toEqual([
      'datagram-sent 0',
      'datagram-received 1',
      'datagram-sent 1',
      'datagram-received 0',
    ]);
  });

  it('carries the Lamport number of the send event', async () => {
    const [left, right] = await startPair();
    left.lamport.witness(1_000);
    left.transport.send(1, heartbeat(0));
    await until(() => right.delivered.length === 1);
    expect(left.events.map(({ lamport }) => lamport)).toEqual([1_001]);
    expect(right.events.map(({ lamport }) => lamport)).toEqual([1_002]);
  });

  it('goes on without a word when a member does not listen', async () => {
    const [left, gone, right] = await start(3);
    if (left === undefined || gone === undefined || right === undefined) throw new Error('three nodes were asked for');
    gone.transport.close();
    await gone.datagrams.closed;
    for (const round of [1, 2, 3]) for (const to of [1, 2]) left.transport.send(to, heartbeat(0, round));
    await until(() => right.delivered.length === 3);
    // What is for the one that was never heard waits, and is not in the stream.
    expect(left.eventsOf('datagram-sent')).toHaveLength(3);
    expect(left.events).toHaveLength(3);
  });

  it('says and hears nothing after it is closed', async () => {
    const [left, right] = await startPair();
    right.transport.send(0, heartbeat(1));
    left.transport.close();
    left.transport.send(1, heartbeat(0));
    await left.datagrams.closed;
    expect(left.events).toEqual([]);
    expect(left.delivered).toEqual([]);
  });

  it('does not let a server speak for another', async () => {
    const [left] = await startPair();
    expect(() => left.transport.send(1, heartbeat(1))).toThrow(AssertionError);
  });

  it('keeps what servers say to each other apart from what clients are told', async () => {
    const [left] = await startPair();
    expect(() => left.transport.send(1, exampleMessages(0)['client-call'])).toThrow(AssertionError);
    expect(() => left.transport.send(1, exampleMessages(0)['client-call-reply'])).toThrow(AssertionError);
    expect(() => left.transport.send(clientIdOf(4), heartbeat(0))).toThrow(AssertionError);
    left.transport.send(clientIdOf(4), exampleMessages(0)['client-call-reply']);
    expect(left.events).toMatchObject([{ type: 'send-failed', to: clientIdOf(4) }]);
  });
});

describe('message uuids', () => {
  it('are new for a call, and of the call for its reply', async () => {
    const [left, right] = await startPair();
    left.transport.send(1, heartbeat(0, 1));
    left.transport.send(1, heartbeat(0, 2));
    await until(() => right.delivered.length === 2);
    for (const round of [2, 1]) right.transport.send(0, acknowledgement(round));
    await until(() => left.delivered.length === 2);
    const [first, second] = left.eventsOf('datagram-sent').map(({ uuid }) => uuid);
    expect(validate(first)).toBe(true);
    expect(first).not.toBe(second);
    const uuidOfRound = new Map(left.eventsOf('datagram-received').map(({ uuid, message }) => [message.round, uuid]));
    expect(uuidOfRound).toEqual(
      new Map([
        [1, first],
        [2, second],
      ]),
    );
  });

  it('tell calls of the same round by kind and by peer', async () => {
    const [left, right, third] = await start(3);
    if (left === undefined || right === undefined || third === undefined) throw new Error('three nodes were asked for');
    const vote = exampleMessages(0)['request-vote'];
    left.transport.send(1, heartbeat(0, vote.round));
    left.transport.send(1, vote);
    third.transport.send(1, heartbeat(2, vote.round));
    await until(() => right.delivered.length === 3);
    right.transport.send(0, exampleMessages(1)['request-vote-reply']);
    await until(() => left.delivered.length === 1);
    const callUuid = left.eventsOf('datagram-sent').find(({ message }) => message.kind === 'request-vote')?.uuid;
    expect(left.eventsOf('datagram-received')[0]?.uuid).toBe(callUuid);
  });

  it('of a reply to a call that was never heard are new', async () => {
    const [left, right] = await startPair(() => ({ newUuid: () => v7() }));
    right.transport.send(0, acknowledgement(5));
    await until(() => left.delivered.length === 1);
    expect(validate(left.eventsOf('datagram-received')[0]?.uuid)).toBe(true);
  });
});

describe('addresses', () => {
  it('are hints: a member is answered where it was heard last', async () => {
    const [left, right] = await startPair();
    const members = [left.member, right.member];
    right.transport.close();
    await right.datagrams.closed;
    const [elsewhere] = await openSockets(1);
    if (elsewhere === undefined) throw new Error('a socket was asked for');
    const moved = startNode(1, elsewhere, members, { boot: 2 });
    running.push(moved);
    moved.transport.send(0, heartbeat(1));
    await until(() => left.delivered.length === 1);
    expect(left.transport.addressOf(1)).toEqual(elsewhere.localAddress);
    expect([0, 2].map((id) => left.transport.addressOf(id))).toEqual([left.member.address, undefined]);
    left.transport.send(1, acknowledgement(1));
    await until(() => moved.delivered.length === 1);
    expect(moved.delivered[0]?.message).toEqual(acknowledgement(1));
  });
});

describe('members', () => {
  it('that come later are heard and answered; who is named no more is a stranger', async () => {
    const [left, right] = await startPair();
    const [socket] = await openSockets(1);
    if (socket === undefined) throw new Error('a socket was asked for');
    const third = startNode(2, socket, [left.member, right.member]);
    running.push(third);
    left.transport.setMembers([left.member, right.member, third.member]);
    left.transport.send(2, heartbeat(0));
    third.transport.send(0, heartbeat(2));
    await until(() => left.delivered.length === 1 && third.delivered.length === 1);
    left.transport.setMembers([left.member, third.member]);
    right.transport.send(0, heartbeat(1));
    await until(() => left.eventsOf('datagram-refused').length === 1);
    left.transport.send(1, heartbeat(0));
    expect(left.eventsOf('send-failed')).toMatchObject([{ to: 1 }]);
  });

  it('stay where they were heard, until they are said to be elsewhere', async () => {
    const [left, right] = await startPair();
    const [elsewhere, third] = await openSockets(2);
    if (elsewhere === undefined || third === undefined) throw new Error('two sockets were asked for');
    const members = [left.member, right.member];
    const moved = startNode(1, elsewhere, members, { boot: 2 });
    const again = startNode(1, third, members, { boot: 3 });
    running.push(moved, again);
    moved.transport.send(0, heartbeat(1));
    await until(() => left.delivered.length === 1);
    left.transport.setMembers(members);
    left.transport.send(1, heartbeat(0, 2));
    await until(() => moved.delivered.length === 1);
    left.transport.setMembers([left.member, again.member]);
    // Made for the process before: it is refused by the one that runs there now.
    left.transport.send(1, heartbeat(0, 3));
    await until(() => again.eventsOf('datagram-refused').length === 1);
    again.transport.send(0, heartbeat(1, 2));
    await until(() => left.delivered.length === 2);
    left.transport.send(1, heartbeat(0, 4));
    await until(() => again.delivered.length === 1);
    expect(again.delivered).toMatchObject([{ message: { round: 4 } }]);
    expect(again.eventsOf('datagram-refused')).toMatchObject([{ why: 'stale' }]);
    expect([moved.delivered.length, right.delivered.length]).toEqual([1, 0]);
  });
});

describe('what can not be sent', () => {
  it('too large for a message: reported, and the next one goes', async () => {
    const [left, right] = await startPair();
    const payload = new Uint8Array(limits.entryPayloadBytesMax);
    left.transport.send(1, { kind: 'forward-append', term: 1, round: 1, entries: [payload, payload] });
    left.transport.send(1, heartbeat(0));
    await until(() => right.delivered.length === 1);
    expect(left.eventsOf('send-failed')).toMatchObject([
      {
        to: 1,
        datagram: 0,
        reason: expect.stringMatching(/^This forward-append needs 2097\d{3} bytes; a message has at most 1310720\.$/),
      },
    ]);
    expect(left.eventsOf('datagram-sent')).toMatchObject([{ datagram: 1 }]);
  });

  it('to nobody that we know, or to ourselves: reported', async () => {
    const [left] = await startPair();
    left.transport.send(7, heartbeat(0));
    left.transport.send(0, heartbeat(0));
    expect(left.eventsOf('send-failed')).toMatchObject([
      { to: 7, datagram: 0, reason: 'Node 7 is not another member of this cluster.' },
      { to: 0, datagram: 0 },
    ]);
    expect(left.eventsOf('datagram-sent')).toEqual([]);
  });

  it('refused by the system: reported', async () => {
    const [socket] = await openSockets(1);
    if (socket === undefined) throw new Error('a socket was asked for');
    const nowhere = { id: 1, address: { host: '127.0.0.1', port: 0 } };
    const node = startNode(0, socket, [...membersOf([socket]), nowhere]);
    running.push(node);
    node.transport.send(1, heartbeat(0));
    await until(() => node.eventsOf('send-failed').length === 1);
    expect(node.eventsOf('send-failed')).toMatchObject([
      { to: 1, datagram: 0, reason: expect.stringMatching(/^127\.0\.0\.1:0: /) },
    ]);
  });
});

describe('a message larger than a datagram', () => {
  it('leaves and arrives in parts that pair up, and others overtake it', async () => {
    const [left, right] = await startPair();
    const payload = new Uint8Array(limits.entryPayloadBytesMax).fill(5);
    const large: RaftMessage = { kind: 'forward-append', term: 1, round: 9, entries: [payload] };
    left.transport.send(1, large);
    left.transport.send(1, heartbeat(0));
    await until(() => {
      // Heartbeats are the pulse.
      right.transport.send(0, acknowledgement(1));
      return right.delivered.length === 2;
    });
    expect(right.delivered.map(({ message }) => message)).toContainEqual(large);
    const sent = left.eventsOf('datagram-sent').filter(({ fragment }) => fragment);
    const received = right.eventsOf('datagram-received').filter(({ fragment }) => fragment);
    expect(received.length).toBeGreaterThanOrEqual(18);
    for (const { datagram, fragment, uuid, bytes } of received)
      expect(sent.find((one) => one.datagram === datagram)).toMatchObject({ fragment, uuid, bytes });
    expect(left.eventsOf('send-failed')).toEqual([]);
  });
});
