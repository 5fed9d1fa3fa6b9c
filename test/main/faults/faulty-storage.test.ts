import { describe, expect, it } from 'vitest';
import { FaultyStorage } from '../../../main/faults/faulty-storage.ts';
import type { DiskFaultAct } from '../../../main/faults/disk-faults.ts';
import {
  StorageError,
  type FlushOutcome,
  type RecoveredState,
  type Storage,
  type StorageWrite,
} from '../../../main/ports.ts';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';

const recovered: RecoveredState = {
  storageId: '11111111-1111-4111-8111-111111111111',
  boot: 1,
  hardState: { term: 0, votedFor: null },
  snapshot: null,
  compacted: { index: 0, term: 0 },
  lastIndex: 0,
  termRuns: [],
  entrySizes: [],
  configurations: [],
  repairs: [],
};

const meta: SnapshotMeta = {
  lastIncludedIndex: 1,
  lastIncludedTerm: 1,
  configuration: { voters: [{ id: 0, storage: 0 }], outgoing: [], learners: [] },
  configurationIndex: 0,
  totalBytes: 100,
};

const entry = (index: number, bytes = 100): LogEntry => ({
  index,
  term: 1,
  kind: 'client',
  payload: new Uint8Array(bytes),
});

/** A sound disk that writes down what it is asked. */
class NotingStorage implements Storage {
  readonly recovered = recovered;
  readonly calls: string[] = [];

  write({ entries = [] }: StorageWrite): void {
    this.calls.push(`write ${entries.length}`);
  }

  flush(done: (outcome: FlushOutcome) => void): void {
    this.calls.push('flush');
    done({ ok: true, bytes: 1, durationNs: 1 });
  }

  readEntries(firstIndex: number): LogEntry[] {
    return [entry(firstIndex)];
  }

  saveSnapshot(_meta: SnapshotMeta, _data: Uint8Array, done: (outcome: FlushOutcome) => void): void {
    this.calls.push('save snapshot');
    done({ ok: true, bytes: 1, durationNs: 1 });
  }

  stageChunk(): void {
    this.calls.push('stage chunk');
  }

  readSnapshot(offset: number, byteCount: number): Uint8Array {
    return new Uint8Array(byteCount - offset);
  }

  compact(index: number): void {
    this.calls.push(`compact ${index}`);
  }

  close(): void {
    this.calls.push('close');
  }
}

function rig() {
  const disk = new NotingStorage();
  const scheduled: { delayNs: number; run: () => void }[] = [];
  const acts: DiskFaultAct[] = [];
  const answers: string[] = [];
  const storage = new FaultyStorage(disk, {
    seed: 4,
    schedule: (delayNs, run) => scheduled.push({ delayNs, run }),
    report: (act) => acts.push(act),
    file: '/disk/2',
  });
  const answer =
    (name: string) =>
    (outcome: FlushOutcome): void =>
      void answers.push(outcome.ok ? name : `${name}: ${outcome.error.code} ${outcome.error.file}`);
  return { disk, scheduled, acts, answers, storage, answer };
}

const slow = { faultRule: 'slow', minMs: 5, maxMs: 50, distribution: 'uniform' as const };

function errorCodeOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    if (error instanceof StorageError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a sound disk', () => {
  it('is asked for everything as it comes', () => {
    const { disk, storage, answers, answer, acts } = rig();
    storage.write({ entries: [entry(1)] });
    storage.flush(answer('flush'));
    storage.saveSnapshot(meta, new Uint8Array(100), answer('snapshot'));
    storage.stageChunk({ lastIncludedIndex: 1, lastIncludedTerm: 1, offset: 0, data: new Uint8Array(9) });
    storage.compact(1);
    expect(storage.recovered).toBe(recovered);
    expect(storage.readEntries(7, 9, 1)).toEqual([entry(7)]);
    expect(storage.readSnapshot(0, 3)).toHaveLength(3);
    storage.close();
    expect(disk.calls).toEqual(['write 1', 'flush', 'save snapshot', 'stage chunk', 'compact 1', 'close']);
    expect(answers).toEqual(['flush', 'snapshot']);
    expect(acts).toEqual([]);
  });
});

