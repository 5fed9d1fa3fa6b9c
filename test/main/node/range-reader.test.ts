import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { RangeAnswer } from '../../../shared/client-request.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import type { Result } from '../../../shared/result.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';
import { readRange } from '../../../main/node/range-reader.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';

const entry = (index: number, more: Partial<LogEntry> = {}): LogEntry => {
  return { index, term: 1, kind: 'client', payload: new TextEncoder().encode(`entry ${index}`), ...more };
};

function answerOf(result: Result<RangeAnswer>): RangeAnswer {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function logOf(entries: readonly LogEntry[], applied = entries.length, firstIndex = 1) {
  const storage = new MemoryDisk().open();
  storage.write({ entries });
  const machine = new LogStateMachine();
  for (const one of entries.slice(0, applied)) machine.apply(one);
  return (startIndex: number, endIndex: number, includeInternal = false) =>
    answerOf(
      readRange({ storage, firstIndex: () => firstIndex }, machine, {
        kind: 'index-range',
        startIndex,
        endIndex,
        includeInternal,
      }),
    );
}

const indexesOf = (answer: { entries: readonly { index: number }[] }): number[] =>
  answer.entries.map(({ index }) => index);

describe('a range', () => {
  it('includes both ends; 0 counts as 1', () => {
    const read = logOf([entry(1), entry(2), entry(3), entry(4)]);
    expect(indexesOf(read(2, 3))).toEqual([2, 3]);
    expect(indexesOf(read(0, 1))).toEqual([1]);
    expect(indexesOf(read(4, 4))).toEqual([4]);
  });

  it('that asks for more than there is gives what there is', () => {
    const read = logOf([entry(1), entry(2)]);
    expect(read(0, 5)).toMatchObject({ appliedIndex: 2, entries: [{ index: 1 }, { index: 2 }] });
    expect(read(0, 5)).not.toHaveProperty('continueAt');
    expect(read(3, 5).entries).toEqual([]);
    expect(logOf([])(0, 5)).toEqual({ kind: 'index-range', entries: [], appliedIndex: 0 });
  });

  it('never shows what is not applied', () => {
    expect(indexesOf(logOf([entry(1), entry(2), entry(3)], 2)(0, 9))).toEqual([1, 2]);
  });

  it('shows no-ops and refused entries only when asked', () => {
    const refused = entry(3, { expect: { prevLogIndex: 9, prevLogTerm: 9 } });
    const read = logOf([entry(1, { kind: 'noop' }), entry(2), refused]);
    expect(indexesOf(read(0, 9))).toEqual([2]);
    expect(read(0, 9, true).entries).toMatchObject([
      { index: 1, kind: 'noop' },
      { index: 2 },
      { index: 3, refused: true },
    ]);
    expect(read(0, 9, true).entries[1]).not.toHaveProperty('refused');
  });
});

describe('what a range does not show', () => {
  it('a request that is not decided, not even its first part', () => {
    const open = [entry(1), entry(2, { more: true }), entry(3, { continues: true, more: true })];
    expect(logOf(open)(0, 9, true)).toMatchObject({ appliedIndex: 1, entries: [{ index: 1 }] });
    const whole = logOf([...open, entry(4, { continues: true })]);
    expect(indexesOf(whole(0, 9))).toEqual([1, 2, 3, 4]);
  });

  it('what was torn', () => {
    const read = logOf([entry(1, { more: true }), entry(2, { term: 2, kind: 'noop' }), entry(3, { term: 2 })]);
    expect(indexesOf(read(0, 9))).toEqual([3]);
    expect(read(0, 9, true).entries[0]).toMatchObject({ index: 1, refused: true });
  });

  it('what this node does not keep, and says from where it does', () => {
    const log = [1, 2, 3, 4, 5].map((index) => entry(index));
    expect(() => logOf(log, 5, 3)(2, 5)).toThrow('"firstIndex":3');
    expect(() => logOf(log, 5, 3)(0, 1)).toThrow('keeps entries from 3 on');
    expect(indexesOf(logOf(log, 5, 3)(3, 9))).toEqual([3, 4, 5]);
    const retention = entry(6, { kind: 'retention', retainEntries: 2 });
    expect(() => logOf([...log, retention])(4, 9)).toThrow('keeps entries from 5 on');
  });
});

describe('a limit', () => {
  it('of entries cuts the answer and says where to go on', () => {
    const count = limits.rangeEntriesMax + 3;
    const read = logOf(Array.from({ length: count }, (_, position) => entry(position + 1)));
    const first = read(1, count);
    expect(first.entries).toHaveLength(limits.rangeEntriesMax);
    expect(first.continueAt).toBe(limits.rangeEntriesMax + 1);
    const rest = read(first.continueAt ?? 0, count);
    expect(indexesOf(rest)).toEqual([1_001, 1_002, 1_003]);
    expect(rest.continueAt).toBeUndefined();
  });

  it('of what is looked at cuts it too, where a long stretch is not to be shown', () => {
    const payload = new Uint8Array(32 * 1024);
    const count = Math.ceil((2.5 * limits.rangeScannedBytesMax) / payload.length);
    const hidden = Array.from({ length: count - 1 }, (_, position) => entry(position + 1, { kind: 'noop', payload }));
    const read = logOf([...hidden, entry(count)]);
    const answers = [read(1, count)];
    for (let at = answers[0]?.continueAt; at !== undefined; at = answers.at(-1)?.continueAt)
      answers.push(read(at, count));
    expect(answers.map(indexesOf)).toEqual([[], [], [count]]);
  });

  it('of entries does not cut an answer that just fits', () => {
    const read = logOf(Array.from({ length: limits.rangeEntriesMax }, (_, position) => entry(position + 1)));
    expect(read(1, 9_999).continueAt).toBeUndefined();
  });

  it('of bytes cuts it too, and loses nothing', () => {
    const size = 32 * 1024;
    const count = limits.rangeBytesMax / size + 2;
    const read = logOf(
      Array.from({ length: count }, (_, position) => entry(position + 1, { payload: new Uint8Array(size) })),
    );
    const first = read(1, count);
    expect(first.entries).toHaveLength(limits.rangeBytesMax / size);
    expect(indexesOf(read(first.continueAt ?? 0, count))).toEqual([count - 1, count]);
  });
});
