import { expect, it } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import type { CoreInput } from '../../../main/raft/contract.ts';
import { recoverState } from '../../../main/node/initial-state.ts';
import { assembleParts } from '../../../main/node/node-parts.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';
import { VirtualWorld } from '../../support/node-virtual-world.ts';

function setUp(entries: readonly LogEntry[]) {
  const disk = new MemoryDisk();
  disk.durable = { ...disk.durable, entries };
  const storage = disk.open();
  const state = recoverState({ id: 0, voters: [0], timings: paperTimings, seed: 1 }, storage.recovered, 0);
  state.commitIndex = entries.length;
  const told: string[] = [];
  const inputs: CoreInput[] = [];
  const parts = assembleParts(
    {
      state,
      storage,
      transport: { send: () => {}, onMessage: () => {}, close: () => {} },
      clock: new VirtualWorld().createClock(() => true),
      emit: ({ type }) => told.push(type),
      answer: (_requestId, result) => told.push(result.ok ? 'ok' : result.failure.code),
      onFailed: () => {},
      snapshotEveryEntries: 2,
      sessionsMax: 1,
    },
    (input) => inputs.push(input),
    (action) => action(),
  );
  return { parts, state, told, inputs };
}

const entry = (index: number, more: Partial<LogEntry> = {}): LogEntry => {
  return { index, term: 1, kind: 'client', payload: new Uint8Array(), ...more };
};

it('gives the core a snapshot that is on disk, by the interval and limits that were asked for', () => {
  const log = [
    entry(1, { kind: 'retention', retainEntries: 1 }),
    entry(2, { kind: 'session' }),
    entry(3, { kind: 'session' }),
  ];
  const { parts, told, inputs } = setUp(log);
  parts.applier.onCommitted(1, 3);
  parts.applier.run();
  expect(inputs).toMatchObject([{ type: 'snapshot-persisted', snapshot: { lastIncludedIndex: 2 } }]);
  expect(told).toContain('session-expired');
});

it('reads from where the log begins', () => {
  const { parts, state, told } = setUp([entry(1), entry(2)]);
  parts.applier.onCommitted(1, 2);
  parts.applier.run();
  parts.service.request(
    { kind: 'client', requestId: 'a' },
    { kind: 'index-range', startIndex: 1, endIndex: 2, read: 'local' },
    1_000,
  );
  state.log.base = { index: 1, term: 1 };
  parts.service.request(
    { kind: 'client', requestId: 'b' },
    { kind: 'index-range', startIndex: 1, endIndex: 2, read: 'local' },
    1_000,
  );
  expect(told.slice(1)).toEqual(['ok', 'compacted']);
});
