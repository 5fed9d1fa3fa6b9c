import { describe, expect, it } from 'vitest';
import { assert, AssertionError, assertNever, required } from '../../shared/assert.ts';

describe('assertions', () => {
  it('throw their sentence when a promise does not hold', () => {
    expect(() => assert([].length > 0, 'the list has entries')).toThrow(new AssertionError('the list has entries'));
    expect(() => assert([].length === 0, 'never said')).not.toThrow();
  });

  it('hand a value on, or say why it had to be there', () => {
    expect(required(0, 'zero is a value')).toBe(0);
    expect(() => required(null, 'there is a leader')).toThrow('there is a leader');
    expect(() => required(undefined, 'there is a leader')).toThrow(AssertionError);
  });

  it('name what an exhaustive switch did not expect, and where', () => {
    expect(() => assertNever('surprise' as never, 'core input')).toThrow('core input: unexpected "surprise"');
  });
});
