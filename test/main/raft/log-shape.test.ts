import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appendToShape,
  compactShape,
  createLogShape,
  firstIndexOfTermAt,
  fitting,
  isUpToDate,
  lastIndexOfTerm,
  lastTerm,
  restartShape,
  sizeAt,
  termAt,
  truncateShape,
  type LogShape,
} from '../../../main/raft/log-shape.ts';
import { AssertionError } from '../../../shared/assert.ts';

/** The naive model: the entries themselves. */
type Model = { term: number; size: number }[];

type Change = { append: { termStep: number; size: number } } | { truncateFrom: number };

function emptyShape(): LogShape {
  return createLogShape({ index: 0, term: 0 }, 0, [], []);
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
        const allowed = there
          .map((_, position) => position + 1)
          .filter((count) => {
            const bytes = there.slice(0, count).reduce((sum, size) => sum + size, 0);
            return count <= countMax && (count === 1 || bytes <= bytesMax);
          });
        const { count, bytes } = fitting(shape, firstIndex, countMax, bytesMax);
        expect(count).toBe(Math.max(0, ...allowed));
        expect(bytes).toBe(there.slice(0, count).reduce((sum, size) => sum + size, 0));
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });
});

describe('a log whose beginning is compacted', () => {
  it('agrees with the whole one on everything that is left', () => {
    const property = fc.property(fc.array(change, { maxLength: 60 }), fc.nat(30), (changes, upTo) => {
      const { shape: whole, model } = make(changes);
      const index = Math.min(upTo, model.length);
      const shape = structuredClone(whole);
      compactShape(shape, index);
      expect(shape.base).toEqual({ index, term: model[index - 1]?.term ?? 0 });
      expect([shape.lastIndex, lastTerm(shape)]).toEqual([whole.lastIndex, lastTerm(whole)]);
      for (let at = index; at <= model.length + 1; at++) expect(termAt(shape, at)).toBe(termAt(whole, at));
      for (let at = index + 1; at <= model.length; at++) {
        expect(sizeAt(shape, at)).toBe(sizeAt(whole, at));
        expect(firstIndexOfTermAt(shape, at)).toBe(Math.max(firstIndexOfTermAt(whole, at), index + 1));
        const term = termAt(whole, at) ?? 0;
        expect(lastIndexOfTerm(shape, term)).toBe(lastIndexOfTerm(whole, term));
      }
      expect([termAt(shape, index - 1), sizeAt(shape, index)]).toEqual([undefined, 0]);
      expect(shape.runs[0]?.firstIndex).toBe(index < model.length ? index + 1 : undefined);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('compacting twice is compacting to the further end', () => {
    const property = fc.property(
      fc.array(change, { maxLength: 40 }),
      fc.nat(30),
      fc.nat(30),
      (changes, first, second) => {
        const twice = make(changes).shape;
        const once = structuredClone(twice);
        for (const upTo of [first, second]) compactShape(twice, Math.min(upTo, twice.lastIndex));
        compactShape(once, Math.min(Math.max(first, second), once.lastIndex));
        expect(twice).toEqual(once);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it('loses nothing that is compacted, and holds nothing behind its end', () => {
    const shape = shapeOf([1, 1, 2]);
    expect(() => compactShape(shape, 4)).toThrow(AssertionError);
    compactShape(shape, 2);
    expect(() => truncateShape(shape, 2)).toThrow(AssertionError);
    truncateShape(shape, 3);
    expect(shape).toEqual({ base: { index: 2, term: 1 }, runs: [], lastIndex: 2, sizes: [] });
    appendToShape(shape, 1, 7);
    expect(shape).toEqual({
      base: { index: 2, term: 1 },
      runs: [{ term: 1, firstIndex: 3 }],
      lastIndex: 3,
      sizes: [7],
    });
  });

  it('that begins anew has nothing but its base', () => {
    const shape = shapeOf([1, 1, 2]);
    restartShape(shape, { index: 9, term: 4 });
    expect(shape).toEqual({ base: { index: 9, term: 4 }, runs: [], lastIndex: 9, sizes: [] });
    expect([lastTerm(shape), termAt(shape, 9), lastIndexOfTerm(shape, 4)]).toEqual([4, 4, 9]);
  });
});

describe('the ends of a log', () => {
  it('before the first entry stands index 0 of term 0; behind the last there is nothing', () => {
    const shape = shapeOf([1, 1, 4]);
    expect([-1, 0, 1, 3, 4].map((index) => termAt(shape, index))).toEqual([undefined, 0, 1, 4, undefined]);
    expect(termAt(emptyShape(), 0)).toBe(0);
  });

  it('a log whose terms fall, as can be with a rule off, is held as it is', () => {
    const shape = shapeOf([3]);
    for (const term of [2, 2, 3]) appendToShape(shape, term, 1);
    expect([1, 2, 3, 4].map((index) => termAt(shape, index))).toEqual([3, 2, 2, 3]);
    expect(lastTerm(shape)).toBe(3);
  });

  it('one entry fits however large it is', () => {
    expect(fitting(shapeOf([1, 1]), 1, 10, 1)).toEqual({ count: 1, bytes: 100 });
    expect(fitting(shapeOf([1, 1]), 3, 10, 1)).toEqual({ count: 0, bytes: 0 });
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

  it('is total and transitive, and equal ends are up-to-date: so some log of a majority wins its election', () => {
    const property = fc.property(place, place, place, (first, second, third) => {
      expect(isUpToDate(first, first)).toBe(true);
      expect(isUpToDate(first, second) || isUpToDate(second, first)).toBe(true);
      const chain = isUpToDate(first, second) && isUpToDate(second, third);
      expect(!chain || isUpToDate(first, third)).toBe(true);
      const both = isUpToDate(first, second) && isUpToDate(second, first);
      expect(both).toBe(first.term === second.term && first.index === second.index);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it('a short log with a later last term is more up-to-date than a long one', () => {
    expect(isUpToDate({ index: 1, term: 3 }, { index: 9, term: 2 })).toBe(true);
    expect(isUpToDate({ index: 9, term: 2 }, { index: 1, term: 3 })).toBe(false);
  });
});
