import { describe, expect, it } from 'vitest';
import { FieldReader, type Problem } from '../../../main/net/field-reader.ts';

/** What `read` returns for a body with one field, and what it notes. */
function readOne<T>(value: unknown, read: (fields: FieldReader) => T): { value: T; reason: string | undefined } {
  const problem: Problem = {};
  const result = read(new FieldReader([value], problem, 'the message'));
  return { value: result, reason: problem.reason };
}

describe('a field reader', () => {
  it('reads fields in order and knows when none is left', () => {
    const problem: Problem = {};
    const fields = new FieldReader([7, true, 'text', new Uint8Array([1]), null, null, 9, [8]], problem, 'the message');
    expect([fields.integer('a', 7, 7), fields.boolean('b'), fields.text('c', 4), fields.bytes('d', 1)]).toEqual([
      7,
      true,
      'text',
      new Uint8Array([1]),
    ]);
    expect(fields.optionalFields('e')).toBeUndefined();
    expect(fields.optionalInteger('e2', 9)).toBeUndefined();
    expect(fields.optionalInteger('e3', 9)).toBe(9);
    expect(fields.hasMore).toBe(true);
    expect(fields.optionalFields('f')?.choice('g', 'abcdefghi'.split(''))).toBe('i');
    expect(fields.hasMore).toBe(false);
    fields.end('the message');
    expect(problem).toEqual({});
  });

  it.each([-1, 11, 0.5, -0, Number.NaN, 2 ** 53, '5', null, undefined, true, 5n])(
    'notes that %s is no integer from 0 to 10',
    (value) => {
      expect(readOne(value, (fields) => fields.integer('term', 10))).toEqual({
        value: 0,
        reason: 'term is not a whole number from 0 to 10',
      });
    },
  );

  it.each([
    ['a boolean', (fields: FieldReader) => fields.boolean('it'), 1],
    ['bytes over their limit', (fields: FieldReader) => fields.bytes('it', 2), new Uint8Array(3)],
    ['bytes', (fields: FieldReader) => fields.bytes('it', 2), [1, 2]],
    ['text over its limit', (fields: FieldReader) => fields.text('it', 2), 'abc'],
    ['text', (fields: FieldReader) => fields.text('it', 2), 5],
    ['a choice', (fields: FieldReader) => fields.choice('it', ['a']), 1],
    ['a list over its limit', (fields: FieldReader) => fields.list('it', 1), [1, 2]],
    ['a list below its limit', (fields: FieldReader) => fields.list('it', 2, 1), []],
    ['an integer or nil', (fields: FieldReader) => fields.optionalInteger('it', 9), 10],
    ['fields', (fields: FieldReader) => fields.optionalFields('it'), 'ab'],
  ])('notes what is not %s', (_what, read, value) => {
    expect(readOne<unknown>(value, read).reason).toMatch(/^it is /);
  });

  it('keeps the first thing that is wrong', () => {
    const problem: Problem = {};
    const fields = new FieldReader([1, 2], problem, 'the message');
    fields.boolean('first');
    fields.boolean('second');
    expect(problem.reason).toContain('first');
  });

  it('notes fields that are left, and fields that were not there', () => {
    const left: Problem = {};
    new FieldReader([1], left, 'the message').end('the message');
    expect(left.reason).toBe('the message has 1 fields instead of 0');
    const missing: Problem = {};
    new FieldReader([], missing, 'the message').integer('term', 5);
    expect(missing.reason).toContain('term');
    const none: Problem = {};
    expect(new FieldReader('ab', none, 'the message').hasMore).toBe(false);
    expect(none.reason).toBe('the message is not a list of fields');
  });

  it('copies bytes', () => {
    const given = Buffer.from('abc');
    const { value } = readOne(given, (fields) => fields.bytes('payload', 3));
    given.fill(0);
    expect(value).toEqual(new TextEncoder().encode('abc'));
    expect(Buffer.isBuffer(value)).toBe(false);
  });
});
