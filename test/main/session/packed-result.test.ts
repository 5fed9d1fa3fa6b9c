/** Results that are passed on as they came. */
import { expect, it } from 'vitest';
import { pack } from '../../../main/session/pack.ts';
import { packedAnswer, packedBytesOf } from '../../../main/session/packed-result.ts';
import { fail, succeed } from '../../../shared/result.ts';

const query = { type: 'bounds' } as const;

it('look like any other', () => {
  const good = packedAnswer(pack(succeed({ session: 'x' })), query);
  expect(good.ok && good.value.session).toBe('x');
  const bad = packedAnswer(pack(fail('not-running', 'No.')), query);
  expect(!bad.ok && bad.failure).toEqual({ code: 'not-running', message: 'No.' });
  expect(bad).not.toHaveProperty('value.session');
  expect(good).toHaveProperty('failure', undefined);
});

it('are taken as bytes', () => {
  const packed = pack(succeed(1));
  expect(packedBytesOf(packedAnswer(packed, query))).toBe(packed);
  expect(packedBytesOf(succeed(1))).toBeUndefined();
});
