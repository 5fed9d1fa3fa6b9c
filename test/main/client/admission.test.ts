import { expect, it } from 'vitest';
import { whyNotTaken } from '../../../main/client/admission.ts';
import { limits } from '../../../shared/cluster-config.ts';

const read = { kind: 'index-range', startIndex: 1, endIndex: 2 } as const;

it('takes what makes sense', () => {
  expect(whyNotTaken(read, 1, limits.clientRequestsMax - 1)).toBeUndefined();
});

it.each([0, -1, Number.NaN, Infinity, limits.clientTimeoutMsMax + 1])('takes no timeout of %s', (timeoutMs) => {
  expect(whyNotTaken(read, timeoutMs, 0)).toMatchObject({ code: 'invalid' });
});

it('takes no more than its limit, and nothing that a server would refuse', () => {
  expect(whyNotTaken(read, 1, limits.clientRequestsMax)).toMatchObject({ code: 'overloaded' });
  expect(whyNotTaken({ ...read, endIndex: 0 }, 1, 0)).toMatchObject({ code: 'invalid' });
});
