import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../../main/check/check-history.ts';
import type { HistoryOptions, Operation } from '../../../../main/check/contract.ts';
import { append, finalLog, read, refused, seen, unknown } from '../../../support/history-story.ts';

const sentences = (operations: readonly Operation[], options?: HistoryOptions): readonly string[] =>
  checkHistory(operations, options).violations.map(({ promise, sentence }) => `${promise}: ${sentence}`);

describe('the order of entries', () => {
  it('finds a phantom: an entry that nobody appended', () => {
    expect(sentences([read(1, [0, 9], [1])])).toEqual([
      'linearizability: The read linearizable-read-at-0 shows entry 1 of term 1, which nobody appended.',
    ]);
    expect(sentences([], { finalLog: finalLog(1) })).toHaveLength(1);
    expect(sentences([read(1, [0, 9], [1])], { incomplete: true })).toEqual([]);
  });

  it('finds an index that was given to two appends', () => {
    const other = append(1, [0, 10], { requestId: 'other', digests: [77] });
    expect(sentences([append(1, [0, 10]), other])).toMatchObject([expect.stringContaining('Index 1 was given to')]);
  });

  it('finds an append that took effect twice', () => {
    const twice = { ...finalLog(1, 2), entries: [...seen(1), { index: 2, term: 1, digest: 1 }] };
    expect(sentences([append(1, [0, 10])], { finalLog: twice })).toMatchObject([
      expect.stringContaining('stands at 1 already: it took effect twice'),
    ]);
    const session = { sessionId: 1, sequence: 4, lowestOpen: 4 };
    expect(sentences([append(1, [0, 10], { session })], { finalLog: twice })).toMatchObject([
      expect.stringContaining('exactly-once: '),
    ]);
  });

  it('finds an effect of what was refused or failed', () => {
    const failed = append(1, [0, 10], { outcome: { kind: 'failed', code: 'no-leader' } });
    expect(sentences([failed], { finalLog: finalLog(1) })).toMatchObject([
      expect.stringContaining('certainly had no effect'),
    ]);
    const shown = { firstIndex: 1, lastIndex: 1, entries: [{ index: 1, term: 1, digest: 900 }] };
    expect(sentences([refused('r', [0, 10], 5, 0)], { finalLog: shown })).toMatchObject([
      expect.stringContaining('was refused'),
    ]);
  });

  it('finds reads that show different entries at an index, and one that replaces an answered append', () => {
    const other = { ...read(1, [20, 30], []), requestId: 'other' };
    const shown = {
      ...other,
      outcome: { kind: 'ok', appliedIndex: 1, entryCount: 1, entries: [{ index: 1, term: 2, digest: 1 }] },
    } as const;
    expect(sentences([append(1, [0, 10]), shown])).toMatchObject([
      expect.stringContaining('shows another entry (term 2)'),
    ]);
    expect(sentences([append(1, [0, 10], unknown), read(1, [12, 14], [1]), shown])).toHaveLength(1);
  });

  it('puts an append of unknown outcome where a read shows it, all of its entries', () => {
    const pair = append(4, [0, 5], { ...unknown, digests: [4, 5] });
    const { violations, counts } = checkHistory([pair, read(5, [10, 20], [4, 5])]);
    expect([violations, counts.unknown, counts.revealed]).toEqual([[], 1, 1]);
    expect(sentences([pair, read(5, [10, 20], [4])])).toMatchObject([expect.stringContaining('lacks entry 5')]);
  });

  it('gives equal payloads to the appends in the order in which they were asked', () => {
    const first = append(1, [0, 5], { ...unknown, requestId: 'first', digests: [7] });
    const second = append(2, [50, 55], { ...unknown, requestId: 'second', digests: [7] });
    const at = (index: number) => ({ index, term: 1, digest: 7 });
    const shown = {
      ...read(2, [60, 70], []),
      outcome: { kind: 'ok', appliedIndex: 2, entryCount: 2, entries: [at(1), at(2)] },
    } as const;
    const early = {
      ...read(1, [20, 30], []),
      outcome: { kind: 'ok', appliedIndex: 1, entryCount: 1, entries: [at(1)] },
    } as const;
    expect(sentences([second, first, early, shown])).toEqual([]);
    expect(sentences([second, first, { ...shown, invokedNs: 20, completedNs: 30 }])).toHaveLength(1);
  });

  it('finds answers that do not fit the request', () => {
    expect(sentences([append(1, [0, 10], { digests: [1, 2] })])).toHaveLength(1);
  });
});
