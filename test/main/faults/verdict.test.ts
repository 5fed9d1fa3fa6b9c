import { describe, expect, it } from 'vitest';
import { judgeDatagram } from '../../../main/faults/verdict.ts';
import { cutRuleId, type FaultRule, type Link } from '../../../shared/fault-rule.ts';

const cut = (link: Link): FaultRule => ({ id: cutRuleId(link), link, action: { kind: 'cut' } });

describe('judgeDatagram', () => {
  it('lets everything pass without rules', () => {
    expect(judgeDatagram([], 0, 1)).toEqual({ kind: 'pass' });
  });

  it('drops what crosses a cut link and names the rule', () => {
    expect(judgeDatagram([cut({ from: 0, to: 1 })], 0, 1)).toEqual({ kind: 'drop', faultRule: 'cut 0→1' });
  });

  it('leaves the other direction and other links alone', () => {
    const rules = [cut({ from: 0, to: 1 })];
    for (const [from, to] of [
      [1, 0],
      [0, 2],
      [2, 1],
      [2, 0],
    ] as const)
      expect(judgeDatagram(rules, from, to)).toEqual({ kind: 'pass' });
  });

  it('names the first of two rules on one link', () => {
    const link = { from: 2, to: 0 };
    const rules: FaultRule[] = [cut({ from: 1, to: 0 }), { ...cut(link), id: 'first' }, { ...cut(link), id: 'second' }];
    expect(judgeDatagram(rules, 2, 0)).toEqual({ kind: 'drop', faultRule: 'first' });
  });
});
