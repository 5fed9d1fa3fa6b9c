import { describe, expect, it } from 'vitest';
import { createLinkFaults } from '../../../main/faults/link-faults.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { FaultRule } from '../../../shared/fault-rule.ts';

const cut = (from: number, to: number): FaultRule => ({
  id: `cut ${from}→${to}`,
  link: { from, to },
  action: { kind: 'cut' },
});

describe('the fault rules of a node', () => {
  it('let everything pass until there are some', () => {
    expect(createLinkFaults(1).admit(0, 'append-entries', 100)).toEqual({ kind: 'pass' });
  });

  it('are the ones of links that lead to it', () => {
    const faults = createLinkFaults(1);
    faults.setRules([cut(0, 1), cut(1, 0), cut(0, 2)]);
    expect(faults.rules).toEqual([cut(0, 1)]);
    expect(faults.admit(0, 'append-entries', 100)).toEqual({ kind: 'drop', faultRule: 'cut 0→1' });
    expect(faults.admit(2, 'append-entries', 100)).toEqual({ kind: 'pass' });
  });

  it('are replaced as a whole', () => {
    const faults = createLinkFaults(1);
    faults.setRules([cut(0, 1)]);
    faults.setRules([cut(2, 1)]);
    expect([faults.admit(0, 'append-entries', 100).kind, faults.admit(2, 'append-entries', 100).kind]).toEqual([
      'pass',
      'drop',
    ]);
    faults.setRules([]);
    expect(faults.admit(2, 'append-entries', 100)).toEqual({ kind: 'pass' });
  });

  it('are bounded, and too many leave the former ones in force', () => {
    const faults = createLinkFaults(1);
    const many = Array.from({ length: limits.faultRulesMax }, (_, place) => cut(place + 2, 1));
    expect(faults.setRules([...many, cut(0, 2)])).toEqual({ ok: true, value: null });
    const refused = faults.setRules([...many, cut(0, 1)]);
    expect(refused).toMatchObject({
      ok: false,
      failure: { code: 'overloaded', message: expect.stringContaining('1001 fault rules for node 1') },
    });
    expect(faults.rules).toHaveLength(limits.faultRulesMax);
  });

  it('lose some of a kind of message, by chance or by damage, and let the rest pass', () => {
    for (const kind of ['drop', 'corrupt'] as const) {
      const faults = createLinkFaults(1, 7);
      faults.setRules([
        { id: 'half', link: { from: 0, to: 1 }, messageKinds: ['pre-vote'], action: { kind, percent: 50 } },
      ]);
      const verdicts = Array.from({ length: 400 }, () => faults.admit(0, 'pre-vote', 60));
      const lost = verdicts.filter((verdict) => verdict.kind === 'drop');
      expect(lost.length).toBeGreaterThan(150);
      expect(lost.length).toBeLessThan(250);
      expect(lost[0]).toEqual({ kind: 'drop', faultRule: 'half' });
      expect(faults.admit(0, 'append-entries', 60)).toEqual({ kind: 'pass' });
    }
  });

  it('do not take what a real node can not do, and say so', () => {
    const faults = createLinkFaults(1);
    faults.setRules([cut(0, 1)]);
    const late: FaultRule = {
      id: 'late',
      link: { from: 0, to: 1 },
      action: { kind: 'delay', minMs: 1, maxMs: 9, distribution: 'uniform' },
    };
    expect(faults.setRules([late])).toMatchObject({
      ok: false,
      failure: { code: 'invalid', message: expect.stringContaining('0 → 1: datagrams are 1 to 9 ms late') },
    });
    expect(faults.rules).toEqual([cut(0, 1)]);
  });
});
