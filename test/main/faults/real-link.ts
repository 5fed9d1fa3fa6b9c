/**
 * A link of two real transports on real sockets under fault rules, observed from outside: what was sent when, and what the
 * receiver's handler got when.
 */
import { createLinkFaults } from '../../../main/faults/link-faults.ts';
import type { FaultAction, FaultRule } from '../../../shared/fault-rule.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { until } from '../../support/until.ts';
import { closeNodes, startNodes, type RigNode } from '../net/udp-rig.ts';

export interface Arrival {
  readonly round: number;
  readonly atMs: number;
}

export interface RealLink {
  readonly receiver: RigNode;
  /** What the handler got, in order. */
  readonly arrivals: readonly Arrival[];
  /** When each round was sent. */
  readonly sentMs: ReadonlyMap<number, number>;
  readonly rule: FaultRule;
  /** Sends rounds from … to, no more at once than a socket holds, until the receiver has read them all. */
  send(from: number, to: number): Promise<void>;
  /** Takes the rule away. */
  clear(): void;
  /** The longest that the thread was kept from its timers, ms. */
  lagMs(): number;
}

const running: RigNode[] = [];
const watches: NodeJS.Timeout[] = [];
/** What the smallest receive buffer holds, of a few kilobytes each. */
const sentAtOnce = 50;

/** For `afterEach`. */
export async function closeLinks(): Promise<void> {
  for (const watch of watches) clearInterval(watch);
  watches.length = 0;
  await closeNodes(running);
  running.length = 0;
}

export const link = { from: 0, to: 1 };

/** @param payloadBytes the datagrams are somewhat larger */
export async function openLink(action: FaultAction, seed: number, payloadBytes = 0): Promise<RealLink> {
  const faults = createLinkFaults(1, seed);
  const nodes = await startNodes(2, (id) => (id === 1 ? { admit: faults.admit, toldPerSecondMax: 1e6 } : {}));
  running.push(...nodes);
  const [sender, receiver] = nodes;
  if (sender === undefined || receiver === undefined) throw new Error('two nodes were asked for');
  // They know each other before the rule is in force: greetings would draw from it.
  const message = (round: number): RaftMessage => ({
    kind: 'forward-append',
    term: 1,
    round,
    entries: [new Uint8Array(payloadBytes)],
  });
  sender.transport.send(1, message(0));
  await until(() => receiver.delivered.length === 1);
  const rule = { id: `${action.kind} under test`, link, action };
  faults.setRules([rule]);
  const arrivals: Arrival[] = [];
  receiver.transport.onMessage((_from, { round }) => arrivals.push({ round, atMs: performance.now() }));
  const sentMs = new Map<number, number>();
  const read = watchWhatIsRead(receiver);
  const send = async (from: number, to: number): Promise<void> => {
    for (let round = from; round <= to; round += 1) {
      sentMs.set(round, performance.now());
      sender.transport.send(1, message(round));
      if (sentMs.size % sentAtOnce === 0 || round === to) await until(() => read.count >= sentMs.size);
    }
  };
  return { receiver, arrivals, sentMs, rule, send, clear: () => faults.setRules([]), lagMs: watchLag() };
}

/** How many datagrams the transport has taken from its socket; the socket tells, not the transport. */
function watchWhatIsRead(receiver: RigNode): { count: number } {
  const read = { count: 0 };
  receiver.datagrams.onDatagram(() => (read.count += 1));
  return read;
}

function watchLag(): () => number {
  let lastMs = performance.now();
  let longestMs = 0;
  const look = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  };
  watches.push(setInterval(look, 1));
  return () => longestMs;
}
