import { describe, expect, it } from 'vitest';
import type { ExpectationResult } from '../../../main/scenario/expectation-book.ts';
import { runVerdict, wrongAnswer } from '../../../main/scenario/run-verdict.ts';
import { fail, succeed, type FailureCode } from '../../../shared/result.ts';
import { scenarioOf } from '../../support/scenario-story.ts';

const met: ExpectationResult = { text: 'a', outcome: 'met', reason: '' };
const failed: ExpectationResult = { text: 'b', outcome: 'failed', reason: 'why' };
const open: ExpectationResult = { text: 'c', outcome: 'not-judged', reason: 'lost' };
const enough: ExpectationResult = { ...open, isEnough: true };
const ran = { failure: undefined, stopped: undefined };

describe('runVerdict', () => {
  it('is met when everything is, and says what could not be judged', () => {
    expect(runVerdict([met, met], ran)).toEqual({ outcome: 'met', reason: '' });
    expect(runVerdict([met, enough], ran)).toEqual({ outcome: 'met', reason: 'c: lost' });
    expect(runVerdict([met, open], ran)).toEqual({ outcome: 'not-judged', reason: 'c: lost' });
    expect(runVerdict([open, failed], ran)).toEqual({ outcome: 'failed', reason: 'b: why' });
  });

  it('names a step that failed first, then what is not as expected, then who stopped it', () => {
    expect(runVerdict([failed], { failure: 'step 1', stopped: undefined })).toEqual({
      outcome: 'failed',
      reason: 'step 1',
    });
    expect(runVerdict([failed], { failure: undefined, stopped: 'by hand' })).toEqual({
      outcome: 'failed',
      reason: 'b: why',
    });
    expect(runVerdict([open], { failure: undefined, stopped: 'by hand' })).toEqual({
      outcome: 'not-judged',
      reason: 'by hand',
    });
  });
});

describe('wrongAnswer', () => {
  const wrong = (step: string, code?: FailureCode): string | undefined => {
    const [read] = scenarioOf(`title: x\nsteps:\n  - ${step}`).variants[0]?.steps ?? [];
    return read && wrongAnswer(read, 'a command', code === undefined ? succeed(null) : fail(code, 'No.'));
  };

  it('takes no failure of a command without a name', () => {
    expect(wrong('crash-node: 1')).toBeUndefined();
    expect(wrong('crash-node: 1', 'not-running')).toBe('line 3: a command: not-running: No.');
  });

  it('leaves failures of one with a name to conditions, unless it makes no sense', () => {
    expect(wrong('{ append: [x], as: mine }', 'no-leader')).toBeUndefined();
    expect(wrong('{ append: [x], as: mine }', 'invalid')).toBe('line 3: a command: invalid: No.');
  });

  it('wants the failure that was expected', () => {
    expect(wrong('{ crash-node: 1, refused: invalid }', 'invalid')).toBeUndefined();
    expect(wrong('{ crash-node: 1, refused: invalid }')).toBe(
      'line 3: a command: expected to be refused as invalid: it was done',
    );
    expect(wrong('{ crash-node: 1, refused: invalid }', 'no-leader')).toMatch(/as invalid: no-leader: No\.$/);
  });
});
