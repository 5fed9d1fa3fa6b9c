import { describe, expect, it } from 'vitest';
import type { ExpectationResult } from '../../../main/scenario/expectation-book.ts';
import { runVerdict, wrongAnswer } from '../../../main/scenario/run-verdict.ts';
import type { Step } from '../../../main/scenario/scenario.ts';
import { required } from '../../../shared/assert.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { scenarioOf } from '../../support/scenario-story.ts';

const met: ExpectationResult = { text: 'a', outcome: 'met', reason: '' };
const failed: ExpectationResult = { text: 'b', outcome: 'failed', reason: 'it broke' };
const open: ExpectationResult = { text: 'c', outcome: 'not-judged', reason: 'unseen' };
const enough: ExpectationResult = { text: 'd', outcome: 'not-judged', reason: 'lost', isEnough: true };
const atItsEnd = { failure: undefined, stopped: undefined };

describe('what came of a run', () => {
  it.each([
    [[], atItsEnd, 'met', ''],
    [[met, met], atItsEnd, 'met', ''],
    [[met, enough], atItsEnd, 'met', 'd: lost'],
    [[enough, open], atItsEnd, 'not-judged', 'c: unseen'],
    [[open, failed], atItsEnd, 'failed', 'b: it broke'],
    [[met, open], { failure: undefined, stopped: 'enough' }, 'not-judged', 'enough'],
    // What broke before somebody stopped it, broke.
    [[failed], { failure: undefined, stopped: 'enough' }, 'failed', 'b: it broke'],
    [[met, failed], { failure: 'step 1', stopped: 'enough' }, 'failed', 'step 1'],
  ])('%j, %j: %s', (expectations, ended, outcome, reason) => {
    expect(runVerdict(expectations, ended)).toEqual({ outcome, reason });
  });
});

describe('how a command may end', () => {
  const stepOf = (text: string): Step =>
    required(scenarioOf(`title: t\nsteps:\n  - ${text}`).variants[0]?.steps[0], 'a step');
  const plain = stepOf('heal-all');
  const named = stepOf('{ append: one, as: first }');
  const refused = stepOf('{ append: one, refused: no-leader }');

  it.each([
    ['plain, done', plain, succeed(null), undefined],
    ['plain, refused', plain, fail('refused', 'Not now.'), 'line 3: it: refused: Not now.'],
    ['named, refused', named, fail('timed-out', 'Late.'), undefined],
    ['named, without sense', named, fail('invalid', 'No.'), 'line 3: it: invalid: No.'],
    ['to be refused, refused so', refused, fail('no-leader', 'Nobody.'), undefined],
    ['to be refused, otherwise', refused, fail('timed-out', 'Late.'), 'expected to be refused as no-leader: timed-out'],
    ['to be refused, done', refused, succeed(null), 'expected to be refused as no-leader: it was done'],
  ])('%s', (_case, step, result, expected) => {
    const wrong = wrongAnswer(step, 'it', result);
    expect(wrong ?? '').toContain(expected ?? '');
    expect(wrong === undefined).toBe(expected === undefined);
  });
});
