import { expect, it } from 'vitest';
import { Tally } from '../../../../main/proof/hostile/tally.ts';

it('accounts for datagrams that were told one by one, as a count, or not at all', () => {
  const tally = new Tally();
  const where = { address: { host: '127.0.0.1', port: 1 }, bytes: 1, reason: 'r' };
  tally.note({ type: 'datagram-refused', why: 'stale', ...where });
  tally.note({ type: 'datagrams-refused', why: 'stale', count: 5, ...where });
  tally.note({ type: 'datagram-dropped', from: 1, fromBoot: 1, datagram: 1, faultRule: 'cut' });
  tally.note({ type: 'datagrams-missing', from: 1, fromBoot: 1, count: 7, missing: 7 });
  tally.controls += 2;
  expect([tally.datagrams, tally.refusals, tally.aggregated, tally.missing, tally.events]).toEqual([9, 6, 5, 7, 4]);
});
