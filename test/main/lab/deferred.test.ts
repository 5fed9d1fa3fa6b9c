import { expect, it } from 'vitest';
import { deferred } from '../../../main/lab/deferred.ts';

it('is settled by whoever holds it, once', async () => {
  const { promise, resolve } = deferred<number>();
  resolve(1);
  resolve(2);
  expect(await promise).toBe(1);
});
