/**
 * What the fault layer costs a datagram that arrives: the receive path of the real transport, fed from memory, without the
 * layer, with no rule in force, with a rule for another link, and with one for its own.
 */
import { assert, required } from '../../shared/assert.ts';
import type { Address } from '../../shared/cluster-config.ts';
import type { FaultRule } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RaftMessage } from '../../shared/raft-message.ts';
import { createLinkFaults } from '../faults/link-faults.ts';
import { createLamportClock } from '../lamport-clock.ts';
import { createDatagramTransport, type MemberTransport } from '../net/datagram-transport.ts';
import type { AdmitDatagram } from '../fault-port.ts';
import type { Datagrams } from '../ports.ts';

/** Nanoseconds per datagram, medians. */
export interface FaultCost {
  readonly datagrams: number;
  readonly withoutLayerNs: number;
  readonly idleLayerNs: number;
  readonly ruleElsewhereNs: number;
  readonly ruleHereNs: number;
  /** What the layer adds when no rule is in force; may fall below 0 by the noise of the measurement. */
  readonly idleCostNs: number;
}

type Feed = (bytes: Uint8Array) => void;

const addresses: readonly Address[] = [0, 1].map((id) => ({ host: '127.0.0.1', port: 11_110 + id }));
const members = addresses.map((address, id) => ({ id, address }));
/** What is timed at once: a clock costs too much for a single one. */
const batchDatagrams = 50;

/** The transport of a node in memory. @returns how to feed it */
function openEnd(
  self: NodeId,
  send: Feed,
  admit?: AdmitDatagram,
): { readonly transport: MemberTransport; readonly feed: Feed } {
  let handler: Parameters<Datagrams['onDatagram']>[0] = () => {};
  const datagrams: Datagrams = {
    localAddress: required(addresses[self], 'there are two nodes'),
    send: (bytes) => send(bytes),
    onDatagram: (given) => (handler = given),
    onSendError: () => {},
    close: () => {},
  };
  const lamport = createLamportClock();
  const transport = createDatagramTransport({
    self,
    boot: 1,
    clusterId: '6f1c2a52-7f0e-4d7e-9a55-0c8a3f5b7d11',
    key: new Uint8Array(32).fill(7),
    members,
    datagrams,
    lamport,
    emit: () => void lamport.tick(),
    ...(admit && { admit }),
  });
  const from = required(addresses[1 - self], 'there are two nodes');
  return { transport, feed: (bytes) => handler(bytes, from) };
}

/** Heartbeats, as node 0 sends them to node 1. */
function makeDatagrams(count: number): Uint8Array[] {
  const made: Uint8Array[] = [];
  let isMet = false;
  const sender = openEnd(0, (bytes) => (isMet ? made.push(bytes) : receiver.feed(bytes)));
  const receiver = openEnd(1, (bytes) => sender.feed(bytes));
  const fields = {
    kind: 'append-entries',
    term: 1,
    leaderId: 0,
    prevLogIndex: 0,
    prevLogTerm: 0,
    leaderCommit: 0,
  } as const;
  const heartbeat = (round: number): RaftMessage => ({ ...fields, round, entries: [] });
  sender.transport.send(1, heartbeat(0));
  isMet = true;
  for (let round = 1; round <= count; round += 1) sender.transport.send(1, heartbeat(round));
  return made;
}

function layerWith(rules: readonly FaultRule[]): AdmitDatagram {
  const faults = createLinkFaults(1);
  faults.setRules(rules);
  return faults.admit;
}

/** Of those from `from` on. */
function timeBatch(feed: Feed, datagrams: readonly Uint8Array[], from: number): number {
  const sinceNs = process.hrtime.bigint();
  for (let at = from; at < from + batchDatagrams; at += 1) {
    const bytes = datagrams[at];
    if (bytes !== undefined) feed(bytes);
  }
  return Number(process.hrtime.bigint() - sinceNs) / batchDatagrams;
}

function medianOf(values: readonly number[]): number {
  return Math.round(values.toSorted((left, right) => left - right)[values.length >>> 1] ?? Number.NaN);
}

/** @param count how many datagrams each of the four is fed, in turns, so that the machine's moods hit all of them alike */
export function measureFaultCost(count: number): FaultCost {
  const datagrams = makeDatagrams(count);
  const rule = (from: NodeId): FaultRule => ({ id: 'r', link: { from, to: 1 }, action: { kind: 'drop', percent: 0 } });
  const measured = [undefined, layerWith([]), layerWith([rule(2)]), layerWith([rule(0)])].map((admit) => {
    const end = { ...openEnd(1, () => {}, admit), taken: 0, batchesNs: [] as number[] };
    end.transport.onMessage(() => (end.taken += 1));
    return end;
  });
  const ends = [...measured];
  for (let from = 0; from + batchDatagrams <= count; from += batchDatagrams) {
    for (const { feed, batchesNs } of ends) batchesNs.push(timeBatch(feed, datagrams, from));
    // Who comes first finds the bytes cold.
    ends.push(...ends.splice(0, 1));
  }
  for (const { taken, batchesNs } of ends)
    assert(taken === batchesNs.length * batchDatagrams, 'what is measured is the whole way, to the handler');
  // The first half warms up.
  const [withoutLayerNs = 0, idleLayerNs = 0, ruleElsewhereNs = 0, ruleHereNs = 0] = measured.map(({ batchesNs }) =>
    medianOf(batchesNs.slice(batchesNs.length >>> 1)),
  );
  const idleCostNs = idleLayerNs - withoutLayerNs;
  return { datagrams: count, withoutLayerNs, idleLayerNs, ruleElsewhereNs, ruleHereNs, idleCostNs };
}
