import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { SendEffect } from '../../../main/raft/contract.ts';
import { WriteGate } from '../../../main/node/write-gate.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';

const send = (round: number, after: number): SendEffect => {
  return { to: 1, after, message: { kind: 'timeout-now', term: 1, round } };
};

function setUp() {
  const disk = new MemoryDisk();
  const flushes: (() => void)[] = [];
  disk.flushVia = (complete) => void flushes.push(complete);
  const left: number[] = [];
  const done: (number | string)[] = [];
  const gate = new WriteGate(disk.open(), ({ message }) => left.push(message.round));
  const write = (number: number): void => gate.write({ write: number, hardState: { term: number, votedFor: null } });
  const flush = (): void => gate.flush((number, outcome) => done.push(outcome.ok ? number : outcome.error.code));
  return { disk, flushes, left, done, gate, write, flush };
}

describe('messages', () => {
  it('that promise nothing leave at once', () => {
    const { gate, write, left } = setUp();
    write(1);
    gate.send(send(10, 0));
    expect(left).toEqual([10]);
  });

  it('that depend on a write wait for it, and leave in order', () => {
    const { gate, write, flush, flushes, left } = setUp();
    write(1);
    gate.send(send(10, 1));
    write(2);
    gate.send(send(20, 2));
    gate.send(send(11, 1));
    flush();
    expect(left).toEqual([]);
    flushes.shift()?.();
    gate.release(1);
    expect(left).toEqual([10, 11]);
    gate.send(send(12, 1));
    expect(left).toEqual([10, 11, 12]);
    gate.release(2);
    expect(left).toEqual([10, 11, 12, 20]);
  });
});

it('messages past the limit are lost while a disk does not answer', () => {
  const { gate, write, left } = setUp();
  write(1);
  for (let round = 1; round <= limits.heldMessagesMax + 5; round += 1) gate.send(send(round, 1));
  gate.send(send(0, 0));
  gate.release(1);
  expect(left).toHaveLength(limits.heldMessagesMax + 1);
  expect([left[0], left.at(-1)]).toEqual([0, limits.heldMessagesMax]);
});

it('says when too many writes wait for a disk that does not answer', () => {
  const { gate, write } = setUp();
  for (let number = 1; number < limits.pendingWritesMax; number += 1) write(number);
  expect(gate.isFull).toBe(false);
  write(limits.pendingWritesMax);
  expect(gate.isFull).toBe(true);
  gate.release(1);
  expect(gate.isFull).toBe(false);
});

describe('flushes', () => {
  it('run one at a time, and cover what was written when they began', () => {
    const { gate, write, flush, flushes, done } = setUp();
    write(1);
    write(2);
    flush();
    write(3);
    flush();
    expect(flushes).toHaveLength(1);
    flushes.shift()?.();
    expect(done).toEqual([2]);
    gate.release(2);
    flush();
    flushes.shift()?.();
    expect(done).toEqual([2, 3]);
  });

  it('do not run for nothing', () => {
    const { gate, write, flush, flushes } = setUp();
    flush();
    expect(flushes).toEqual([]);
    write(1);
    flush();
    flushes.shift()?.();
    gate.release(1);
    flush();
    expect(flushes).toEqual([]);
  });

  it('that fail release nothing', () => {
    const { disk, gate, write, flush, flushes, left, done } = setUp();
    disk.failure = MemoryDisk.broken();
    write(1);
    gate.send(send(10, 1));
    flush();
    flushes.shift()?.();
    expect([done, left]).toEqual([['io'], []]);
  });
});

it('lets a write that the disk refuses throw', () => {
  const { disk, write } = setUp();
  disk.writeFailure = MemoryDisk.broken();
  expect(() => write(1)).toThrow(MemoryDisk.broken().message);
});
