import { describe, expect, it } from 'vitest';
import { cutRuleId, linkSchema, sameLink } from '../../shared/fault-rule.ts';

describe('links', () => {
  it('are directed: the way back is another link with another rule', () => {
    expect(sameLink({ from: 0, to: 2 }, { from: 0, to: 2 })).toBe(true);
    expect(sameLink({ from: 0, to: 2 }, { from: 2, to: 0 })).toBe(false);
    expect(cutRuleId({ from: 0, to: 2 })).toBe('cut 0→2');
    expect(cutRuleId({ from: 2, to: 0 })).toBe('cut 2→0');
  });

  it('are checked at the door', () => {
    expect(linkSchema.safeParse({ from: 0, to: 1 }).success).toBe(true);
    for (const link of [{ from: -1, to: 1 }, { from: 0.5, to: 1 }, { from: 0 }, { from: 0, to: 1, back: true }]) {
      expect(linkSchema.safeParse(link).success, JSON.stringify(link)).toBe(false);
    }
  });
});
