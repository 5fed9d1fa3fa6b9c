import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../../main/check/check-history.ts';
import type { HistoryOptions, Operation, ReadOperation } from '../../../../main/check/contract.ts';
import { append, finalLog, read } from '../../../support/history-story.ts';

const sentences = (operations: readonly Operation[], options?: HistoryOptions): readonly string[] =>
  checkHistory(operations, options).violations.map(({ promise, sentence }) => `${promise}: ${sentence}`);

const three = [append(1, [0, 10]), append(2, [11, 20]), append(4, [21, 30])];
const pair = append(6, [31, 39], {
  digests: [6, 7],
  outcome: { kind: 'ok', firstIndex: 6, lastIndex: 7, term: 1 },
});

function within(startIndex: number, endIndex: number, shown: ReadOperation, continueAt?: number): ReadOperation {
  const { outcome } = shown;
  if (outcome.kind !== 'ok') return shown;
  return { ...shown, startIndex, endIndex, outcome: { ...outcome, ...(continueAt !== undefined && { continueAt }) } };
}

describe('what a read shows', () => {
  it('lacks nothing of its range', () => {
    expect(sentences([...three, read(4, [40, 50], [1, 2, 4])])).toEqual([]);
    expect(sentences([...three, read(4, [40, 50], [1, 4])])).toEqual([
      'linearizability: The read linearizable-read-at-40 lacks entry 2 of term 1 (append append-2).',
    ]);
    expect(sentences([...three, read(4, [40, 50], [1, 2], 'local')])).toMatchObject([
      expect.stringContaining('local-reads: '),
    ]);
  });

  it('is cut by its ends, by what was applied, and by a limit', () => {
    expect(sentences([...three, within(2, 3, read(4, [40, 50], [2]))])).toEqual([]);
    expect(sentences([...three, within(0, 9, read(4, [40, 50], [1, 2]), 3)])).toEqual([]);
    expect(sentences([...three, read(2, [12, 50], [1, 2])])).toEqual([]);
    expect(sentences([...three, within(2, 3, read(4, [40, 50], [2, 4]))])).toMatchObject([
      expect.stringContaining('outside of 2 to 3'),
    ]);
  });

  it('is in order', () => {
    expect(sentences([...three, read(4, [40, 50], [2, 1, 4])]).length).toBeGreaterThan(0);
    expect(sentences([...three, read(4, [40, 50], [1, 2, 2, 4])])).toMatchObject([
      expect.stringContaining('out of order'),
    ]);
  });

  it('shows an append as a whole or not at all', () => {
    expect(sentences([...three, pair, read(6, [32, 38], [1, 2, 4])])).toEqual([]);
    expect(sentences([...three, pair, read(6, [32, 38], [1, 2, 4, 6])])).toMatchObject([
      expect.stringContaining('half of it'),
    ]);
  });

  it('agrees with the log at the end, in which nothing answered is lost', () => {
    expect(sentences(three, { finalLog: finalLog(1, 2, 4) })).toEqual([]);
    expect(sentences(three, { finalLog: finalLog(1, 4) })).toMatchObject([
      expect.stringContaining('The log at the end lacks entry 2'),
    ]);
    expect(sentences(three, { finalLog: finalLog(1, 2) })).toMatchObject([expect.stringContaining('is lost')]);
    expect(sentences([...three, read(5, [40, 50], [1, 2, 4])], { finalLog: finalLog(1, 2, 4) })).toHaveLength(1);
    expect(sentences(three, { finalLog: { ...finalLog(4), firstIndex: 3 } })).toEqual([]);
  });

  it('may be gone only when somebody asked for that', () => {
    const gone = { ...read(0, [40, 50], []), outcome: { kind: 'compacted', firstIndex: 3 } } as const;
    const retention = {
      kind: 'set-retention',
      requestId: 'r',
      retainEntries: 5,
      invokedNs: 1,
      completedNs: 2,
    } as const;
    expect(sentences([...three, gone])).toMatchObject([expect.stringContaining('nobody had asked for that')]);
    expect(sentences([...three, gone, { ...retention, retainEntries: 0 }])).toHaveLength(1);
    expect(sentences([...three, gone, retention])).toEqual([]);
    expect(sentences([...three, { ...gone, startIndex: 3 }, retention])).toMatchObject([
      expect.stringContaining('although entries are held from 3 on'),
    ]);
  });
});