describe('a slow disk', () => {
  it('flushes later, and nothing is durable below before', () => {
    const { disk, storage, scheduled, answers, answer, acts } = rig();
    storage.setFaults({ slow });
    storage.flush(answer('flush'));
    expect([disk.calls, answers]).toEqual([[], []]);
    const [only] = scheduled;
    expect(only?.delayNs).toBeGreaterThanOrEqual(5e6);
    expect(only?.delayNs).toBeLessThanOrEqual(50e6);
    expect(acts).toEqual([{ faultRule: 'slow', act: 'flush-delayed', delayNs: only?.delayNs }]);
    only?.run();
    expect([disk.calls, answers]).toEqual([['flush'], ['flush']]);
  });

  it('answers in the order in which it was asked, however long each takes', () => {
    const { storage, scheduled, answers, answer } = rig();
    storage.setFaults({ slow });
    storage.flush(answer('first'));
    storage.saveSnapshot(meta, new Uint8Array(100), answer('second'));
    storage.setFaults({});
    storage.flush(answer('third'));
    scheduled[1]?.run();
    expect(answers).toEqual([]);
    scheduled[0]?.run();
    expect(answers).toEqual(['first', 'second', 'third']);
  });

  it('says nothing to a process that is gone', () => {
    for (const end of ['close', 'abandon'] as const) {
      const { disk, storage, scheduled, answers, answer } = rig();
      storage.setFaults({ slow });
      storage.flush(answer('flush'));
      storage[end]();
      scheduled[0]?.run();
      storage.flush(answer('late'));
      expect([disk.calls, answers]).toEqual([end === 'close' ? ['close'] : [], []]);
    }
  });
});

describe('a stuck disk', () => {
  it('answers no flush until it is released, then all in order', () => {
    const { disk, storage, answers, answer, acts } = rig();
    storage.setFaults({ stuck: { faultRule: 'stuck' } });
    storage.write({ entries: [entry(1)] });
    storage.flush(answer('first'));
    storage.flush(answer('second'));
    expect([disk.calls, answers]).toEqual([['write 1'], []]);
    storage.setFaults({});
    expect(answers).toEqual(['first', 'second']);
    expect(acts.map(({ act }) => act)).toEqual(['flush-stuck', 'flush-stuck', 'flush-released', 'flush-released']);
  });
});

describe('a failing disk', () => {
  it('answers flushes with an error and makes nothing durable', () => {
    const { disk, storage, answers, answer, acts } = rig();
    storage.setFaults({ failing: { faultRule: 'bad', at: 'flush' } });
    storage.flush(answer('flush'));
    storage.saveSnapshot(meta, new Uint8Array(100), answer('snapshot'));
    expect(answers).toEqual(['flush: io /disk/2', 'snapshot: io /disk/2']);
    expect(disk.calls).toEqual([]);
    expect(acts[0]).toEqual({ faultRule: 'bad', act: 'flush-failed', delayNs: 0 });
  });

  it('refuses writes', () => {
    const { disk, storage, acts } = rig();
    storage.setFaults({ failing: { faultRule: 'bad', at: 'write' } });
    expect(errorCodeOf(() => storage.write({ hardState: { term: 1, votedFor: null } }))).toBe('io');
    expect(disk.calls).toEqual([]);
    expect(acts).toEqual([{ faultRule: 'bad', act: 'write-refused', delayNs: 0 }]);
  });
});

describe('a full disk', () => {
  it('takes what fits, then refuses, and takes everything again when there is room', () => {
    const { disk, storage, acts } = rig();
    storage.setFaults({ full: { faultRule: 'full', freeBytes: 500 } });
    expect(errorCodeOf(() => storage.write({ entries: [entry(1)] }))).toBe('none');
    expect(errorCodeOf(() => storage.write({ entries: [entry(2, 1_000)] }))).toBe('full');
    expect(acts).toEqual([{ faultRule: 'full', act: 'write-refused', delayNs: 0 }]);
    storage.setFaults({});
    expect(errorCodeOf(() => storage.write({ entries: [entry(2, 1_000)] }))).toBe('none');
    expect(disk.calls).toEqual(['write 1', 'write 1']);
  });

  it('without any room takes nothing at all', () => {
    const { disk, storage, answers, answer } = rig();
    storage.setFaults({ full: { faultRule: 'full', freeBytes: 0 } });
    const chunk = { lastIncludedIndex: 1, lastIncludedTerm: 1, offset: 0, data: new Uint8Array(9) };
    expect(errorCodeOf(() => storage.write({ hardState: { term: 1, votedFor: null } }))).toBe('full');
    expect(errorCodeOf(() => storage.stageChunk(chunk))).toBe('full');
    storage.saveSnapshot(meta, new Uint8Array(100), answer('snapshot'));
    expect(answers).toEqual(['snapshot: full /disk/2']);
    expect(disk.calls).toEqual([]);
  });
});
