/**
 * Whatever arrives, from whomever: the transport never throws, says one thing about each datagram, and delivers only
 * what a server could have said. The judge of the last is a schema that shares nothing with the decoder.
 */
import * as fc from 'fast-check';
import { parse } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeMessage } from '../../../main/net/message-codec.ts';
import { messageKinds } from '../../../main/net/message-kinds.ts';
import { createSeal, type Seal } from '../../../main/net/seal.ts';
import type { UdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { encodeHeader, headerBytes, wireVersion, type WireHeader } from '../../../main/net/wire-header.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { arbitraryMessage } from './message-arbitraries.ts';
import { exampleMessages } from './message-examples.ts';
import { messageOf } from './message-schema.ts';
import {
  closeNodes,
  membersOf,
  openSockets,
  rigClusterId,
  rigKey,
  startNode,
  type RigChanges,
  type RigNode,
} from './udp-rig.ts';
import { until } from '../../support/until.ts';

interface Stage {
  readonly node: RigNode;
  readonly stranger: UdpDatagrams;
}

const stages: Stage[] = [];

/** Node 0 of a cluster whose node 1 is a stranger that sends whatever it likes. Each refusal is told for itself, and no loss. */
async function start(changes: RigChanges = {}): Promise<Stage> {
  const [socket, stranger] = await openSockets(2);
  if (socket === undefined || stranger === undefined) throw new Error('two sockets were asked for');
  const all = { toldPerSecondMax: Number.POSITIVE_INFINITY, nowNs: () => 0, ...changes };
  const stage = { node: startNode(0, socket, membersOf([socket, stranger]), all), stranger };
  stages.push(stage);
  return stage;
}

afterEach(async () => {
  for (const { stranger } of stages) stranger.close();
  await closeNodes(stages.map(({ node }) => node));
  stages.length = 0;
});

const clusterId = parse(rigClusterId);
const rightSeal = createSeal(rigKey);
const foreignSeal = createSeal(new Uint8Array(32).fill(8));

let numbered = 0;
function nextNumber(): number {
  numbered += 1;
  return numbered;
}

/** Sealed again, as by someone who has the key: so that it gets past the tag. */
function sealed(bytes: Uint8Array): Uint8Array {
  if (bytes.length >= headerBytes) rightSeal.stamp(bytes);
  return bytes;
}

/** A datagram of node 1 as a correct one would send it, but for `change`. */
function datagramOf(
  message: RaftMessage,
  change: Partial<WireHeader> = {},
  cluster: Uint8Array = clusterId,
  seal: Seal | null = rightSeal,
): Uint8Array {
  const bytes = encodeMessage(message);
  const header: WireHeader = {
    kind: message.kind,
    senderId: 1,
    receiverId: 0,
    boot: 1,
    receiverBoot: 1,
    datagram: nextNumber(),
    fragment: 0,
    fragments: 1,
    lamport: 5,
    uuid: '1c4a9b1e-6a3f-4e0b-8c53-2f0e6f6a7b01',
    ...change,
  };
  encodeHeader(header, cluster, bytes);
  seal?.stamp(bytes);
  return bytes;
}

/** Sends all of them and waits until each has led to an event; in parts, so that the socket's buffer holds them. */
async function sendAll({ node, stranger }: Stage, datagrams: readonly Uint8Array[]): Promise<void> {
  const before = node.events.length;
  for (let done = 0; done < datagrams.length; done += 50) {
    const part = datagrams.slice(done, done + 50);
    for (const bytes of part) stranger.send(bytes, node.datagrams.localAddress);
    await until(() => node.events.length >= before + done + part.length);
  }
}

const vote = exampleMessages(1)['request-vote'];

describe('a datagram is refused', () => {
  const otherCluster = parse('6f1c2a52-7f0e-4d7e-9a55-0c8a3f5b7d12');
  const laterVersion = datagramOf(vote);
  laterVersion[2] = wireVersion + 1;

  it.each([
    ['of another program', new TextEncoder().encode('GET / HTTP/1.1\r\n'), 'not-ours'],
    ['without bytes', new Uint8Array(0), 'not-ours'],
    ['of another version', laterVersion, 'version'],
    ['of another cluster', datagramOf(vote, {}, otherCluster), 'cluster'],
    ['over the limit', Buffer.concat([datagramOf(vote), new Uint8Array(limits.datagramBytesMax)]), 'too-large'],
    ['of a stranger', datagramOf(vote, { senderId: 2 }), 'unknown-sender'],
    ['of the receiver itself', datagramOf(vote, { senderId: 0 }), 'unknown-sender'],
    ['whose kind is not that of its body', datagramOf(vote, { kind: 'read-index-reply' }), 'malformed'],
    ['with something behind its body', sealed(Buffer.concat([datagramOf(vote), new Uint8Array(1)])), 'malformed'],
    ['of a foreign key', datagramOf(vote, {}, clusterId, foreignSeal), 'unauthenticated'],
    ['without a tag', datagramOf(vote, {}, clusterId, null), 'unauthenticated'],
    ['for another node', datagramOf(vote, { receiverId: 2 }), 'misdirected'],
    ['for this node before it started', datagramOf(vote, { receiverBoot: 3 }), 'stale'],
    ['of a sender that never heard of this node', datagramOf(vote, { receiverBoot: 0 }), 'stale'],
    ['with a Lamport number from far away', datagramOf(vote, { lamport: limits.lamportJumpMax + 1 }), 'absurd'],
    ['with a log newer than its sender', datagramOf({ ...vote, lastLogTerm: 6 } as RaftMessage), 'absurd'],
    [
      'with a term from far away',
      datagramOf({ kind: 'timeout-now', term: limits.termJumpMax + 4, round: 1 }),
      'absurd',
    ],
  ])('%s', async (_what, bytes, why) => {
    const stage = await start({ currentTerm: () => 3 });
    await sendAll(stage, [bytes]);
    const { node, stranger } = stage;
    expect(node.events).toMatchObject([
      {
        type: 'datagram-refused',
        address: stranger.localAddress,
        bytes: bytes.byteLength,
        why,
        reason: expect.stringMatching(/\.$|\?$/),
      },
    ]);
    expect(node.delivered).toEqual([]);
    // Nothing of it is believed: not where the member is, not what time it is.
    expect(node.lamport.current).toBe(1);
  });

  it('and its reason says when someone speaks in our own name', async () => {
    const stage = await start();
    await sendAll(stage, [datagramOf(vote, { senderId: 0 })]);
    expect(stage.node.events).toMatchObject([{ reason: 'It claims to come from this node itself.' }]);
  });

  it('cut off anywhere, whatever its kind', async () => {
    const stage = await start();
    for (const kind of messageKinds) {
      const whole = datagramOf(exampleMessages(1)[kind]);
      const cuts = Array.from({ length: whole.length }, (_, length) => new Uint8Array(whole.subarray(0, length)));
      await sendAll(stage, cuts);
      await sendAll(stage, cuts.map(sealed));
    }
    const { node } = stage;
    expect(new Set(node.eventsOf('datagram-refused').map(({ why }) => why))).toEqual(
      new Set(['not-ours', 'malformed', 'unauthenticated', 'replayed']),
    );
    expect(node.eventsOf('datagram-refused')).toHaveLength(node.events.length);
    expect(node.delivered).toEqual([]);
  });
});

/**
 * Overwrites some bytes, or puts others in the place of some. Who has the key and skips numbers has only itself to blame
 * when the window refuses what it sends next; so what is sealed again keeps its header.
 */
const mutated = (
  whole: fc.Arbitrary<Uint8Array>,
  behindHeader: fc.Arbitrary<boolean> = fc.boolean(),
): fc.Arbitrary<Uint8Array> =>
  fc
    .record({
      whole,
      where: fc.nat(),
      insert: fc.uint8Array({ maxLength: 6 }),
      remove: fc.option(fc.nat(4), { freq: 1 }),
      behindHeader,
    })
    .map(({ whole, where, insert, remove, behindHeader }) => {
      const start = behindHeader && whole.length > headerBytes ? headerBytes : 0;
      const place = start + (where % Math.max(1, whole.length - start));
      return Buffer.concat([whole.subarray(0, place), insert, whole.subarray(place + (remove ?? insert.length))]);
    });

/** A valid header in front of any bytes: what reaches the decoder of bodies. */
const randomBody = fc
  .record({
    kind: fc.constantFrom(...messageKinds),
    body: fc.uint8Array({ maxLength: 120 }),
    first: fc.integer({ min: 0x90, max: 0x97 }),
  })
  .map(({ kind, body, first }) =>
    sealed(
      Buffer.concat([datagramOf(exampleMessages(1)[kind]).subarray(0, headerBytes), new Uint8Array([first]), body]),
    ),
  );

describe('20,000 random and mutated datagrams', () => {
  it('lead to one event each; only what makes sense is delivered', async () => {
    const stage = await start();
    const whole = arbitraryMessage(1).map((message) => datagramOf(message));
    const seed = Date.now() % 2 ** 31;
    const datagrams = fc.sample(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        randomBody,
        mutated(whole),
        mutated(whole, fc.constant(true)).map(sealed),
      ),
      { numRuns: 20_000, seed },
    );
    await sendAll(stage, datagrams);
    const { node } = stage;
    const received = node.eventsOf('datagram-received').length;
    const refused = node.eventsOf('datagram-refused').length;
    expect([node.events.length, received + refused], `seed ${seed}`).toEqual([20_000, 20_000]);
    expect(node.delivered).toHaveLength(received);
    for (const { from, message: delivered } of node.delivered) {
      expect(from).toBe(1);
      expect(
        messageOf(1).safeParse(delivered).error?.issues,
        `seed ${seed}: ${JSON.stringify(delivered)}`,
      ).toBeUndefined();
    }
    // Both happened often enough to mean something, and the node is still well.
    expect(Math.min(received, refused), `seed ${seed}`).toBeGreaterThan(500);
    await sendAll(stage, [datagramOf(vote, { lamport: 5 })]);
    expect(node.delivered.at(-1)).toEqual({ from: 1, message: vote });
  }, 30_000);
});
