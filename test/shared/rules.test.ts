import { expect, it } from 'vitest';
import { ruleIds, rules } from '../../shared/rules.ts';

it('every rule has a section of the paper or the dissertation, a sentence and a promise', () => {
  expect(ruleIds.length).toBeGreaterThan(0);
  for (const id of ruleIds) {
    const { section, sentence, promise } = rules[id];
    expect(section, id).toMatch(/^D?\d+(\.\d+)*$/);
    expect(sentence, id).toMatch(/^[A-Z].+\.$/);
    expect(promise, id).toMatch(/^[A-Z].+\.$/);
  }
});
