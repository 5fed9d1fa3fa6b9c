import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  freshMemory,
  inOrderOfActing,
  judgePacket,
  type ArmedRule,
  type Packet,
  type PacketVerdict,
} from '../../../main/faults/verdict.ts';
import type { FaultAction } from '../../../shared/fault-rule.ts';
import type { MessageKind } from '../../../shared/raft-message.ts';

const link = { from: 0, to: 1 };

/** One rule per action, called by its kind and place. */
function arm(actions: readonly FaultAction[], seed = 1, messageKinds?: readonly MessageKind[]): ArmedRule[] {
  const armed = actions.map((action, place) => {
    const rule = { id: `${action.kind} ${place}`, link, action, ...(messageKinds && { messageKinds }) };
    return { rule, memory: freshMemory(rule, seed) };
  });
  return inOrderOfActing(armed);
}

const packetAt = (nowNs: number, kind: MessageKind = 'append-entries', bytes = 1_000): Packet => ({
  ...link,
  kind,
  bytes,
  nowNs,
});

/** The verdicts on packets that come one a millisecond. */
function judgeMany(rules: readonly ArmedRule[], count: number): PacketVerdict[] {
  return Array.from({ length: count }, (_, at) => judgePacket(rules, packetAt(at * 1e6)));
}

const isDropped = (verdict: PacketVerdict): boolean => verdict.kind === 'drop';
const delaysOf = (verdict: PacketVerdict): number[] =>
  verdict.kind === 'alter' ? verdict.copies.map(({ delayNs }) => delayNs) : verdict.kind === 'pass' ? [0] : [];

const percent = fc.integer({ min: 0, max: 100 });
const anyAction: fc.Arbitrary<FaultAction> = fc.oneof(
  fc.record({ kind: fc.constant('drop' as const), percent }),
  fc.record({ kind: fc.constant('burst' as const), enterPercent: percent, leavePercent: percent }),
  fc.record({
    kind: fc.constant('delay' as const),
    minMs: fc.constant(1),
    maxMs: fc.integer({ min: 1, max: 100 }),
    distribution: fc.constantFrom('uniform' as const, 'exponential' as const, 'pareto' as const),
  }),
  fc.record({ kind: fc.constant('duplicate' as const), percent }),
  fc.record({ kind: fc.constant('reorder' as const), percent, byMs: fc.constant(20) }),
  fc.record({ kind: fc.constant('corrupt' as const), percent }),
  fc.record({ kind: fc.constant('bandwidth' as const), bytesPerSecond: fc.integer({ min: 1_000, max: 1e7 }) }),
);
const anyActions = fc.array(anyAction, { maxLength: 6 });

describe('judgePacket', () => {
  it('lets everything pass without rules, and what no rule changes', () => {
    expect(judgePacket([], packetAt(0))).toEqual({ kind: 'pass' });
    const idle = arm([
      { kind: 'drop', percent: 0 },
      { kind: 'duplicate', percent: 0 },
      { kind: 'reorder', percent: 0, byMs: 9 },
    ]);
    expect(judgeMany(idle, 50).every(({ kind }) => kind === 'pass')).toBe(true);
  });

  it('same seed and packets, same verdicts; another seed, others', () => {
    fc.assert(
      fc.property(anyActions, fc.integer(), (actions, seed) => {
        expect(judgeMany(arm(actions, seed), 100)).toEqual(judgeMany(arm(actions, seed), 100));
      }),
    );
    const half: FaultAction = { kind: 'drop', percent: 50 };
    expect(judgeMany(arm([half], 1), 100)).not.toEqual(judgeMany(arm([half], 2), 100));
  });

  it('names a rule for whatever it does: a whole delay per copy, and an act that explains it', () => {
    fc.assert(
      fc.property(anyActions, fc.integer(), (actions, seed) => {
        const rules = arm(actions, seed);
        const ids = rules.map(({ rule }) => rule.id);
        for (const verdict of judgeMany(rules, 50)) {
          const acts = verdict.kind === 'alter' ? verdict.acts : [];
          const copies = verdict.kind === 'alter' ? verdict.copies : [];
          const count = (wanted: string): number => acts.filter(({ act }) => act === wanted).length;
          const named = verdict.kind === 'drop' ? [verdict.faultRule] : acts.map(({ faultRule }) => faultRule);
          expect(named.length > 0).toBe(verdict.kind !== 'pass');
          expect(ids).toEqual(expect.arrayContaining(named));
          expect(copies).toHaveLength(verdict.kind === 'alter' ? 1 + count('duplicated') : 0);
          expect(copies.some(({ damage }) => damage !== null)).toBe(count('corrupted') > 0);
          for (const { delayNs } of copies) expect(Number.isInteger(delayNs) && delayNs >= 0).toBe(true);
        }
      }),
    );
  });

  it('passes nothing over a cut link, whatever else is in force', () => {
    fc.assert(
      fc.property(anyActions, fc.integer(), (actions, seed) => {
        const verdicts = judgeMany(arm([...actions, { kind: 'cut' }], seed), 20);
        for (const verdict of verdicts) expect(verdict).toEqual({ kind: 'drop', faultRule: `cut ${actions.length}` });
      }),
    );
  });

  it('acts only on the kinds of messages that it names', () => {
    const rules = arm([{ kind: 'cut' }], 1, ['request-vote', 'pre-vote']);
    expect(judgePacket(rules, packetAt(0, 'pre-vote')).kind).toBe('drop');
    expect(judgePacket(rules, packetAt(0, 'pre-vote-reply')).kind).toBe('pass');
  });
});

