/**
 * Datagrams as a correct server would write them, but for what is changed.
 */
import { drawInteger } from '../../../shared/random.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { encodeMessage } from '../../net/message-codec.ts';
import { createSeal, type Seal } from '../../net/seal.ts';
import { encodeHeader, headerBytes, type WireHeader } from '../../net/wire-header.ts';
import type { Scene } from './attacks.ts';
import { clusterIdBytes, clusterKey, liar } from './quiet-cluster.ts';

export const rightSeal = createSeal(clusterKey);

export interface Forgery {
  /** Default: a vote request that the victim would look at. */
  readonly message?: RaftMessage;
  /** In the place of a message's body. */
  readonly body?: Uint8Array;
  /** Default: the cluster's. */
  readonly seal?: Seal;
  readonly cluster?: Uint8Array;
}

/** Numbers of the liar: each is new to everyone. */
let numbered = 0;

/** From the liar to the victim, in boots that are right. */
export function forge(scene: Scene, header: Partial<WireHeader>, how: Forgery = {}): Uint8Array {
  const { random, cluster, victim } = scene;
  const { seal = rightSeal, cluster: clusterBytes = clusterIdBytes, message = voteRequest(scene), body } = how;
  const bytes =
    body === undefined ? Buffer.from(encodeMessage(message)) : Buffer.concat([new Uint8Array(headerBytes), body]);
  numbered += 1;
  const { boot: receiverBoot, lamport } = cluster.node(victim);
  encodeHeader(
    {
      kind: message.kind,
      senderId: liar,
      receiverId: victim,
      boot: 1,
      receiverBoot,
      datagram: numbered,
      lamport: lamport.current,
      fragment: 0,
      fragments: 1,
      uuid: uuidOf(drawInteger(random, 0, 2 ** 32 - 1)),
      ...header,
    },
    clusterBytes,
    bytes,
  );
  seal.stamp(bytes);
  return bytes;
}

export function voteRequest({ cluster, victim }: Scene): RaftMessage {
  const { term } = cluster.node(victim).state;
  return {
    kind: 'request-vote',
    term: term + 1,
    round: 1,
    candidateId: liar,
    lastLogIndex: 9e6,
    lastLogTerm: term + 1,
    transfer: false,
  };
}

function uuidOf(number: number): string {
  return `${number.toString(16).padStart(8, '0')}-6a3f-4e0b-8c53-2f0e6f6a7b01`;
}
