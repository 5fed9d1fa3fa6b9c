import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../../main/check/check-history.ts';
import type { HistoryOptions, Operation } from '../../../../main/check/contract.ts';
import { append, finalLog, refused, unknown } from '../../../support/history-story.ts';

const sentences = (operations: readonly Operation[], options?: HistoryOptions): readonly string[] =>
  checkHistory(operations, options).violations.map(({ sentence }) => sentence);

const behind = (prevLogIndex: number) => ({ expect: { prevLogIndex, prevLogTerm: prevLogIndex > 0 ? 1 : 0 } });
const one = append(1, [0, 10]);

describe('conditional appends', () => {
  it('take effect behind what they expected', () => {
    expect(sentences([append(1, [0, 10], behind(0)), append(3, [20, 30], behind(1))])).toEqual([]);
    expect(sentences([one, append(2, [11, 20]), append(3, [21, 30], behind(1))])).toEqual([
      'The append append-3 expected entry 1 of term 1 and took effect at 3 behind entry 2 of term 1.',
    ]);
    expect(sentences([one, append(3, [21, 30], behind(0))])).toMatchObject([
      expect.stringContaining('expected an empty log'),
    ]);
    const otherTerm = append(3, [21, 30], { expect: { prevLogIndex: 1, prevLogTerm: 2 } });
    expect(sentences([one, otherTerm])).toHaveLength(1);
  });

  it('may have met an append of unknown outcome, unless the log at the end shows that it had no effect', () => {
    const lost = append(2, [11, 20], unknown);
    const met = append(3, [21, 30], behind(2));
    expect(sentences([one, lost, met])).toEqual([]);
    expect(sentences([one, met])).toHaveLength(1);
    expect(sentences([one, { ...lost, invokedNs: 99 }, met])).toHaveLength(1);
    expect(sentences([one, lost, met], { finalLog: finalLog(1, 3) })).toHaveLength(1);
    expect(sentences([one, lost, met], { finalLog: finalLog(1, 2, 3) })).toEqual([]);
  });

  it('are refused with the entry that was the last one then', () => {
    expect(sentences([one, refused('r', [20, 30], 5, 1)])).toEqual([]);
    expect(sentences([refused('r', [0, 5], 5, 0), one])).toEqual([]);
    expect(sentences([one, refused('r', [20, 30], 1, 1)])).toMatchObject([
      'The append r was refused with what it expected, entry 1 of term 1.',
    ]);
    expect(sentences([one, refused('r', [20, 30], 5, 3)])).toMatchObject([expect.stringContaining('and it never was')]);
    expect(sentences([one, append(3, [11, 19], unknown), refused('r', [20, 30], 5, 3)])).toEqual([]);
    const pair = append(1, [0, 10], { digests: [1, 2], outcome: { kind: 'ok', firstIndex: 1, lastIndex: 2, term: 1 } });
    expect(sentences([pair, refused('r', [20, 30], 5, 1)])).toHaveLength(1);
  });

  it('are the only ones that are refused', () => {
    const plain = append(1, [0, 10], { outcome: { kind: 'conflict' } });
    expect(sentences([plain])).toMatchObject(['The append append-1 expected nothing and was refused.']);
  });
});
