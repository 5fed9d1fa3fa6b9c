import { describe, expect, it } from 'vitest';
import { asPromiseExpectation, judgePromises, type Evidence } from '../../../main/scenario/judge-promises.ts';
import type { Expectation } from '../../../main/scenario/scenario.ts';
import { required } from '../../../shared/assert.ts';
import { promiseIds, type PromiseId } from '../../../shared/promises.ts';
import { fail, succeed } from '../../../shared/result.ts';
import type { CheckReport, Verdict } from '../../../shared/verdict.ts';
import { scenarioOf } from '../../support/scenario-story.ts';

type Verdicts = Partial<Record<PromiseId, Verdict>>;

function reportOf(verdicts: Verdicts, promiseVoid = 0): CheckReport {
  return {
    verdicts: promiseIds.map((promise) => {
      const verdict = verdicts[promise] ?? 'held';
      return { promise, verdict, violations: 0, ...(verdict === 'evidence-lost' && { reason: 'a gap' }) };
    }),
    operations: { appends: 0, reads: 0, unknown: 0 },
    promiseVoid,
    judgedUpToNs: 0,
  };
}

function seen(verdicts: Verdicts, promiseVoid = 0): Evidence {
  return { report: succeed(reportOf(verdicts, promiseVoid)), violations: [], ended: undefined };
}

/** The last expectation of the list, `never: violation` when it is empty. */
function expectationOf(text: string): Expectation {
  return required(scenarioOf(`title: t\nsteps: [heal-all]\nexpect: [${text}]`).variants[0]?.expect.at(-1), 'one');
}

const judged = (text: string, evidence: Evidence) => {
  const { outcome, reason, isEnough } = judgePromises(
    required(asPromiseExpectation(expectationOf(text)), 'about promises'),
    evidence,
  );
  return `${outcome}${isEnough === true ? ' enough' : ''}: ${reason}`;
};

describe('what is judged', () => {
  it.each<[string, Verdicts, string | RegExp]>([
    ['', {}, 'met: '],
    ['', { monotonic: 'broken' }, 'failed: monotonic is broken: the checks found a violation'],
    ['', { monotonic: 'evidence-lost' }, /^not-judged enough: .*for monotonic: a gap$/],
    ['{ never: violation of durability }', { monotonic: 'broken' }, 'met: '],
    ['{ never: violation of durability }', { durability: 'broken' }, /^failed: durability/],
    ['{ held: [durability] }', {}, 'met: '],
    ['{ held: [durability] }', { monotonic: 'broken' }, 'met: '],
    ['{ held: [durability, monotonic] }', { monotonic: 'broken' }, /^failed: monotonic/],
    ['{ held: [durability] }', { monotonic: 'evidence-lost' }, 'met: '],
    ['{ held: [durability] }', { durability: 'evidence-lost' }, /^not-judged: nothing broke in what was seen/],
    ['{ broken: [durability] }', { durability: 'broken' }, /^met: durability is broken/],
    ['{ broken: [durability, monotonic] }', { monotonic: 'broken' }, /^met: monotonic is broken/],
    ['{ broken: [durability] }', {}, 'failed: every promise was kept'],
    ['{ broken: [durability] }', { durability: 'evidence-lost' }, /^not-judged: /],
    ['{ broken: [durability] }', { durability: 'broken', monotonic: 'broken' }, /^failed: monotonic/],
    // What a server says of itself follows from the others, and is enough alone only where it was asked for.
    ['{ broken: [durability] }', { durability: 'broken', 'own-word': 'broken' }, /^met: durability/],
    ['{ broken: [durability] }', { 'own-word': 'broken' }, 'failed: every promise was kept'],
    ['{ broken: [own-word] }', { 'own-word': 'broken' }, /^met: own-word/],
  ])('%s with %j: %s', (text, verdicts, expected) => {
    const pattern = typeof expected === 'string' ? new RegExp(`^${expected}$`) : expected;
    expect(judged(text, seen(verdicts))).toMatch(pattern);
  });

  it('counts lease reads that no promise covers', () => {
    expect(judged('{ promise-void: 2 }', seen({}, 2))).toMatch(/^met: 2 lease reads/);
    expect(judged('{ promise-void: 2 }', seen({}, 1))).toMatch(/^failed: 1 lease reads/);
    expect(judged('{ promise-void: "= 0" }', seen({}, 0))).toMatch(/^met/);
  });

  it('knows violations that the stream told, with their sentence, whatever became of the checks', () => {
    const evidence: Evidence = {
      report: undefined,
      violations: [{ promise: 'single-vote', sentence: 'node 1 voted twice' }],
      ended: 'it was stopped',
    };
    expect(judged('', evidence)).toBe('failed: single-vote is broken: node 1 voted twice');
    expect(judged('{ broken: [single-vote] }', evidence)).toBe('met: single-vote is broken: node 1 voted twice');
  });

  it.each<[string, Partial<Evidence>, string]>([
    ['the checks were not asked', { report: undefined }, 'the checks were not asked'],
    ['somebody stopped it', { report: undefined, ended: 'it was stopped' }, 'it was stopped'],
    ['the checks failed', { report: fail('not-running', 'No cluster.') }, 'No cluster.'],
    ['a step failed', { ended: 'step 1 failed' }, 'step 1 failed'],
  ])('says nothing when %s', (_case, missing, reason) => {
    for (const text of ['', '{ held: [durability] }', '{ broken: [durability] }'])
      expect(judged(text, { ...seen({}), ...missing }), text).toBe(`not-judged: ${reason}`);
  });

  it('leaves what the steps show to others', () => {
    expect(asPromiseExpectation(expectationOf('{ eventually: violation }'))).toBeUndefined();
    expect(asPromiseExpectation(expectationOf('{ never: two leaders }'))).toBeUndefined();
  });
});
