/**
 * What somebody with the key sends, as a member that votes in nothing: claims that no server believes, and fragments of
 * messages that never become whole.
 */
import { limits } from '../../../shared/cluster-config.ts';
import { drawInteger, drawPercent } from '../../../shared/random.ts';
import { outsiderId } from '../../../shared/ids.ts';
import type { ClientCall, RaftMessage } from '../../../shared/raft-message.ts';
import {
  fragmentPrefixBytes,
  fragmentsHeldBytes,
  pieceBytes,
  pieceCount,
  writeFragmentPrefix,
} from '../../net/fragment-codec.ts';
import { encodeMessage } from '../../net/message-codec.ts';
import { headerBytes } from '../../net/wire-header.ts';
import { liar } from './quiet-cluster.ts';
import type { Attack, Scene } from './attacks.ts';
import { drawBytes, drawOne } from './draw-bytes.ts';
import { forge, voteRequest } from './forge.ts';

/** A part of a message, with a form that `readFragmentPrefix` takes. */
function fragmentOf(scene: Scene, message: number, totalBytes: number, wanted: number): Uint8Array {
  const { random } = scene;
  const count = pieceCount(totalBytes, Math.min(Math.ceil(totalBytes / wanted), 50_000));
  const size = pieceBytes(totalBytes, count);
  const index = drawInteger(random, 0, count - 1);
  const length = Math.min(size, totalBytes - index * size);
  const body = Buffer.alloc(fragmentPrefixBytes + length, drawInteger(random, 0, 255));
  writeFragmentPrefix({ message, totalBytes, round: 1 }, body, 0);
  return forge(scene, { kind: 'forward-append', fragment: index, fragments: count }, { body });
}

const call: ClientCall = {
  kind: 'client-call',
  round: 1,
  requests: [{ number: 1, timeoutMs: 1_000, request: { kind: 'append', entries: [new Uint8Array(3)] } }],
};

function drawBoot({ random }: Scene): number {
  return drawInteger(random, 1, 2 ** 32 - 1);
}

let messages = 1_000_000_000;

/** Messages that a server with this term and log can't have said. */
function nonsense({ cluster, victim, random }: Scene): RaftMessage {
  const { term } = cluster.node(victim).state;
  const round = 1;
  return drawOne<RaftMessage>(random, [
    { kind: 'timeout-now', term: term + limits.termJumpMax + drawInteger(random, 1, 1_000), round },
    { kind: 'timeout-now', term: limits.termMax, round },
    { kind: 'pre-vote', term, round, candidateId: liar, lastLogIndex: 4, lastLogTerm: term + 1 },
    { kind: 'request-vote', term, round, candidateId: liar, lastLogIndex: 0, lastLogTerm: 1, transfer: true },
    {
      kind: 'append-entries',
      term: 0,
      round,
      leaderId: liar,
      prevLogIndex: 0,
      prevLogTerm: 0,
      leaderCommit: 0,
      entries: [],
    },
    {
      kind: 'append-entries',
      term,
      round,
      leaderId: liar,
      prevLogIndex: 3,
      prevLogTerm: 1,
      leaderCommit: 9,
      entries: [{ index: 4, term: term + 1, kind: 'client', payload: new Uint8Array(3) }],
    },
  ]);
}

export const liarAttacks: Readonly<Record<string, Attack>> = {
  'unknown sender': (scene) => forge(scene, { senderId: drawInteger(scene.random, 4, 60_000) }),
  'in our own name': (scene) => forge(scene, { senderId: scene.victim }),
  'for another': (scene) =>
    forge(scene, {
      receiverId: drawOne(
        scene.random,
        [0, 1, 2, 9].filter((id) => id !== scene.victim),
      ),
    }),
  'for another boot': (scene) =>
    forge(scene, { receiverBoot: scene.cluster.node(scene.victim).boot + drawInteger(scene.random, 1, 9) }),
  'absurd Lamport number': (scene) => {
    const current = scene.cluster.node(scene.victim).lamport.current;
    return forge(scene, {
      lamport: Math.min(2 ** 48 - 1, current + limits.lamportJumpMax + drawInteger(scene.random, 1, 2 ** 40)),
    });
  },
  'absurd message': (scene) => forge(scene, {}, { message: nonsense(scene) }),
  'sealed and cut off': (scene) => {
    const whole = encodeMessage(voteRequest(scene)).subarray(headerBytes);
    return forge(scene, {}, { body: whole.subarray(0, drawInteger(scene.random, 0, whole.length - 1)) });
  },
  'oversized fragment': (scene) => {
    const body = Buffer.alloc(fragmentPrefixBytes + drawInteger(scene.random, 0, 2_000));
    writeFragmentPrefix(
      { message: 1, totalBytes: drawInteger(scene.random, limits.messageBytesMax + 1, 2 ** 32 - 1), round: 1 },
      body,
      0,
    );
    return forge(
      scene,
      { fragment: 0, fragments: drawInteger(scene.random, 2, limits.fragmentsPerMessageMax) },
      { body },
    );
  },
  'fragment flood': (scene) => {
    messages += 1;
    const totalBytes = drawPercent(scene.random, 50)
      ? limits.messageBytesMax
      : drawInteger(scene.random, 4_096, limits.messageBytesMax);
    return fragmentOf(scene, messages, totalBytes, drawInteger(scene.random, 2, 2_048));
  },
  'contradicting fragments': (scene) => {
    const message = drawInteger(scene.random, 1, 5);
    return fragmentOf(scene, message, drawInteger(scene.random, 20, 60), drawInteger(scene.random, 2, 5));
  },
  'greeting flood': (scene) =>
    forge(
      scene,
      { kind: 'hello', datagram: 0, boot: drawInteger(scene.random, 1, 2 ** 32 - 1) },
      { body: new Uint8Array(0) },
    ),
  'clients that nobody runs': (scene) =>
    forge(
      scene,
      { kind: 'hello', datagram: 0, senderId: outsiderId, boot: drawBoot(scene), receiverBoot: 0 },
      { body: new Uint8Array(0) },
    ),
  'call of a client that nobody runs': (scene) =>
    forge(scene, { senderId: outsiderId, boot: drawBoot(scene) }, { message: call }),
  'call of a member': (scene) => forge(scene, {}, { message: call }),
  'vote request of a client': (scene) => forge(scene, { senderId: outsiderId, boot: drawBoot(scene) }),
  'answer that nobody asked for': (scene) =>
    forge(scene, { kind: 'hello-reply', datagram: 0 }, { body: new Uint8Array(0) }),
  'acknowledgement of nothing': (scene) => {
    const count = drawInteger(scene.random, 2, 400);
    const body = drawBytes(scene.random, fragmentsHeldBytes(count) + drawInteger(scene.random, 0, 1));
    body.writeUIntBE(drawInteger(scene.random, 0, 40), 0, 6);
    body.writeUInt16BE(count, 6);
    return forge(scene, { kind: 'fragments-held', datagram: 0 }, { body });
  },
};
