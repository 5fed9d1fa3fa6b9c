import { expect, it } from 'vitest';
import { AssertionError } from '../../../shared/assert.ts';
import { describeFailure } from '../../../main/node/describe-failure.ts';
import { StorageError } from '../../../main/ports.ts';

it('tells a disk that fails from a promise that is broken and from anything else', () => {
  const reason = '/data/wal: no space left.';
  expect(describeFailure(new StorageError('full', '/data/wal', reason))).toEqual({
    code: 'disk-failed',
    reason,
    event: { type: 'disk-failed', file: '/data/wal', reason },
  });
  expect(describeFailure(new AssertionError('two leaders'))).toEqual({
    code: 'assertion',
    reason: 'two leaders',
    event: { type: 'assertion-failed', reason: 'two leaders' },
  });
  const other = describeFailure(new TypeError('x is not a function'));
  expect(other).toMatchObject({
    code: 'internal',
    reason: expect.stringMatching(/x is not a function[^]*describe-failure/),
  });
  expect(other).not.toHaveProperty('event');
  expect(describeFailure('a word').reason).toBe('a word');
});
