import { describe, expect, it, vi } from 'vitest';
import { createLinkFaults } from '../../../main/faults/link-faults.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { FaultRule } from '../../../shared/fault-rule.ts';

const atZero = (): number => 0;

const cut = (from: number, to: number): FaultRule => ({
  id: `cut ${from}→${to}`,
  link: { from, to },
  action: { kind: 'cut' },
});

describe('the fault rules of a node', () => {
  it('let everything pass until there are some', () => {
    expect(createLinkFaults(1).admit(0, 'append-entries', 100, atZero)).toEqual({ kind: 'pass' });
  });

  it('are the ones of links that lead to it', () => {
    const faults = createLinkFaults(1);
    faults.setRules([cut(0, 1), cut(1, 0), cut(0, 2)]);
    expect(faults.rules).toEqual([cut(0, 1)]);
    expect(faults.admit(0, 'append-entries', 100, atZero)).toEqual({ kind: 'drop', faultRule: 'cut 0→1' });
    expect(faults.admit(2, 'append-entries', 100, atZero)).toEqual({ kind: 'pass' });
  });

  it('are replaced as a whole', () => {
    const faults = createLinkFaults(1);
    faults.setRules([cut(0, 1)]);
    faults.setRules([cut(2, 1)]);
    expect([
      faults.admit(0, 'append-entries', 100, atZero).kind,
      faults.admit(2, 'append-entries', 100, atZero).kind,
    ]).toEqual(['pass', 'drop']);
    faults.setRules([]);
    expect(faults.admit(2, 'append-entries', 100, atZero)).toEqual({ kind: 'pass' });
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

  it('lose some of a kind of message, the same ones with the same seed, and let the rest pass', () => {
    const patternOf = (seed: number): string => {
      const faults = createLinkFaults(1, seed);
      const link = { from: 0, to: 1 };
      faults.setRules([{ id: 'half', link, messageKinds: ['pre-vote'], action: { kind: 'drop', percent: 50 } }]);
      expect(faults.admit(0, 'append-entries', 60, atZero)).toEqual({ kind: 'pass' });
      return Array.from({ length: 400 }, () => faults.admit(0, 'pre-vote', 60, atZero).kind).join(' ');
    };
    const lost = patternOf(7).split('drop').length - 1;
    expect(lost).toBeGreaterThan(150);
    expect(lost).toBeLessThan(250);
    expect(patternOf(7)).toBe(patternOf(7));
    expect(patternOf(7)).not.toBe(patternOf(8));
  });

  it('make datagrams late by the clock of who asks, which nobody looks at without a rule', () => {
    const faults = createLinkFaults(1);
    faults.setRules([{ id: 'slow', link: { from: 0, to: 1 }, action: { kind: 'bandwidth', bytesPerSecond: 1_000 } }]);
    const clock = vi.fn<() => number>(() => 5e9);
    expect(faults.admit(2, 'append-entries', 100, clock)).toEqual({ kind: 'pass' });
    expect(clock).not.toHaveBeenCalled();
    const late = (delayNs: number) => ({
      kind: 'alter',
      nowNs: 5e9,
      copies: [{ delayNs, damage: null }],
      acts: [{ faultRule: 'slow', act: 'delayed', delayNs }],
    });
    expect(faults.admit(0, 'append-entries', 100, clock)).toEqual(late(1e8));
    expect(faults.admit(0, 'append-entries', 100, clock)).toEqual(late(2e8));
    clock.mockReturnValue(5.2e9);
    expect(faults.admit(0, 'append-entries', 100, clock)).toMatchObject({ copies: [{ delayNs: 1e8 }] });
  });

  it('double and damage what arrives', () => {
    const faults = createLinkFaults(1);
    const link = { from: 0, to: 1 };
    faults.setRules([
      { id: 'twice', link, action: { kind: 'duplicate', percent: 100 } },
      { id: 'harm', link, action: { kind: 'corrupt', percent: 100 } },
    ]);
    const verdict = faults.admit(0, 'append-entries', 100, atZero);
    if (verdict.kind !== 'alter') throw new Error('it was not altered');
    expect(verdict.acts).toEqual([
      { faultRule: 'harm', act: 'corrupted', delayNs: 0 },
      { faultRule: 'twice', act: 'duplicated', delayNs: 0 },
    ]);
    expect(verdict.copies).toHaveLength(2);
    const bytes = new Uint8Array(100);
    for (const { damage } of verdict.copies) {
      const harmed = damage?.(bytes) ?? bytes;
      expect(harmed).toHaveLength(100);
      expect(harmed.some((byte) => byte !== 0)).toBe(true);
    }
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});
