import { expect, it } from 'vitest';
import { datagramBytesTo, datagramBytesToAll, stepDownFrom } from '../../../main/net/path-size.ts';
import { limits } from '../../../shared/cluster-config.ts';

it('is large on loopback only', () => {
  const sizes = ['127.0.0.1', '127.9.9.9', '::1', '10.0.0.7', '127.0.0.1.evil', 'fe80::1'].map((host) =>
    datagramBytesTo({ host, port: 1 }),
  );
  const [large, small] = [limits.datagramBytesMax, limits.networkDatagramBytesMax];
  expect(sizes).toEqual([large, large, large, small, small, small]);
});

it('steps down to the end', () => {
  expect([60_000, 9_216, 1_400, 1_232].map(stepDownFrom)).toEqual([9_216, 1_400, 1_232, undefined]);
});

it('the narrowest path to anyone decides for what goes to all', () => {
  const here = { host: '127.0.0.1', port: 1 };
  expect(datagramBytesToAll([])).toBe(limits.datagramBytesMax);
  expect(datagramBytesToAll([here, here])).toBe(limits.datagramBytesMax);
  expect(datagramBytesToAll([here, { host: '10.0.0.7', port: 1 }])).toBe(limits.networkDatagramBytesMax);
});
