import { expect, it } from 'vitest';
import { rules } from '../../shared/rules.ts';

it('every rule has a section of the paper or the dissertation, a sentence and a promise', () => {
  expect(Object.keys(rules)).toContain('own-term-commit');
  for (const [id, { section, sentence, promise }] of Object.entries(rules)) {
    expect(section, id).toMatch(/^D?\d+(\.\d+)*$/);
    expect(sentence, id).toMatch(/^[A-Z].+\.$/);
    expect(promise, id).toMatch(/^[A-Z].+\.$/);
  }
});
