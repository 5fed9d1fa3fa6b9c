import { describe, expect, it } from 'vitest';
import {
  cutRuleId,
  describeFaultRule,
  faultRuleSchema,
  linkSchema,
  sameLink,
  type FaultAction,
  type FaultRule,
} from '../../shared/fault-rule.ts';

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

const link = { from: 0, to: 2 };

const sentences: readonly (readonly [FaultAction, string])[] = [
  [{ kind: 'cut' }, '0 → 2: all datagrams are lost'],
  [{ kind: 'drop', percent: 12.5 }, '0 → 2: 12.5 % of datagrams are lost'],
  [
    { kind: 'burst', enterPercent: 1, leavePercent: 20 },
    '0 → 2: datagrams are lost in bursts, which begin with 1 % and end with 20 %',
  ],
  [{ kind: 'delay', minMs: 5, maxMs: 50, distribution: 'pareto' }, '0 → 2: datagrams are 5 to 50 ms late (pareto)'],
  [{ kind: 'duplicate', percent: 3 }, '0 → 2: 3 % of datagrams arrive twice'],
  [{ kind: 'reorder', percent: 4, byMs: 30 }, '0 → 2: 4 % of datagrams are held back by 30 ms and overtaken'],
  [{ kind: 'corrupt', percent: 1 }, '0 → 2: 1 % of datagrams are damaged'],
  [{ kind: 'bandwidth', bytesPerSecond: 9_600 }, '0 → 2: datagrams share 9600 bytes a second'],
];

describe('fault rules', () => {
  it('say in a sentence what they do, each of them', () => {
    for (const [action, sentence] of sentences) expect(describeFaultRule({ id: 'x', link, action })).toBe(sentence);
    expect(
      describeFaultRule({ id: 'x', link, messageKinds: ['pre-vote', 'request-vote'], action: { kind: 'cut' } }),
    ).toBe('0 → 2: all pre-vote, request-vote are lost');
  });

  it('pass the door as they are', () => {
    for (const [action] of sentences) {
      const rule: FaultRule = { id: 'a name', link, messageKinds: ['append-entries'], action };
      const parsed: FaultRule = faultRuleSchema.parse(rule);
      expect(parsed).toEqual(rule);
    }
    expect(faultRuleSchema.parse({ id: 'all', link, action: { kind: 'cut' } })).not.toHaveProperty('messageKinds');
  });

  it('are refused at the door when they make no sense', () => {
    const cut = { kind: 'cut' };
    for (const rule of [
      { id: '', link, action: cut },
      { id: 'x', link, action: cut, more: 1 },
      { id: 'x', link, action: { kind: 'bend' } },
      { id: 'x', link, action: cut, messageKinds: [] },
      { id: 'x', link, action: cut, messageKinds: ['toString'] },
      { id: 'x', link, action: { kind: 'drop', percent: 101 } },
      { id: 'x', link, action: { kind: 'drop', percent: Number.NaN } },
      { id: 'x', link, action: { kind: 'delay', minMs: 9, maxMs: 8, distribution: 'uniform' } },
      { id: 'x', link, action: { kind: 'delay', minMs: 0, maxMs: 60_001, distribution: 'uniform' } },
      { id: 'x', link, action: { kind: 'bandwidth', bytesPerSecond: 0 } },
    ]) {
      expect(faultRuleSchema.safeParse(rule).success, JSON.stringify(rule)).toBe(false);
    }
  });
});
