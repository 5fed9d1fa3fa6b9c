import { expect, it } from 'vitest';
import { liveLimits, noLimits } from '../../../../main/check/history/history-limits.ts';

it('bounds everything of a history that goes on overnight, and nothing of one that is judged as a whole', () => {
  expect(Object.keys(liveLimits)).toEqual(Object.keys(noLimits));
  expect(Object.values(liveLimits).every(Number.isFinite)).toBe(true);
  expect(Object.values(noLimits).some(Number.isFinite)).toBe(false);
});
