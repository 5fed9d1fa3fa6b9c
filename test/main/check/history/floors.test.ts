import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../../main/check/check-history.ts';
import type { HistoryOptions, Operation } from '../../../../main/check/contract.ts';
import { append, read, refused, unknown } from '../../../support/history-story.ts';

const sentences = (operations: readonly Operation[], options?: HistoryOptions): readonly string[] =>
  checkHistory(operations, options).violations.map(({ promise, sentence }) => `${promise}: ${sentence}`);

const both = [append(1, [0, 10]), append(2, [20, 30])];

describe('real time', () => {
  it('finds a stale read', () => {
    expect(sentences([...both, read(1, [40, 50], [1])])).toEqual([
      'linearizability: Stale: the read linearizable-read-at-40 shows the log up to 1, and the append append-2 at 2 was answered before it began.',
    ]);
  });

  it('finds a read that goes back behind another one', () => {
    const reads = [read(2, [22, 23], [1, 2]), read(1, [24, 25], [1])];
    expect(sentences([...both, ...reads])).toMatchObject([expect.stringContaining('had shown it up to 2')]);
    expect(sentences([...both, ...reads.toReversed()])).toHaveLength(1);
  });

  it('finds appends in another order than time has them', () => {
    expect(sentences([append(2, [0, 10]), append(1, [20, 30])])).toMatchObject([
      expect.stringContaining('append-1 stands at 1, before the append append-2 at 2'),
    ]);
  });

  it('finds a read that shows an append before it was asked', () => {
    expect(sentences([...both, read(2, [12, 14], [1, 2])])).toHaveLength(1);
    expect(sentences([...both, read(2, [12, 14], [1, 2], 'local')])).toMatchObject([
      expect.stringContaining('which nobody appended'),
      expect.stringMatching(/^local-reads: .* was asked only after its answer/),
    ]);
  });

  it('finds a refusal that names a past or a future', () => {
    expect(sentences([...both, refused('late', [40, 50], 9, 1)])).toHaveLength(1);
    expect(sentences([...both, refused('early', [12, 14], 9, 2)])).toHaveLength(1);
    expect(sentences([...both, refused('right', [25, 40], 9, 1)])).toEqual([]);
  });

  it('lets what happens at the same time stand in any order, and an unknown outcome happen late', () => {
    expect(sentences([append(2, [0, 30]), append(1, [20, 30]), read(1, [25, 60], [1])])).toEqual([]);
    const late = append(3, [0, 5], unknown);
    expect(sentences([late, ...both, read(3, [40, 50], [1, 2, 3])])).toEqual([]);
  });

  it('lets a local read be stale', () => {
    expect(sentences([...both, read(0, [40, 50], [], 'local'), read(1, [60, 70], [1], 'local')])).toEqual([]);
  });

  describe('with a lease', () => {
    const stale = [...both, read(1, [40, 50], [1], 'lease')];

    it('finds a stale read like any other', () => {
      expect(sentences(stale)).toMatchObject([expect.stringContaining('lease-reads: Stale')]);
    });

    it('counts it apart while clocks drift beyond their bound', () => {
      const { violations, promiseVoid } = checkHistory(stale, { driftSpans: [{ fromNs: 45, toNs: 46 }] });
      expect([violations, promiseVoid]).toEqual([[], 1]);
      expect(checkHistory(stale, { driftSpans: [{ fromNs: 51, toNs: 90 }] }).promiseVoid).toBe(0);
      const fresh = [...both, read(2, [40, 50], [1, 2], 'lease')];
      expect(checkHistory(fresh, { driftSpans: [{ fromNs: 0, toNs: 90 }] }).promiseVoid).toBe(0);
    });

    it('lets no drift excuse another content', () => {
      const wrong = [...both, read(2, [40, 50], [2], 'lease')];
      expect(sentences(wrong, { driftSpans: [{ fromNs: 0, toNs: 90 }] })).toHaveLength(1);
      const ahead = [...both, read(2, [12, 14], [1, 2], 'lease')];
      expect(sentences(ahead, { driftSpans: [{ fromNs: 0, toNs: 90 }] })).toHaveLength(2);
    });
  });

  // In the square of their number this would take minutes.
  it('judges a hundred thousand operations at once', () => {
    const operations = Array.from({ length: 100_000 }, (_, at): Operation => {
      if (at % 4 < 3) return append(at + 1, [at, at + 40]);
      return { ...read(at, [at, at + 5], []), startIndex: 999_999, endIndex: 999_999 };
    });
    expect(checkHistory(operations).violations).toEqual([]);
    expect(checkHistory([...operations, read(0, [300_000, 300_001], [])]).violations).toHaveLength(1);
  });
});
