import { expect, it } from 'vitest';
import { z } from 'zod';
import { describeSchemaProblem } from '../../shared/schema-problem.ts';

const schema = z.strictObject({ nodes: z.int(), entries: z.array(z.string()) });

it('names the place of each problem, and the whole where it is the value itself', () => {
  const problemOf = (value: unknown): string => {
    const { error } = schema.safeParse(value);
    return error ? describeSchemaProblem(error, 'command') : '';
  };
  expect(problemOf({ nodes: 1, entries: ['a'] })).toBe('');
  expect(problemOf({ nodes: 'three', entries: ['a', 5] })).toMatch(/^nodes: .+; entries\.1: .+$/);
  expect(problemOf(7)).toMatch(/^command: .+$/);
});
