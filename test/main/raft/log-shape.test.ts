import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appendToShape,
  countFitting,
  firstIndexOfTermAt,
  isUpToDate,
  lastIndexOfTerm,
  lastTerm,
  termAt,
  truncateShape,
  type LogShape,
} from '../../../main/raft/log-shape.ts';
import { AssertionError } from '../../../shared/assert.ts';

/** The naive model: the entries themselves. */
type Model = { term: number; size: number }[];

type Change = { append: { termStep: number; size: number } } | { truncateFrom: number };

function emptyShape(): LogShape {
  return { runs: [], lastIndex: 0, sizes: [] };
}

function shapeOf(terms: readonly number[]): LogShape {
  const shape = emptyShape();
  for (const term of terms) appendToShape(shape, term, 100);
  return shape;
}

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ append: fc.record({ termStep: fc.integer({ min: 0, max: 2 }), size: fc.nat(500) }) }),
  },
  { weight: 1, arbitrary: fc.record({ truncateFrom: fc.nat(30) }) },
);

function make(changes: readonly Change[]): { shape: LogShape; model: Model } {
  const shape = emptyShape();
  const model: Model = [];
  for (const one of changes) {
    if ('append' in one) {
      const term = Math.max(1, (model.at(-1)?.term ?? 0) + one.append.termStep);
      appendToShape(shape, term, one.append.size);
      model.push({ term, size: one.append.size });
    } else {
      const fromIndex = Math.min(one.truncateFrom + 1, model.length + 1);
      truncateShape(shape, fromIndex);
      model.length = fromIndex - 1;
    }
  }
  return { shape, model };
}

describe('the shape of a log, against the entries themselves', () => {
  it('agrees on every term, run and size after any appends and truncations', () => {
    const property = fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const { shape, model } = make(changes);
      const terms = model.map(({ term }) => term);
      expect(shape.lastIndex).toBe(model.length);
      expect(shape.sizes).toEqual(model.map(({ size }) => size));
      expect(lastTerm(shape)).toBe(terms.at(-1) ?? 0);
      for (const [position, term] of terms.entries()) {
        expect(termAt(shape, position + 1)).toBe(term);
        expect(firstIndexOfTermAt(shape, position + 1)).toBe(terms.indexOf(term) + 1);
      }
      for (let term = 0; term <= (terms.at(-1) ?? 0) + 1; term++) {
        expect(lastIndexOfTerm(shape, term)).toBe(terms.lastIndexOf(term) + 1);
      }
      const starts = terms.flatMap((term, position) => (terms[position - 1] === term ? [] : [position + 1]));
      expect(shape.runs.map(({ firstIndex }) => firstIndex)).toEqual(starts);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('counts what fits like one who weighs entry by entry', () => {
    const property = fc.property(
      fc.array(fc.nat(200), { maxLength: 12 }),
      fc.integer({ min: 1, max: 13 }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(600),
      (sizes, firstIndex, countMax, bytesMax) => {
        const shape = emptyShape();
        for (const size of sizes) appendToShape(shape, 1, size);
        const there = sizes.slice(firstIndex - 1);
        const fitting = there
          .map((_, position) => position + 1)
          .filter((count) => {
            const bytes = there.slice(0, count).reduce((sum, size) => sum + size, 0);
            return count <= countMax && (count === 1 || bytes <= bytesMax);
          });
        expect(countFitting(shape, firstIndex, countMax, bytesMax)).toBe(Math.max(0, ...fitting));
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });
});

describe('the ends of a log', () => {
  it('before the first entry stands index 0 of term 0; behind the last there is nothing', () => {
    const shape = shapeOf([1, 1, 4]);
    expect([-1, 0, 1, 3, 4].map((index) => termAt(shape, index))).toEqual([undefined, 0, 1, 4, undefined]);
    expect(termAt(emptyShape(), 0)).toBe(0);
  });

  it('an entry of an earlier term can follow none of a later one', () => {
    expect(() => appendToShape(shapeOf([3]), 2, 1)).toThrow(AssertionError);
  });

  it('one entry fits however large it is', () => {
    expect(countFitting(shapeOf([1, 1]), 1, 10, 1)).toBe(1);
    expect(countFitting(shapeOf([1, 1]), 3, 10, 1)).toBe(0);
  });
});

describe('isUpToDate (Raft §5.4.1)', () => {
  const place = fc.record({ index: fc.nat(5), term: fc.nat(5) });

  it('is the lexicographic order of (term, index)', () => {
    const number = ({ index, term }: { index: number; term: number }): number => term * 10 + index;
    const property = fc.property(place, place, (candidate, voter) => {
      expect(isUpToDate(candidate, voter)).toBe(number(candidate) >= number(voter));
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('a short log with a later last term is more up-to-date than a long one', () => {
    expect(isUpToDate({ index: 1, term: 3 }, { index: 9, term: 2 })).toBe(true);
    expect(isUpToDate({ index: 9, term: 2 }, { index: 1, term: 3 })).toBe(false);
  });
});