describe('losses', () => {
  it('come as often as the rule says', () => {
    for (const wanted of [1, 10, 50, 90]) {
      const lost = judgeMany(arm([{ kind: 'drop', percent: wanted }]), 20_000).filter(isDropped).length / 200;
      expect(Math.abs(lost - wanted), `${wanted} %`).toBeLessThan(1.5);
    }
    expect(judgeMany(arm([{ kind: 'drop', percent: 100 }]), 500).every(isDropped)).toBe(true);
  });

  it('in bursts come in a row: as many and as long as the chances say', () => {
    const verdicts = judgeMany(arm([{ kind: 'burst', enterPercent: 2, leavePercent: 25 }]), 50_000).map(isDropped);
    const bursts = verdicts.filter((lost, at) => lost && verdicts[at - 1] !== true).length;
    const lost = verdicts.filter(Boolean).length;
    // A burst takes 100 / 25 = 4 packets on average, and packets between two of them 100 / 2 = 50.
    // Two bursts may touch and count as one here, hence the bounds.
    expect(lost / bursts).toBeGreaterThan(3.6);
    expect(lost / bursts).toBeLessThan(4.6);
    expect(lost / 50_000).toBeGreaterThan(0.06);
    expect(lost / 50_000).toBeLessThan(0.09);
  });
});

describe('delays', () => {
  it('make every packet late, each by its own draw, so that some overtake', () => {
    const verdicts = judgeMany(arm([{ kind: 'delay', minMs: 5, maxMs: 50, distribution: 'uniform' }]), 200);
    const arrivals = verdicts.map((verdict, at) => at * 1e6 + (delaysOf(verdict)[0] ?? 0));
    expect(verdicts.flatMap(delaysOf).every((delayNs) => delayNs >= 5e6 && delayNs <= 50e6)).toBe(true);
    expect(arrivals.some((arrival, at) => arrival < (arrivals[at - 1] ?? 0))).toBe(true);
  });

  it('of a reordered packet let those behind it overtake', () => {
    const verdicts = judgeMany(arm([{ kind: 'reorder', percent: 20, byMs: 5 }]), 200);
    const arrivals = verdicts.map((verdict, at) => ({ at, arrival: at * 1e6 + (delaysOf(verdict)[0] ?? 0) }));
    const held = verdicts.findIndex(({ kind }) => kind === 'alter');
    expect(verdicts[held]).toEqual({
      kind: 'alter',
      copies: [{ delayNs: 5e6, damage: null }],
      acts: [{ faultRule: 'reorder 0', act: 'reordered', delayNs: 5e6 }],
    });
    const order = arrivals.toSorted((left, right) => left.arrival - right.arrival).map(({ at }) => at);
    expect(order.indexOf(held)).toBeGreaterThan(order.indexOf(held + 1));
  });

  it('differ from copy to copy of a doubled packet', () => {
    const rules = arm([
      { kind: 'delay', minMs: 0, maxMs: 50, distribution: 'uniform' },
      { kind: 'duplicate', percent: 100 },
    ]);
    const verdict = judgePacket(rules, packetAt(0));
    const [first, second, ...others] = delaysOf(verdict);
    expect(others).toEqual([]);
    expect(first).not.toBe(second);
    expect(verdict.kind === 'alter' && verdict.acts.map(({ act }) => act)).toEqual([
      'duplicated',
      'delayed',
      'delayed',
    ]);
  });
});

describe('limited bandwidth', () => {
  it('sends one packet after the other, each for as long as its bytes take', () => {
    const rules = arm([{ kind: 'bandwidth', bytesPerSecond: 100_000 }]);
    const verdicts = Array.from({ length: 3 }, () => judgePacket(rules, packetAt(0)));
    expect(verdicts.flatMap(delaysOf)).toEqual([10e6, 20e6, 30e6]);
    // The link is free again: only its own time counts.
    expect(delaysOf(judgePacket(rules, packetAt(1e9, 'append-entries', 100)))).toEqual([1e6]);
  });

  it('drops what would wait too long, and takes packets again when the queue is shorter', () => {
    const rules = arm([{ kind: 'bandwidth', bytesPerSecond: 1_000 }]);
    const verdicts = Array.from({ length: 5 }, () => judgePacket(rules, packetAt(0)));
    expect(verdicts.map(({ kind }) => kind)).toEqual(['alter', 'alter', 'alter', 'drop', 'drop']);
    expect(judgePacket(rules, packetAt(1.5e9)).kind).toBe('alter');
  });
});

describe('damage', () => {
  it('is on all copies, and names its rule and a seed for the bits', () => {
    const verdict = judgePacket(
      arm([
        { kind: 'duplicate', percent: 100 },
        { kind: 'corrupt', percent: 100 },
      ]),
      packetAt(0),
    );
    if (verdict.kind !== 'alter') throw new Error('it is damaged');
    const damage = { faultRule: 'corrupt 1', seed: expect.any(Number) };
    expect(verdict.copies).toEqual([
      { delayNs: 0, damage },
      { delayNs: 0, damage },
    ]);
  });
});
