import { describe, expect, it } from 'vitest';
import { PendingClaims, type Claim } from '../../../../main/check/history/pending-claims.ts';

function claim(index: number, atNs: number): Claim {
  const party = { kind: 'append', requestId: `at ${atNs}` } as const;
  return { index, term: 1, party, atNs, sentence: 'x', isSettled: false };
}

describe('pending claims', () => {
  it('are settled by what is learned of their index', () => {
    const claims = new PendingClaims(9);
    const [first, second] = [claim(5, 1), claim(5, 2)];
    for (const one of [first, second, claim(6, 3)]) claims.add(one);
    expect(claims.take(5)).toEqual([first, second]);
    expect(claims.take(5)).toBeUndefined();
    expect(claims.expire(Infinity)).toMatchObject([{ index: 6 }]);
  });

  it('expire when nothing that is left was asked by their time', () => {
    const claims = new PendingClaims(9);
    for (const one of [claim(5, 1), claim(5, 20), claim(7, 30)]) claims.add(one);
    expect(claims.expire(1)).toBeUndefined();
    expect(claims.expire(2)).toMatchObject([{ index: 5, atNs: 1 }]);
    expect(claims.take(5)).toMatchObject([{ atNs: 20 }]);
    expect(claims.expire(31)).toMatchObject([{ index: 7 }]);
  });

  it('are refused when too many wait, and those that are settled make room', () => {
    const claims = new PendingClaims(2);
    expect([1, 2, 3].map((index) => claims.add(claim(index, index)))).toEqual([true, true, false]);
    claims.take(2);
    expect(claims.add(claim(4, 4))).toBe(true);
  });
});
