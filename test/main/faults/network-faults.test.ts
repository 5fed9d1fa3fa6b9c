import { describe, expect, it } from 'vitest';
import { createNetworkFaults, type NetworkFaults } from '../../../main/faults/network-faults.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { FaultRule } from '../../../shared/fault-rule.ts';
import type { PacketVerdict } from '../../../main/faults/verdict.ts';

const drop = (from: number, to: number, percent = 50): FaultRule => ({
  id: `drop ${from}→${to}`,
  link: { from, to },
  action: { kind: 'drop', percent },
});

function judge(faults: NetworkFaults, from: number, to: number, count = 1): PacketVerdict[] {
  return Array.from({ length: count }, (_, at) =>
    faults.judge({ from, to, kind: 'append-entries', bytes: 100, nowNs: at }),
  );
}

describe('the faults of a network', () => {
  it('let everything pass until there are some', () => {
    expect(judge(createNetworkFaults(1), 0, 1)).toEqual([{ kind: 'pass' }]);
  });

  it('act on their link in its direction, and on no other', () => {
    const faults = createNetworkFaults(1);
    faults.setRules([drop(0, 1, 100)]);
    const links = [
      [0, 1],
      [1, 0],
      [0, 2],
      [2, 1],
    ] as const;
    expect(links.map(([from, to]) => judge(faults, from, to)[0]?.kind)).toEqual(['drop', 'pass', 'pass', 'pass']);
  });

  it('say for whom they are there', () => {
    const faults = createNetworkFaults(1);
    expect(faults.concerns(0, 1)).toBe(false);
    faults.setRules([drop(0, 1)]);
    expect([faults.concerns(0, 1), faults.concerns(1, 0), faults.concerns(2, 1)]).toEqual([true, false, false]);
    faults.setRules([]);
    expect(faults.concerns(0, 1)).toBe(false);
  });

  it('draw each for itself: a rule more or less on the network changes nothing for the others', () => {
    const alone = createNetworkFaults(9);
    alone.setRules([drop(0, 1)]);
    const among = createNetworkFaults(9);
    among.setRules([drop(2, 1), drop(0, 1), drop(1, 0)]);
    judge(among, 2, 1, 17);
    expect(judge(among, 0, 1, 100)).toEqual(judge(alone, 0, 1, 100));
  });

  it('keep their memory while others come and go, and begin anew when they are changed', () => {
    const steady = createNetworkFaults(9);
    steady.setRules([drop(0, 1)]);
    const whole = judge(steady, 0, 1, 100);

    const changing = createNetworkFaults(9);
    changing.setRules([drop(0, 1)]);
    const first = judge(changing, 0, 1, 50);
    changing.setRules([drop(2, 1), drop(0, 1)]);
    expect([...first, ...judge(changing, 0, 1, 50)]).toEqual(whole);

    changing.setRules([drop(0, 1, 51)]);
    changing.setRules([drop(0, 1)]);
    expect(judge(changing, 0, 1, 100)).toEqual(whole);
  });

  it('say which they are, and are bounded per receiving node', () => {
    const faults = createNetworkFaults(1);
    const many = Array.from({ length: limits.faultRulesMax }, (_, from) => drop(from, 5_000));
    expect(faults.setRules([...many, drop(0, 1)])).toEqual({ ok: true, value: null });
    expect(faults.rules).toHaveLength(limits.faultRulesMax + 1);
    expect(faults.setRules([...many, drop(7_000, 5_000)])).toMatchObject({
      ok: false,
      failure: { code: 'overloaded' },
    });
    expect(faults.rules).toHaveLength(limits.faultRulesMax + 1);
  });

  it('have names that differ', () => {
    const faults = createNetworkFaults(1);
    expect(faults.setRules([drop(0, 1), drop(0, 1, 7)])).toMatchObject({
      ok: false,
      failure: { code: 'invalid', message: expect.stringContaining('"drop 0→1"') },
    });
    expect(faults.rules).toEqual([]);
  });
});
