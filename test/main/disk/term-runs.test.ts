import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TermRuns } from '../../../main/disk/term-runs.ts';

describe('TermRuns', () => {
  it('starts empty', () => {
    expect(new TermRuns().runs).toEqual([]);
    expect(new TermRuns().lastTerm).toBe(0);
  });

  it('equals the runs of a plain list of terms, through appends and cuts', () => {
    const step = fc.oneof(fc.record({ term: fc.nat(4) }), fc.record({ cut: fc.nat(20) }));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const runs = new TermRuns();
        const terms: number[] = [];
        for (const step of steps) {
          if ('term' in step) runs.append(terms.push(step.term), step.term);
          else {
            runs.truncate(step.cut + 1);
            terms.splice(step.cut);
          }
        }
        const expected = terms.flatMap((term, at) =>
          at > 0 && terms[at - 1] === term ? [] : [{ term, firstIndex: at + 1 }],
        );
        expect(runs.runs).toEqual(expected);
        expect(runs.lastTerm).toBe(terms.at(-1) ?? 0);
      }),
    );
  });

  it('forget a beginning, and go on behind any base', () => {
    const terms = [1, 1, 1, 3, 3, 4, 7, 7];
    for (let dropped = 0; dropped <= terms.length; dropped += 1) {
      const runs = new TermRuns({ index: 10, term: 1 });
      terms.forEach((term, at) => runs.append(11 + at, term));
      runs.dropUpTo(10 + dropped, 18);
      const termBefore = dropped === 0 ? 1 : terms[dropped - 1];
      expect(runs.base).toEqual({ index: 10 + dropped, term: termBefore });
      for (let at = dropped; at < terms.length; at += 1) expect(runs.termAt(11 + at)).toBe(terms[at]);
      expect(runs.termAt(10 + dropped)).toBe(termBefore);
      expect(runs.lastTerm).toBe(7);
      expect(runs.runs[0]?.firstIndex).toBe(dropped === terms.length ? undefined : 11 + dropped);
      runs.restart({ index: 5, term: 2 });
      expect([runs.runs, runs.lastTerm]).toEqual([[], 2]);
    }
  });
});
