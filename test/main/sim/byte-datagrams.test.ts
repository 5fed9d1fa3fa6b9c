import { expect, it } from 'vitest';
import { parse } from 'uuid';
import type { LabEvent } from '../../../shared/event.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { createNetworkFaults } from '../../../main/faults/network-faults.ts';
import { createLamportClock } from '../../../main/lamport-clock.ts';
import { createDatagramTransport } from '../../../main/net/datagram-transport.ts';
import { addressOf, ByteDatagrams, memberOf, type ByteCargo } from '../../../main/sim/byte-datagrams.ts';
import { Network } from '../../../main/sim/network.ts';
import { SimProcess } from '../../../main/sim/sim-process.ts';
import { Stamper } from '../../../main/sim/stamper.ts';
import { World } from '../../../main/sim/world.ts';

const clusterId = '11111111-0000-4000-8000-000000000000';
const key = new Uint8Array(32);
const call: RaftMessage = { kind: 'timeout-now', term: 3, round: 7 };

function makePair() {
  const world = new World();
  const faults = createNetworkFaults(1);
  const network = new Network<ByteCargo>(world, faults, { minNs: 10, maxNs: 10, grainNs: 1 }, 1);
  const events: LabEvent[] = [];
  const members = [0, 1].map(memberOf);
  const end = (self: number) => {
    const process = new SimProcess();
    const lamport = createLamportClock();
    const stamper = new Stamper(self, 1, lamport, world, (event) => events.push(event));
    const datagrams = new ByteDatagrams(stamper, network, process, parse(clusterId));
    const { emit } = stamper;
    const transport = createDatagramTransport({ self, boot: 1, clusterId, key, members, datagrams, emit, lamport });
    const got: RaftMessage[] = [];
    transport.onMessage((_, message) => got.push(message));
    return { process, transport, got };
  };
  return { faults, events, left: end(0), right: end(1), run: () => world.runUntil(world.nowNs + 1_000) };
}

it('carries the real transport’s bytes from one node to another', () => {
  const { events, left, right, run } = makePair();
  left.transport.send(1, call);
  run();
  expect(right.got).toEqual([call]);
  expect(events.map(({ type }) => type)).toEqual(['datagram-sent', 'datagram-received']);
  expect(addressOf(1)).toEqual(memberOf(1).address);
});

it('loses what a rule keeps or damages, and tells it at the receiver', () => {
  const { faults, events, left, right, run } = makePair();
  left.transport.send(1, call);
  run();
  right.got.length = 0;
  events.length = 0;
  faults.setRules([{ id: 'cut', link: { from: 0, to: 1 }, action: { kind: 'cut' } }]);
  left.transport.send(1, call);
  run();
  faults.setRules([{ id: 'hurt', link: { from: 0, to: 1 }, action: { kind: 'corrupt', percent: 100 } }]);
  left.transport.send(1, call);
  run();
  expect(right.got).toEqual([]);
  expect(events.filter(({ node }) => node === 1)).toMatchObject([
    { type: 'datagram-dropped', datagram: 2, faultRule: 'cut' },
    { type: 'datagram-faulted', datagram: 3, act: 'corrupted' },
    { type: 'datagram-refused' },
  ]);
});

it('keeps what arrives for a process that stands still, and gives a dead or closed one nothing', () => {
  const { left, right, run } = makePair();
  left.transport.send(1, call);
  run();
  right.got.length = 0;
  right.process.pause();
  left.transport.send(1, call);
  run();
  expect(right.got).toEqual([]);
  right.process.resume();
  expect(right.got).toHaveLength(1);
  right.transport.close();
  left.transport.send(1, call);
  run();
  expect(right.got).toHaveLength(1);
});

it('delivers a double that a rule made, above the window that keeps doubles of a network away', () => {
  const { faults, events, left, right, run } = makePair();
  faults.setRules([{ id: 'twice', link: { from: 0, to: 1 }, action: { kind: 'duplicate', percent: 100 } }]);
  left.transport.send(1, call);
  run();
  expect(right.got).toEqual([call, call]);
  expect(events.filter(({ type }) => type === 'datagram-refused')).toEqual([]);
});
