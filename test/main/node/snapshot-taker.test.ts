import { describe, expect, it } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import type { EventBody } from '../../../shared/event.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { recoverState } from '../../../main/node/initial-state.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';
import { SnapshotTaker } from '../../../main/node/snapshot-taker.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';

/** A server that has committed 100 entries, and applies them when the test says so. */
function setUp(retainEntries: number, everyEntries = 4) {
  const disk = new MemoryDisk();
  const entries = Array.from({ length: 100 }, (_, at): LogEntry => {
    const kind = at === 0 ? 'retention' : 'client';
    return { index: at + 1, term: 1, kind, payload: new Uint8Array(), ...(at === 0 && { retainEntries }) };
  });
  disk.durable = { ...disk.durable, entries };
  const storage = disk.open();
  const state = recoverState({ id: 0, voters: [0], timings: paperTimings, seed: 1 }, storage.recovered, 0);
  state.commitIndex = 100;
  const machine = new LogStateMachine();
  const saved: SnapshotMeta[] = [];
  const events: EventBody[] = [];
  const failures: unknown[] = [];
  const taker = new SnapshotTaker({
    state,
    storage,
    machine,
    everyEntries,
    nowNs: () => 0,
    emit: (event) => events.push(event),
    onSaved: (meta) => saved.push(meta),
    guard: (action) => {
      try {
        action();
      } catch (error) {
        failures.push(error);
      }
    },
  });
  const applyTo = (index: number): void => {
    for (const entry of entries.slice(machine.appliedIndex, index)) {
      machine.apply(entry);
      taker.onApplied();
    }
  };
  const savedAt = (): number[] => saved.map(({ lastIncludedIndex }) => lastIncludedIndex);
  return { disk, storage, state, machine, taker, saved, savedAt, events, failures, applyTo };
}

describe('a snapshot', () => {
  it('is taken at a multiple of the interval, and saved when the retention has passed', () => {
    const { applyTo, savedAt, taker } = setUp(3);
    applyTo(6);
    expect([savedAt(), taker.storedIndex]).toEqual([[], 0]);
    applyTo(7);
    expect([savedAt(), taker.storedIndex]).toEqual([[4], 4]);
    applyTo(15);
    expect(savedAt()).toEqual([4, 8, 12]);
  });

  it('has the state as of its index, not of the time when it is saved', () => {
    const { applyTo, storage, saved, events } = setUp(3);
    applyTo(7);
    const [meta] = saved;
    expect(meta).toMatchObject({ lastIncludedIndex: 4, lastIncludedTerm: 1, configurationIndex: 0 });
    const restored = new LogStateMachine();
    restored.restore(storage.readSnapshot(0, meta?.totalBytes ?? 0));
    expect(restored.appliedIndex).toBe(4);
    expect(events).toEqual([{ type: 'snapshot-saved', lastIncludedIndex: 4, lastIncludedTerm: 1, bytes: 1 }]);
  });

  it('is taken no more often than the retention is long', () => {
    const { applyTo, savedAt, taker } = setUp(10);
    expect(taker.stopAt(1)).toBe(4);
    applyTo(1);
    expect([taker.stopAt(2), taker.stopAt(12), taker.stopAt(13)]).toEqual([12, 12, 24]);
    applyTo(50);
    expect(savedAt()).toEqual([12, 24, 36]);
  });

  it('is never taken without a retention', () => {
    const { applyTo, savedAt } = setUp(0);
    applyTo(100);
    expect(savedAt()).toEqual([]);
  });
});

describe('a disk', () => {
  it('that takes its time is asked for one snapshot at a time, and nobody reads from it meanwhile', () => {
    const { applyTo, savedAt, disk, taker } = setUp(3);
    const held: (() => void)[] = [];
    disk.saveVia = (complete) => void held.push(complete);
    applyTo(40);
    expect([held.length, savedAt(), taker.storedIndex]).toEqual([1, [], 0]);
    held[0]?.();
    expect([savedAt(), taker.storedIndex]).toEqual([[4], 4]);
    taker.saveIfDue();
    expect(held).toHaveLength(2);
  });

  it('that fails is reported', () => {
    const { applyTo, savedAt, disk, failures } = setUp(3);
    disk.failure = MemoryDisk.broken();
    applyTo(7);
    expect([savedAt(), failures]).toEqual([[], [disk.failure]]);
  });
});

it('makes room for a snapshot of another leader that reaches further', () => {
  const { applyTo, savedAt, disk, taker, state } = setUp(3);
  const held: (() => void)[] = [];
  disk.saveVia = (complete) => void held.push(complete);
  applyTo(7);
  const meta = { lastIncludedIndex: 30, lastIncludedTerm: 1, configurationIndex: 0, totalBytes: 1 };
  state.snapshot = { ...meta, configuration: { voters: [], outgoing: [], learners: [] } };
  taker.onInstalled(state.snapshot);
  held[0]?.();
  expect(taker.storedIndex).toBe(30);
  applyTo(20);
  expect([savedAt(), held.length]).toEqual([[4], 1]);
});
