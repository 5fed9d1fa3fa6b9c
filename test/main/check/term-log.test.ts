import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TermLog } from '../../../main/check/term-log.ts';

/** The same log as a plain list of terms. */
class PlainLog {
  baseIndex = 0;
  terms: number[] = [];

  termAt(index: number): number | undefined {
    return this.terms[index - 1];
  }
}

const act = fc.record({
  what: fc.constantFrom('append', 'append', 'append', 'truncate', 'compact'),
  pick: fc.nat(20),
  rise: fc.nat(1),
});

describe('TermLog', () => {
  it('says of each index what a plain list of terms says', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const log = new TermLog();
        const plain = new PlainLog();
        for (const { what, pick, rise } of acts) {
          const { length } = plain.terms;
          if (what === 'append') {
            const term = (plain.terms.at(-1) ?? 1) + rise;
            log.append(length + 1, length + 1 + pick, term);
            plain.terms.push(...Array.from({ length: pick + 1 }, () => term));
          } else if (what === 'truncate' && length > plain.baseIndex) {
            const from = plain.baseIndex + 1 + (pick % (length - plain.baseIndex));
            log.truncate(from);
            plain.terms.length = from - 1;
          } else if (what === 'compact') {
            const to = plain.baseIndex + (pick % (length - plain.baseIndex + 1));
            log.compact(to);
            plain.baseIndex = to;
          }
        }
        expect(log.lastIndex).toBe(plain.terms.length);
        expect(log.lastTerm).toBe(plain.terms.at(-1) ?? 0);
        for (let index = Math.max(1, plain.baseIndex); index <= plain.terms.length + 1; index++) {
          expect(log.termAt(index)).toBe(plain.termAt(index));
          expect(log.holds(index, 3)).toBe(plain.termAt(index) === 3);
        }
        const seen: number[] = [];
        log.visitRuns(1, Infinity, (term, first, last) => {
          for (let index = first; index <= last; index++) seen.push(term);
          return true;
        });
        expect(seen).toEqual(plain.terms.slice(plain.baseIndex));
      }),
    );
  });

  it('counts what is before its base as there', () => {
    const log = TermLog.from(
      10,
      4,
      [
        { term: 4, firstIndex: 11 },
        { term: 6, firstIndex: 12 },
      ],
      15,
    );
    expect(log.holds(3, 99)).toBe(true);
    expect([log.termAt(9), log.termAt(10), log.termAt(11), log.termAt(15), log.termAt(16)]).toEqual([
      undefined,
      4,
      4,
      6,
      undefined,
    ]);
    expect(TermLog.from(10, -1, [], 10).holds(10, 5)).toBe(true);
  });

  it('stops to visit when it is told to', () => {
    const log = TermLog.from(
      0,
      0,
      [
        { term: 1, firstIndex: 1 },
        { term: 2, firstIndex: 3 },
        { term: 3, firstIndex: 5 },
      ],
      9,
    );
    const runs: (readonly number[])[] = [];
    log.visitRuns(2, 8, (...run) => runs.push(run) < 2);
    expect(runs).toEqual([
      [1, 2, 2],
      [2, 3, 4],
    ]);
  });
});
