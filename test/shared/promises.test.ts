import { expect, it } from 'vitest';
import { historyPromises, promiseIds, promises } from '../../shared/promises.ts';
import { isRuleId, ruleIds, rules } from '../../shared/rules.ts';

it('has for every safety rule a promise that it guards', () => {
  const guards = new Set<string>(promiseIds.flatMap((promise) => promises[promise].guards));
  expect([...guards].filter((guard) => !isRuleId(guard))).toEqual([]);
  expect(ruleIds.filter((rule) => rules[rule].kind === 'safety' && !guards.has(rule))).toEqual([]);
});

it('says each promise in a sentence', () => {
  for (const promise of promiseIds) expect(promises[promise].sentence).toMatch(/^[A-Z].*\.$/);
  expect(historyPromises.every((promise) => promiseIds.includes(promise))).toBe(true);
});
