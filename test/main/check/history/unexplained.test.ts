import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../main/check/contract.ts';
import { LiveHistory } from '../../../../main/check/live-history.ts';
import { liveLimits } from '../../../../main/check/history/history-limits.ts';
import { append, read, unknown } from '../../../support/history-story.ts';
import { toldHistory } from '../../../support/told-history.ts';

function sentences(operations: readonly Operation[], live = new LiveHistory()): readonly string[] {
  return toldHistory(operations).flatMap((event) => live.observe(event).map(({ sentence }) => sentence));
}

const equal = (requestId: string, index: number, span: readonly [number, number]) =>
  append(index, span, { requestId, digests: [7] });
const lost = (requestId: string, invokedNs: number) => ({
  ...equal(requestId, 1, [invokedNs, invokedNs + 1]),
  outcome: unknown.outcome,
});
const shows = (appliedIndex: number, span: readonly [number, number], ...indexes: readonly number[]) => {
  const entries = indexes.map((index) => ({ index, term: 1, digest: 7 }));
  const outcome = { kind: 'ok', appliedIndex, entryCount: entries.length, entries } as const;
  return { ...read(appliedIndex, span, []), outcome };
};

describe('an entry that is shown before it is known whose it is', () => {
  it('waits for the answers of those that carry its payload', () => {
    expect(sentences([equal('a', 1, [0, 50]), shows(1, [10, 20], 1)])).toEqual([]);
    expect(sentences([equal('a', 2, [0, 50]), shows(1, [10, 20], 1)])).toMatchObject([
      expect.stringContaining('shows at index 1 an entry of append a, which stands at 2 already'),
    ]);
    const failed = { ...equal('a', 1, [0, 50]), outcome: { kind: 'failed', code: 'no-leader' } } as const;
    expect(sentences([failed, shows(1, [10, 20], 1)])).toMatchObject([expect.stringContaining('no effect')]);
  });

  it('is of any of those of unknown outcome that are alike, while there are enough of them', () => {
    const two = [lost('a', 0), lost('b', 1)];
    expect(sentences([...two, shows(5, [10, 20], 2, 5), shows(5, [30, 40], 2, 5)])).toEqual([]);
    expect(sentences([...two, shows(5, [10, 20], 2, 4, 5)])).toHaveLength(1);
  });

  it('is of none that was asked after something behind it was answered', () => {
    const other = append(9, [50, 60]);
    const late = lost('late', 70);
    const early = lost('early', 0);
    expect(sentences([early, other, late, at(12, [80, 90], [3, 12], 9)])).toEqual([]);
    expect(sentences([early, other, late, at(12, [80, 90], [3, 4], 9)])).toHaveLength(1);
  });

  it('is not looked for when too many wait, and that is said', () => {
    const live = new LiveHistory({ limits: { ...liveLimits, sightsMax: 1 } });
    expect(sentences([equal('a', 1, [0, 50]), equal('b', 2, [0, 50]), shows(2, [10, 20], 1, 2)], live)).toEqual([]);
    expect(live.verdicts()).toMatchObject([{ verdict: 'evidence-lost' }, {}, {}, {}]);
  });
});

/** Entries of payload 7 at these indexes, and one that is named after its own. */
function at(
  appliedIndex: number,
  span: readonly [number, number],
  indexes: readonly number[],
  other: number,
): Operation {
  const entries = [
    ...indexes.map((index) => ({ index, term: 1, digest: 7 })),
    { index: other, term: 1, digest: other },
  ];
  const sorted = entries.toSorted((left, right) => left.index - right.index);
  return { ...read(appliedIndex, span, []), outcome: { kind: 'ok', appliedIndex, entryCount: 3, entries: sorted } };
}
