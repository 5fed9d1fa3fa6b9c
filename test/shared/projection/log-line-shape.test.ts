import { expect, it } from 'vitest';
import { logLevels, logTargets } from '../../../shared/projection/log-line-shape.ts';

it('levels go from the rarest to the most frequent, targets are named once', () => {
  expect(logLevels).toEqual(['error', 'warn', 'info', 'debug', 'trace']);
  expect(new Set(logTargets).size).toBe(logTargets.length);
});
