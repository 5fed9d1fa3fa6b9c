import { expect, it } from 'vitest';
import type { IndexRangeRequest } from '../../../shared/client-request.ts';
import { ConfirmedReads } from '../../../main/node/confirmed-reads.ts';
import type { Waiting } from '../../../main/node/waiting-request.ts';

const request: IndexRangeRequest = { kind: 'index-range', startIndex: 0, endIndex: 1 };
const createWaiting = (ticket: number): Waiting => {
  return {
    ticket,
    asker: { kind: 'client', requestId: 'a' },
    request,
    deadlineNs: 0,
    phase: { name: 'reading' },
    mayTakeEffect: false,
  };
};

it('gives each read out once its index is applied, and only once', () => {
  const reads = new ConfirmedReads();
  const all = [createWaiting(1), createWaiting(2), createWaiting(3)];
  for (const [position, waiting] of all.entries()) reads.add(waiting, request, position + 5);
  expect(all[0]?.phase).toEqual({ name: 'applying' });
  expect(reads.takeReady(4)).toEqual([]);
  expect(reads.takeReady(6).map(({ waiting }) => waiting.ticket)).toEqual([1, 2]);
  expect(reads.takeReady(9).map(({ waiting }) => waiting.ticket)).toEqual([3]);
  expect(reads.takeReady(9)).toEqual([]);
});

it('forgets a read whose client waits no longer', () => {
  const reads = new ConfirmedReads();
  const waiting = createWaiting(1);
  reads.add(waiting, request, 5);
  reads.forget(waiting);
  expect(reads.takeReady(9)).toEqual([]);
});
