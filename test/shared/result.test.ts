import { describe, expect, it } from 'vitest';
import { fail, isOutcomeKnown, succeed, type FailureCode } from '../../shared/result.ts';

describe('results', () => {
  it('carry a value or a failure', () => {
    expect(succeed(3)).toEqual({ ok: true, value: 3 });
    expect(fail('invalid', 'Because.')).toEqual({ ok: false, failure: { code: 'invalid', message: 'Because.' } });
  });

  it('say after which failures the request may still take effect', () => {
    const unknown: FailureCode[] = ['timed-out', 'internal'];
    const known: FailureCode[] = [
      'no-leader',
      'conflict',
      'too-large',
      'overloaded',
      'invalid',
      'not-running',
      'leadership-lost',
      'unusable',
    ];
    for (const code of unknown) expect(isOutcomeKnown({ code, message: '' }), code).toBe(false);
    for (const code of known) expect(isOutcomeKnown({ code, message: '' }), code).toBe(true);
  });
});
