import { describe, expect, it } from 'vitest';
import { asPromiseExpectation, judgePromises, type Evidence } from '../../../main/scenario/judge-promises.ts';
import type { PromiseId } from '../../../shared/promises.ts';
import { fail, succeed } from '../../../shared/result.ts';
import type { Verdict } from '../../../shared/verdict.ts';
import { conditionOf } from '../../support/scenario-story.ts';

function evidence(verdicts: Partial<Record<PromiseId, Verdict>>, more: Partial<Evidence> = {}): Evidence {
  const all = (['durability', 'monotonic', 'own-word'] as const).map((promise) => {
    const verdict = verdicts[promise] ?? 'held';
    return {
      promise,
      verdict,
      violations: verdict === 'broken' ? 1 : 0,
      ...(verdict === 'evidence-lost' && { reason: 'a thread was killed' }),
    };
  });
  const operations = { appends: 0, reads: 0, unknown: 0 };
  const report = succeed({ verdicts: all, operations, promiseVoid: 2, judgedUpToNs: 0 });
  return { report, violations: [], ended: undefined, ...more };
}

const none = asPromiseExpectation({ kind: 'never', condition: conditionOf('violation'), withinMs: 0 });
const durable = asPromiseExpectation({ kind: 'never', condition: conditionOf('violation of durability'), withinMs: 0 });
const broken = { kind: 'broken', promises: ['durability'] } as const;
const held = { kind: 'held', promises: ['durability'] } as const;
const told = { violations: [{ promise: 'durability', sentence: 'It was lost.' }] } as const;

function judge(expectation: typeof none, given: Evidence): readonly (string | true | undefined)[] {
  if (!expectation) throw new Error('no expectation about promises');
  const { outcome, reason, isEnough } = judgePromises(expectation, given);
  return isEnough ? [outcome, reason, isEnough] : [outcome, reason];
}

describe('judgePromises', () => {
  it('judges that nothing is broken', () => {
    expect(judge(none, evidence({}))).toEqual(['met', '']);
    expect(judge(none, evidence({ durability: 'broken' }, told))).toEqual([
      'failed',
      'durability is broken: It was lost.',
    ]);
    expect(judge(none, evidence({ monotonic: 'broken' }))).toEqual([
      'failed',
      'monotonic is broken: the checks found a violation',
    ]);
    expect(judge(durable, evidence({ monotonic: 'broken' }))).toEqual(['met', '']);
  });

  it('says which evidence is lost; that is enough unless more is asked for', () => {
    const lost = 'nothing broke in what was seen; evidence is lost for durability: a thread was killed';
    expect(judge(none, evidence({ durability: 'evidence-lost' }))).toEqual(['not-judged', lost, true]);
    expect(judge(held, evidence({ durability: 'evidence-lost' }))).toEqual(['not-judged', lost]);
    expect(judge(held, evidence({ monotonic: 'evidence-lost' }))).toEqual(['met', '']);
    expect(judge(held, evidence({}, told))).toEqual(['failed', 'durability is broken: It was lost.']);
  });

  it('judges that something is broken, and nothing else', () => {
    expect(judge(broken, evidence({}, told))).toEqual(['met', 'durability is broken: It was lost.']);
    // What a server says of itself follows from the other.
    expect(judge(broken, evidence({ durability: 'broken', 'own-word': 'broken' }))[0]).toBe('met');
    expect(judge(broken, evidence({ durability: 'broken', monotonic: 'broken' }))[0]).toBe('failed');
    expect(judge(broken, evidence({}))).toEqual(['failed', 'every promise was kept']);
    expect(judge(broken, evidence({ durability: 'evidence-lost' }))[0]).toBe('not-judged');
  });

  it('counts lease reads that no promise covers', () => {
    const expected = (number: number) => ({ kind: 'promise-void', count: { sign: '>=', number } }) as const;
    expect(judge(expected(2), evidence({}))[0]).toBe('met');
    expect(judge(expected(3), evidence({}))[0]).toBe('failed');
    expect(judge(expected(0), evidence({}, { report: undefined }))[0]).toBe('not-judged');
  });

  it('judges nothing without a report, or when the run ended early, but what is broken', () => {
    expect(judge(none, evidence({}, { report: undefined }))).toEqual(['not-judged', 'the checks were not asked']);
    expect(judge(none, evidence({}, { report: fail('not-running', 'No cluster.') }))).toEqual([
      'not-judged',
      'No cluster.',
    ]);
    expect(judge(none, evidence({}, { ended: 'it was stopped' }))).toEqual(['not-judged', 'it was stopped']);
    expect(judge(none, evidence({ durability: 'evidence-lost' }, { ended: 'it was stopped' }))).toHaveLength(2);
    expect(judge(none, evidence({}, { ended: 'it was stopped', ...told }))[0]).toBe('failed');
  });
});

it('leaves what is watched to others', () => {
  expect(asPromiseExpectation({ kind: 'never', condition: conditionOf('no leader'), withinMs: 0 })).toBeUndefined();
  expect(
    asPromiseExpectation({ kind: 'eventually', condition: conditionOf('violation'), withinMs: 0 }),
  ).toBeUndefined();
});
