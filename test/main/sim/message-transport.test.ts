import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../../../shared/event.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { createNetworkFaults } from '../../../main/faults/network-faults.ts';
import { createLamportClock } from '../../../main/lamport-clock.ts';
import { MessageTransport, type MessageCargo } from '../../../main/sim/message-transport.ts';
import { Network } from '../../../main/sim/network.ts';
import { SimProcess } from '../../../main/sim/sim-process.ts';
import { Stamper } from '../../../main/sim/stamper.ts';
import { World } from '../../../main/sim/world.ts';

const call: RaftMessage = {
  kind: 'append-entries',
  term: 3,
  round: 7,
  leaderId: 0,
  prevLogIndex: 4,
  prevLogTerm: 2,
  leaderCommit: 4,
  entries: [{ index: 5, term: 3, kind: 'client', payload: new Uint8Array(10) }],
};

function makePair() {
  const world = new World();
  const faults = createNetworkFaults(1);
  const network = new Network<MessageCargo>(world, faults, { minNs: 10, maxNs: 10, grainNs: 1 }, 1);
  const events: LabEvent[] = [];
  const end = (id: number) => {
    const process = new SimProcess();
    const stamper = new Stamper(id, 1, createLamportClock(), world, (event) => events.push(event));
    const transport = new MessageTransport(stamper, network, process, (other) => other < 2);
    const got: RaftMessage[] = [];
    transport.onMessage((_, message) => got.push(message));
    return { process, transport, got };
  };
  return { world, faults, events, left: end(0), right: end(1), run: () => world.runUntil(world.nowNs + 1_000) };
}

describe('MessageTransport', () => {
  it('hands the message over as it is, and tells both ends of one datagram', () => {
    const { events, left, right, run } = makePair();
    left.transport.send(1, call);
    run();
    expect(right.got).toEqual([call]);
    expect(right.got[0]).toBe(call);
    const [sent, received] = events;
    expect(sent).toMatchObject({ type: 'datagram-sent', node: 0, to: 1, datagram: 1, message: { entryCount: 1 } });
    expect(received).toMatchObject({ type: 'datagram-received', node: 1, from: 0, fromBoot: 1, datagram: 1 });
    expect(received?.lamport).toBeGreaterThan(sent?.lamport ?? Infinity);
    expect(
      sent?.type === 'datagram-sent' && received?.type === 'datagram-received' && sent.uuid === received.uuid,
    ).toBe(true);
  });

  it('answers under the uuid of the call', () => {
    const { events, left, right, run } = makePair();
    left.transport.send(1, call);
    const reply = { term: 3, round: 7, storage: 1, success: true, matchIndex: 5, conflictTerm: 0, conflictIndex: 0 };
    right.transport.send(0, { kind: 'append-entries-reply', ...reply });
    run();
    const uuids = events.flatMap((event) => (event.type === 'datagram-sent' ? event.uuid : []));
    expect(uuids).toHaveLength(2);
    expect(uuids[0]).toBe(uuids[1]);
  });

  it('says that it knows no address, and sends nothing when it is closed', () => {
    const { events, left, right, run } = makePair();
    left.transport.send(9, call);
    expect(events).toMatchObject([{ type: 'send-failed', to: 9 }]);
    left.transport.close();
    left.transport.send(1, call);
    run();
    expect(right.got).toEqual([]);
  });

  it('loses what is damaged or cut, and tells which rule did it', () => {
    const { events, faults, left, right, run } = makePair();
    faults.setRules([{ id: 'hurt', link: { from: 0, to: 1 }, action: { kind: 'corrupt', percent: 100 } }]);
    left.transport.send(1, call);
    run();
    expect(right.got).toEqual([]);
    expect(events.slice(1)).toMatchObject([
      { type: 'datagram-faulted', node: 1, faultRule: 'hurt', act: 'corrupted' },
      { type: 'datagram-dropped', node: 1, faultRule: 'hurt', from: 0, datagram: 1 },
    ]);
  });

  it('keeps what arrives for a process that stands still, and not for a dead one', () => {
    const { left, right, run } = makePair();
    right.process.pause();
    left.transport.send(1, call);
    run();
    expect(right.got).toEqual([]);
    right.process.resume();
    expect(right.got).toHaveLength(1);
    left.transport.send(1, call);
    left.process.kill();
    run();
    expect(right.got).toHaveLength(2);
    right.process.kill();
    left.transport.send(1, call);
    run();
    expect(right.got).toHaveLength(2);
  });
});
