/**
 * What one who has the key makes of correct datagrams: bodies changed by chance and sealed again. They may be believed, so
 * there is no server behind this transport. What it hands on must be what a server could have said: it can be said again, and
 * reads the same.
 */
import { isDeepStrictEqual } from 'node:util';
import type { RandomState } from '../../../shared/random.ts';
import type { MessageKind, RaftMessage } from '../../../shared/raft-message.ts';
import { createLamportClock } from '../../lamport-clock.ts';
import { createDatagramTransport } from '../../net/datagram-transport.ts';
import { decodeMessage, encodeMessage } from '../../net/message-codec.ts';
import { isControl } from '../../net/message-kinds.ts';
import { describeNonsense } from '../../net/message-sense.ts';
import { decodeHeader, encodeHeader, headerBytes } from '../../net/wire-header.ts';
import { drawAddress } from './attacks.ts';
import { drawOne, mutate } from './draw-bytes.ts';
import { rightSeal } from './forge.ts';
import { addressOf, clusterId, clusterIdBytes, clusterKey, liar, type Capture } from './quiet-cluster.ts';
import { QuietWorld } from './quiet-world.ts';
import { Tally } from './tally.ts';

export interface LiarReport {
  readonly sent: number;
  readonly believed: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

const victim = 9;
const currentTerm = 50;

/** @param captures what is changed */
export function runLiar(captures: readonly Capture[], count: number, random: RandomState): LiarReport {
  const messages = captures.filter(({ kind, bytes }) => !isControl(kind) && bytes.length < 2_000);
  const world = new QuietWorld();
  const tally = new Tally();
  const lamport = createLamportClock();
  const problems: string[] = [];
  const transport = createDatagramTransport({
    self: victim,
    boot: 1,
    clusterId,
    key: clusterKey,
    members: [victim, liar].map((id) => ({ id, address: addressOf(id) })),
    datagrams: world.openDatagrams(addressOf(victim)),
    lamport,
    emit: (event) => {
      lamport.tick();
      tally.note(event);
    },
    nowNs: () => world.delivered * 20_000,
    currentTerm: () => currentTerm,
  });
  transport.onMessage((from, message) => {
    const what = whatIsWrong(message);
    if (what !== undefined || from !== liar) problems.push(`${what}: ${JSON.stringify(message)}`);
  });
  for (let sent = 1; sent <= count; sent += 1) {
    const bytes = lie(random, drawOne(random, messages).bytes, drawOne(random, messages).bytes, sent);
    try {
      world.deliver(bytes, drawAddress(random), addressOf(victim));
      world.settle();
    } catch (error) {
      problems.push(`Thrown: ${String(error)}, at ${Buffer.from(bytes).toString('hex')}`);
    }
  }
  transport.close();
  if (tally.datagrams !== count) problems.push(`${count} datagrams were sent and ${tally.datagrams} accounted for.`);
  const { received: believed, refused } = tally;
  return { sent: count, believed, refused: Object.fromEntries(refused), problems: problems.slice(0, 20) };
}

/** The head is the liar's own; the body is another's, changed. */
function lie(random: RandomState, whole: Uint8Array, other: Uint8Array, datagram: number): Uint8Array {
  const header = decodeHeader(whole, clusterIdBytes, null);
  if (!header.ok) throw new Error(header.reason);
  const bytes = Uint8Array.from(mutate(random, whole, other, headerBytes));
  const ends = { senderId: liar, receiverId: victim, boot: 1, receiverBoot: 1 };
  encodeHeader({ ...header.value, ...ends, datagram, lamport: 1, fragment: 0, fragments: 1 }, clusterIdBytes, bytes);
  rightSeal.stamp(bytes);
  return bytes;
}

/** Undefined for a message that a server could have said. */
function whatIsWrong(message: RaftMessage): string | undefined {
  const kind: MessageKind = message.kind;
  const again = decodeMessage(kind, encodeMessage(message).subarray(headerBytes), liar);
  if (!again.ok) return `It can't be said: ${again.reason}`;
  if (!isDeepStrictEqual(plain(again.value), plain(message))) return 'It reads differently when it is said again';
  return describeNonsense(message, currentTerm);
}

/** Bytes compare as bytes, whoever holds them. */
function plain(message: RaftMessage): unknown {
  return JSON.parse(
    JSON.stringify(message, (_key, value: unknown) => (value instanceof Uint8Array ? [...value] : value)),
  );
}
