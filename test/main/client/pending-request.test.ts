import { expect, it } from 'vitest';
import {
  createPending,
  isLate,
  isLocalRead,
  isRead,
  isRepeatable,
  placeIn,
  timeoutLeftMs,
} from '../../../main/client/pending-request.ts';
import { ClientSession } from '../../../main/client/session.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { ClientRequest } from '../../../shared/client-request.ts';

const append = { kind: 'append', entries: [new Uint8Array(1)] } as const;
const pendingFor = (request: ClientRequest, timeoutMs = 1_000) => createPending(1, request, timeoutMs, 0, () => {});

it('may be sent again: reads, the opening of a session, appends of one', () => {
  const repeatable: [ClientRequest, boolean][] = [
    [append, false],
    [{ ...append, session: { sessionId: 1, sequence: 1, lowestOpen: 1 } }, true],
    [{ kind: 'index-range', startIndex: 1, endIndex: 1 }, true],
    [{ kind: 'open-session' }, true],
    [{ kind: 'set-retention', retainEntries: 1 }, false],
    [{ kind: 'transfer-leadership', to: 1 }, false],
    [{ kind: 'change-membership', mode: 'joint', voters: [], learners: [] }, false],
  ];
  for (const [request, expected] of repeatable) expect(isRepeatable(pendingFor(request)), request.kind).toBe(expected);
});

it('keeps its place in a session, with its condition', () => {
  const expectation = { prevLogIndex: 3, prevLogTerm: 1 };
  const pending = pendingFor({ ...append, expect: expectation });
  placeIn(new ClientSession(7), pending, { ...append, expect: expectation });
  const session = { sessionId: 7, sequence: 1, lowestOpen: 1 };
  expect(pending.request).toEqual({ ...append, expect: expectation, session });
  expect(isRepeatable(pending)).toBe(true);
});

it('tells reads, and those that are for one server', () => {
  const read = { kind: 'index-range', startIndex: 1, endIndex: 1 } as const;
  expect([isRead(pendingFor(read)), isLocalRead(pendingFor(read))]).toEqual([true, false]);
  expect(isLocalRead(pendingFor({ ...read, read: 'local' }))).toBe(true);
  expect(isRead(pendingFor(append))).toBe(false);
});

it('gives servers a little less time than there is, so that what they say still arrives', () => {
  const pending = pendingFor(append);
  expect([0, 500, 890, 950].map((nowMs) => timeoutLeftMs(pending, nowMs))).toEqual([900, 400, 10, 1]);
  expect([0, 870, 880, 990].map((nowMs) => isLate(pending, nowMs))).toEqual([false, false, true, true]);
  expect(timeoutLeftMs(pendingFor(append, 5_000), 0)).toBe(4_500);
  expect(timeoutLeftMs(pendingFor(append, 60_000), 0)).toBe(59_500);
  expect(timeoutLeftMs(pendingFor(append, 2 * limits.clientTimeoutMsMax), 0)).toBe(limits.clientTimeoutMsMax);
});
