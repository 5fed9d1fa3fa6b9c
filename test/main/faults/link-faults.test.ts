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
    expect(createLinkFaults(1).admit(0)).toEqual({ kind: 'pass' });
  });

  it('are the ones of links that lead to it', () => {
    const faults = createLinkFaults(1);
    faults.setRules([cut(0, 1), cut(1, 0), cut(0, 2)]);
    expect(faults.rules).toEqual([cut(0, 1)]);
    expect(faults.admit(0)).toEqual({ kind: 'drop', faultRule: 'cut 0→1' });
    expect(faults.admit(2)).toEqual({ kind: 'pass' });
  });

  it('are replaced as a whole', () => {
    const faults = createLinkFaults(1);
    faults.setRules([cut(0, 1)]);
    faults.setRules([cut(2, 1)]);
    expect([faults.admit(0).kind, faults.admit(2).kind]).toEqual(['pass', 'drop']);
    faults.setRules([]);
    expect(faults.admit(2)).toEqual({ kind: 'pass' });
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
});
