/** Numbers and times with a sign: `>= 5`, `at most 3`, `< 2 s`. */
import { z, type RefinementCtx } from 'zod';
import { readDuration } from './durations.ts';

export interface Comparison {
  readonly sign: '>=' | '>' | '<=' | '<' | '=';
  readonly number: number;
}

const comparisonForm = /^(>=|≥|at least|<=|≤|at most|>|above|more than|<|below|less than|=)? ?(.+)$/;
const signs: Readonly<Record<string, Comparison['sign']>> = {
  '≥': '>=',
  'at least': '>=',
  '≤': '<=',
  'at most': '<=',
  above: '>',
  'more than': '>',
  below: '<',
  'less than': '<',
};

/** `5` and `>= 5` are the same; so are `at most 3`, `≤ 3`, `<= 3`. */
function comparisonOf(readNumber: (text: string) => number | undefined, expected: string) {
  return z.union([z.string(), z.int()], `expected ${expected}`).transform((value, context): Comparison => {
    const [, sign = '>=', text = ''] = comparisonForm.exec(String(value).trim()) ?? [];
    const number = readNumber(text);
    if (number !== undefined) return { sign: signs[sign] ?? (sign as Comparison['sign']), number };
    return wrong(context, `expected ${expected}`);
  });
}

/** A number, perhaps with a sign. */
export const count = comparisonOf(
  (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined),
  'a number, perhaps with a sign: 5, ">= 5", "at most 3"',
);
/** A time with a unit, perhaps with a sign; the number is in ms. */
export const duration = comparisonOf(readDuration, 'a time with a unit: "< 2 s"');

/** Says what is wrong with a value that a schema changes. */
export function wrong(context: RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

export function compare(actual: number, { sign, number }: Comparison): boolean {
  switch (sign) {
    case '>=':
      return actual >= number;
    case '>':
      return actual > number;
    case '<=':
      return actual <= number;
    case '<':
      return actual < number;
    default:
      return actual === number;
  }
}
