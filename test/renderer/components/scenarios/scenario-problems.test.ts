import { describe, expect, it } from 'vitest';
import {
  offsetOf,
  problemsInAnswer,
  problemsInText,
  variantsOf,
} from '../../../../renderer/components/scenarios/scenario-problems.ts';

describe('what is wrong in a text', () => {
  it('is said with its place while one types', () => {
    const [problem] = problemsInText('title: a\nsteps: [one\nmore: 1\n');
    expect(problem?.line).toBeGreaterThan(1);
    expect(problem?.message).not.toBe('');
    expect(problemsInText('title: a\nsteps:\n  - after: 1 s\n')).toEqual([]);
    expect(problemsInText('')).toEqual([]);
  });

  it('is read from what the lab answers, line by line', () => {
    expect(problemsInAnswer('2:1: unknown key "stpes"; did you mean "steps"?\nNo scenario is running.')).toEqual([
      { line: 2, column: 1, message: 'unknown key "stpes"; did you mean "steps"?' },
      { line: 0, column: 0, message: 'No scenario is running.' },
    ]);
    expect(problemsInAnswer('')).toEqual([]);
  });

  it('can be gone to', () => {
    const text = 'title: a\nstpes: b\n';
    expect(text.slice(offsetOf(text, { line: 2, column: 1, message: '' }))).toBe('stpes: b\n');
    expect(offsetOf(text, { line: 0, column: 0, message: '' })).toBe(0);
  });
});

it('finds the runs that a text describes, and none in what can not be read', () => {
  expect(variantsOf('title: a\nvariants:\n  on: {}\n  off: {}\n')).toEqual(['on', 'off']);
  expect(variantsOf('title: a')).toEqual([]);
  expect(variantsOf('a: *nobody')).toEqual([]);
  expect(variantsOf('- just\n- a list')).toEqual([]);
});
