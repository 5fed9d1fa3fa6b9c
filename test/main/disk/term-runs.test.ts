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
});
