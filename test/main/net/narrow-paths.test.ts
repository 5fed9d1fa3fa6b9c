/**
 * Large messages over real sockets whose way is narrow, or loses a lot.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { openUdpDatagrams, type UdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { limits, type Address } from '../../../shared/cluster-config.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { until } from '../../support/until.ts';
import { closeNodes, membersOf, openSockets, startNode, type RigChanges, type RigNode } from './udp-rig.ts';

const running: RigNode[] = [];
afterEach(async () => {
  await closeNodes(running);
  running.length = 0;
});

type Wrap = (socket: UdpDatagrams) => UdpDatagrams;

/** Nodes 0 and 1; what node 0 sends goes through `wrap`, and what node 1 sends through `wrapBack`. */
async function startPair(wrap: Wrap, wrapBack: Wrap = (socket) => socket, changes: RigChanges = {}) {
  const [left, right] = await openSockets(2);
  if (left === undefined || right === undefined) throw new Error('two sockets were asked for');
  const members = membersOf([left, right]);
  const pair = [startNode(0, wrap(left), members, changes), startNode(1, wrapBack(right), members, changes)] as const;
  running.push(...pair);
  return pair;
}

/** The same socket, but for `send`. */
function sendingThrough(socket: UdpDatagrams, send: UdpDatagrams['send']): UdpDatagrams {
  return {
    localAddress: socket.localAddress,
    receiveBufferBytes: socket.receiveBufferBytes,
    sendBufferBytes: socket.sendBufferBytes,
    closed: socket.closed,
    overflowed: () => socket.overflowed(),
    onDatagram: (handler) => socket.onDatagram(handler),
    onSendError: (handler) => socket.onSendError(handler),
    close: () => socket.close(),
    send,
  };
}

/** Takes datagrams up to a size; larger ones come back a moment later, as Node tells it. */
const narrow =
  (bytesMax: number): Wrap =>
  (socket) => {
    let report: (error: Error, to: Address, bytes?: Uint8Array) => void = () => {};
    const narrowed = sendingThrough(socket, (bytes, to) => {
      if (bytes.byteLength <= bytesMax) return socket.send(bytes, to);
      const error = Object.assign(new Error('send EMSGSIZE'), { code: 'EMSGSIZE' });
      setImmediate(() => report(error, to, bytes));
    });
    return {
      ...narrowed,
      onSendError: (handler) => {
        report = handler;
        socket.onSendError(handler);
      },
    };
  };

/** Loses each third datagram, whatever it is. */
const lossy: Wrap = (socket) => {
  let sent = 0;
  return sendingThrough(socket, (bytes, to) => {
    sent += 1;
    if (sent % 3 !== 0) socket.send(bytes, to);
  });
};

const large = (bytes: number): RaftMessage => ({
  kind: 'forward-append',
  term: 1,
  round: 9,
  entries: [Uint8Array.from({ length: bytes }, (_, place) => place % 251)],
});

const acknowledgement = (round: number): RaftMessage => ({ kind: 'timeout-now', term: 1, round });

/** Sends it and waits until it is there; the other's heartbeats are the pulse. */
async function carry([left, right]: readonly [RigNode, RigNode], message: RaftMessage): Promise<void> {
  left.transport.send(1, message);
  let round = 0;
  await until(() => {
    right.transport.send(0, acknowledgement((round += 1)));
    return right.delivered.length > 0;
  });
  expect(right.delivered).toEqual([{ from: 0, message }]);
}

describe('a path that takes less than was thought', () => {
  it.each([
    ["macOS's default", 9_216, 9_216],
    ['an Ethernet frame', 1_472, limits.networkDatagramBytesMax],
    ['a tunnel', 1_300, 1_232],
  ])('%s: the message leaves again in smaller parts, and the next one at once', async (_what, bytesMax, fits) => {
    const pair = await startPair(narrow(bytesMax));
    const [left, right] = pair;
    await carry(pair, large(50_000));
    expect(left.eventsOf('send-failed').length).toBeGreaterThan(0);
    for (const { reason } of left.eventsOf('send-failed')) expect(reason).toMatch(/: send EMSGSIZE$/);
    const failed = left.eventsOf('send-failed').length;
    left.transport.send(1, large(30_000));
    await until(() => {
      right.transport.send(0, acknowledgement(1));
      return right.delivered.length === 2;
    });
    expect(left.eventsOf('send-failed')).toHaveLength(failed);
    const sizes = right.eventsOf('datagram-received').map(({ bytes }) => bytes);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(fits);
  });

  it('parts that are already under way are cut anew', async () => {
    const pair = await startPair(narrow(9_216));
    await carry(pair, large(limits.entryPayloadBytesMax));
    expect(pair[0].eventsOf('send-failed').length).toBeGreaterThan(0);
  });

  it('the system itself says so above what IP can carry', async () => {
    const socket = await openUdpDatagrams({ host: '127.0.0.1', port: 0 });
    const errors: { error: Error; bytes: Uint8Array | undefined }[] = [];
    socket.onSendError((error, _to, bytes) => errors.push({ error, bytes }));
    const bytes = new Uint8Array(65_508);
    socket.send(bytes, socket.localAddress);
    await until(() => errors.length === 1);
    expect(errors[0]).toMatchObject({ error: { code: 'EMSGSIZE' } });
    expect(errors[0]?.bytes).toBe(bytes);
    socket.close();
    await socket.closed;
  });
});

describe('a path that loses each third datagram, both ways', () => {
  it('a megabyte arrives all the same, and what is lost is counted', async () => {
    const pair = await startPair(lossy, lossy);
    const [left, right] = pair;
    await carry(pair, large(limits.entryPayloadBytesMax));
    const parts = left.eventsOf('datagram-sent').length;
    expect(parts).toBeGreaterThan(18);
    // The count is told at most once a second.
    await until(() => {
      left.transport.send(1, acknowledgement(1));
      return right.eventsOf('datagrams-missing').length > 0;
    });
    const sent = left.eventsOf('datagram-sent').length;
    const missing = right.eventsOf('datagrams-missing').reduce((sum, { count }) => sum + count, 0);
    expect(missing).toBe(right.eventsOf('datagrams-missing').at(-1)?.missing);
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(sent / 2);
  });

  it('a frame of Ethernet too', async () => {
    const narrowAndLossy: Wrap = (socket) => lossy(narrow(1_472)(socket));
    const pair = await startPair(narrowAndLossy, lossy);
    await carry(pair, large(100_000));
    expect(pair[0].eventsOf('datagram-sent').length).toBeGreaterThan(100_000 / 1_400);
  });
});
