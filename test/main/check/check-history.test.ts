import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../main/check/check-history.ts';
import { rightHistory } from '../../support/arbitrary-history.ts';
import { changedHistory } from '../../support/changed-history.ts';
import { isLinearizable } from '../../support/history-oracle.ts';

describe('checkHistory against a search through all orders', () => {
  it('accepts every history of a log that does all right, with and without the log at the end', () => {
    fc.assert(
      fc.property(rightHistory(12), ({ operations, finalLog }) => {
        expect(checkHistory(operations, { finalLog }).violations).toEqual([]);
        expect(checkHistory(operations).violations).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('agrees with it on histories in which something was changed', () => {
    let right = 0;
    let wrong = 0;
    fc.assert(
      fc.property(changedHistory(6), ({ operations, finalLog }) => {
        const isRight = isLinearizable(operations, finalLog);
        if (isRight) right += 1;
        else wrong += 1;
        const { violations } = checkHistory(operations, { finalLog });
        expect(violations.length === 0).toBe(isRight);
        // What is right is right with less evidence, too.
        const withLess = checkHistory(operations).violations;
        expect(isRight ? withLess : []).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
    expect(Math.min(right, wrong)).toBeGreaterThan(500);
  });
});
