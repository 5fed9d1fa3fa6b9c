import { describe, expect, it } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import type { EventBody } from '../../../shared/event.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { recoverState } from '../../../main/node/initial-state.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';
import { assembleParts } from '../../../main/node/node-parts.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';
import { VirtualWorld } from '../../support/node-virtual-world.ts';

const entries = Array.from({ length: 10 }, (_, at): LogEntry => {
  return { index: at + 1, term: 1, kind: 'client', payload: new Uint8Array([at]) };
});

function setUp(disk = new MemoryDisk(), log: readonly LogEntry[] = entries) {
  disk.durable = { ...disk.durable, entries: log };
  const storage = disk.open();
  const state = recoverState({ id: 0, voters: [0], timings: paperTimings, seed: 1 }, storage.recovered, 0);
  state.commitIndex = 10;
  const events: EventBody[] = [];
  const { applier, service } = assembleParts(
    {
      state,
      storage,
      transport: { send: () => {}, onMessage: () => {}, close: () => {} },
      clock: new VirtualWorld().createClock(() => true),
      emit: (event) => events.push(event),
      answer: (requestId) => events.push({ type: 'node-stopping', reason: requestId }),
      onFailed: () => {},
      snapshotEveryEntries: 4,
    },
    () => {},
    (action) => action(),
  );
  return { applier, service, events, storage, state };
}

function digestAt(index: number): number {
  const machine = new LogStateMachine();
  for (const entry of entries.slice(0, index)) machine.apply(entry);
  return machine.digest;
}

it('applies up to where snapshots may be taken, and tells the digest of each part', () => {
  const { applier, events } = setUp();
  applier.onCommitted(1, 6);
  applier.run();
  expect(events).toEqual([
    { type: 'entries-applied', from: 1, to: 4, digest: digestAt(4) },
    { type: 'entries-applied', from: 5, to: 6, digest: digestAt(6) },
  ]);
});

it('applies a few milliseconds’ worth in a turn, and goes on in the next ones', () => {
  const large = entries.map((entry) => ({ ...entry, payload: new Uint8Array(100_000) }));
  const { applier, events } = setUp(new MemoryDisk(), large);
  const reached = (): number => events.reduce((last, event) => (event.type === 'entries-applied' ? event.to : last), 0);
  applier.onCommitted(1, 5);
  applier.onCommitted(6, 10);
  applier.run();
  const turns = [reached()];
  while (applier.isBehind) {
    applier.beginTurn();
    applier.run();
    turns.push(reached());
  }
  // Never more than fits, but always one.
  expect(turns).toEqual([3, 6, 9, 10]);
});

it('does not go on with what was removed from the log meanwhile', () => {
  const large = entries.map((entry) => ({ ...entry, payload: new Uint8Array(100_000) }));
  const { applier, events } = setUp(new MemoryDisk(), large);
  applier.onCommitted(1, 10);
  applier.run();
  applier.onTruncated(5);
  while (applier.isBehind) {
    applier.beginTurn();
    applier.run();
  }
  expect(events.at(-1)).toMatchObject({ type: 'entries-applied', to: 4 });
});

it('tells what was applied before who waited is answered', () => {
  const { applier, service, events } = setUp();
  service.request({ kind: 'client', requestId: 'a read' }, { kind: 'index-range', startIndex: 1, endIndex: 2 }, 1_000);
  service.dispatch(0, 0, 1);
  service.onRead({ ticket: 1, kind: 'confirmed', readIndex: 2 });
  applier.onCommitted(1, 2);
  applier.run();
  expect(events.map(({ type }) => type)).toEqual(['entries-applied', 'node-stopping']);
});

describe('entries that were applied and are removed from the log, as can be with a rule off', () => {
  it('are as if they had never been applied', () => {
    const { applier, events } = setUp();
    applier.onCommitted(1, 6);
    applier.run();
    applier.onTruncated(3);
    events.length = 0;
    applier.onCommitted(3, 4);
    applier.run();
    expect(events).toEqual([{ type: 'entries-applied', from: 3, to: 4, digest: digestAt(4) }]);
  });

  it('behind a snapshot: what it holds is kept', () => {
    const { applier, events, storage, state } = setUp();
    const machine = new LogStateMachine();
    for (const entry of entries.slice(0, 5)) machine.apply(entry);
    const data = machine.snapshot();
    const placed = { lastIncludedIndex: 5, lastIncludedTerm: 1, configurationIndex: 0 };
    state.snapshot = { ...placed, configuration: votersOnly([0]), totalBytes: data.byteLength };
    storage.saveSnapshot(state.snapshot, data, () => {});
    applier.onCommitted(1, 9);
    applier.run();
    applier.onTruncated(8);
    events.length = 0;
    applier.onCommitted(8, 8);
    applier.run();
    expect(events).toEqual([{ type: 'entries-applied', from: 8, to: 8, digest: digestAt(8) }]);
  });

  it('nothing is done about entries that were not applied', () => {
    const { applier, events } = setUp();
    applier.onCommitted(1, 6);
    applier.run();
    applier.onTruncated(7);
    events.length = 0;
    applier.onCommitted(7, 7);
    applier.run();
    expect(events).toEqual([{ type: 'entries-applied', from: 7, to: 7, digest: digestAt(7) }]);
  });
});

describe('a snapshot', () => {
  const machine = new LogStateMachine();
  for (const entry of entries.slice(0, 5)) machine.apply(entry);
  const data = machine.snapshot();
  const meta = {
    lastIncludedIndex: 5,
    lastIncludedTerm: 1,
    configuration: { voters: [], outgoing: [], learners: [] },
    configurationIndex: 0,
    totalBytes: data.byteLength,
  };

  it('is gone on from, and answers the reads that waited for it', () => {
    const { applier, service, events, storage } = setUp();
    storage.saveSnapshot(meta, data, () => {});
    service.request(
      { kind: 'client', requestId: 'a read' },
      { kind: 'index-range', startIndex: 1, endIndex: 2 },
      1_000,
    );
    service.dispatch(0, 0, 1);
    service.onRead({ ticket: 1, kind: 'confirmed', readIndex: 5 });
    applier.restore(meta);
    expect(events).toEqual([
      { type: 'snapshot-restored', lastIncludedIndex: 5, digest: digestAt(5) },
      { type: 'node-stopping', reason: 'a read' },
    ]);
    applier.onCommitted(6, 10);
    applier.run();
    expect(events.at(-1)).toMatchObject({ type: 'entries-applied', to: 10, digest: digestAt(10) });
  });

  it('of another index than it says is not gone on from', () => {
    const { applier, storage } = setUp();
    const wrong = { ...meta, lastIncludedIndex: 6 };
    storage.saveSnapshot(wrong, data, () => {});
    expect(() => applier.restore(wrong)).toThrow('the snapshot of 6 is one of 5');
  });
});
