import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'uuid';
import { slowDown } from '../../../main/net/slow-network.ts';
import { encodeHeader, headerBytes } from '../../../main/net/wire-header.ts';
import type { Datagrams } from '../../../main/ports.ts';
import { limits, type Address } from '../../../shared/cluster-config.ts';
import { outsiderId, type NodeId } from '../../../shared/ids.ts';

const clusterId = '6f1c2a52-7f0e-4d7e-9a55-0c8a3f5b7d11';
const from: Address = { host: '127.0.0.1', port: 9 };

/** A network by hand. */
class HandNetwork implements Datagrams {
  readonly localAddress = from;
  readonly receiveBufferBytes = 7;
  readonly sent: Uint8Array[] = [];
  isClosed = false;
  take: Parameters<Datagrams['onDatagram']>[0] = () => {};

  overflowed(): number {
    return 3;
  }
  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }
  onDatagram(handler: Parameters<Datagrams['onDatagram']>[0]): void {
    this.take = handler;
  }
  onSendError(): void {}
  close(): void {
    this.isClosed = true;
  }
}

function datagramOf(senderId: NodeId, number: number): Uint8Array {
  const bytes = new Uint8Array(headerBytes);
  const at = { senderId, receiverId: 1, boot: 1, receiverBoot: 1, datagram: number, lamport: 1 };
  const uuid = '00000000-0000-4000-8000-000000000000';
  encodeHeader({ kind: 'timeout-now', fragment: 0, fragments: 1, uuid, ...at }, parse(clusterId), bytes);
  return bytes;
}

let network: HandNetwork;
let slow: Datagrams;
let arrived: { atMs: number; from: Address }[];

function open(minMs: number, maxMs: number): void {
  network = new HandNetwork();
  const delay = { minMs, maxMs };
  slow = slowDown(network, { delay, seed: 5, clusterId, nowNs: () => Date.now() * 1_000_000 });
  arrived = [];
  slow.onDatagram((_bytes, sender) => arrived.push({ atMs: Date.now(), from: sender }));
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
});

afterEach(() => {
  slow.close();
  vi.useRealTimers();
});

describe('a slow network', () => {
  it('holds each datagram of a server for its time, and no longer', () => {
    open(300, 600);
    const bytes = datagramOf(2, 1);
    network.take(bytes, from);
    bytes.fill(0);
    vi.advanceTimersByTime(299);
    expect(arrived).toEqual([]);
    vi.advanceTimersByTime(301);
    expect(arrived).toMatchObject([{ from }]);
    const atMs = arrived[0]?.atMs ?? 0;
    expect(atMs).toBeGreaterThanOrEqual(1_300);
    expect(atMs).toBeLessThanOrEqual(1_600);
  });

  it('keeps those of one sender in order, however long each takes', () => {
    open(0, 1_000);
    const order: number[] = [];
    slow.onDatagram((bytes) => order.push(bytes.byteLength));
    for (let length = 0; length < 50; length += 1) {
      const bytes = new Uint8Array(headerBytes + length);
      bytes.set(datagramOf(2, 1 + length));
      network.take(bytes, from);
    }
    vi.advanceTimersByTime(1_000);
    expect(order).toEqual(Array.from({ length: 50 }, (_, length) => headerBytes + length));
  });

  it('lets through what is not of another server: clients, and what the transport will refuse', () => {
    open(300, 600);
    network.take(datagramOf(outsiderId, 1), from);
    network.take(new Uint8Array(3), from);
    expect(arrived).toHaveLength(2);
  });

  it('loses what it has no room for', () => {
    open(300, 300);
    for (let number = 0; number < limits.heldDatagramsMax + 5; number += 1) network.take(datagramOf(2, 1), from);
    vi.advanceTimersByTime(300);
    expect(arrived).toHaveLength(limits.heldDatagramsMax);
  });

  it('is the network itself in everything else, and forgets what is on its way when it is closed', () => {
    open(300, 300);
    slow.send(new Uint8Array(4), from);
    expect(network.sent).toHaveLength(1);
    expect([slow.localAddress, slow.receiveBufferBytes, slow.overflowed?.()]).toEqual([from, 7, 3]);
    network.take(datagramOf(2, 1), from);
    slow.close();
    vi.advanceTimersByTime(1_000);
    expect([arrived, network.isClosed]).toEqual([[], true]);
  });
});
