import { expect, it } from 'vitest';
import { OpenRequests } from '../../../main/client/open-requests.ts';
import { createPending, type PendingRequest } from '../../../main/client/pending-request.ts';
import type { ClientRequest } from '../../../shared/client-request.ts';

const read: ClientRequest = { kind: 'index-range', startIndex: 1, endIndex: 1 };
const change: ClientRequest = { kind: 'set-retention', retainEntries: 1 };

function open(...given: (Partial<PendingRequest> & { request?: ClientRequest })[]): [OpenRequests, PendingRequest[]] {
  const requests = new OpenRequests();
  const pendings = given.map((fields, place) =>
    Object.assign(
      createPending(place + 1, fields.request ?? read, 1_000, 0, () => {}),
      fields,
    ),
  );
  for (const pending of pendings) requests.add(pending);
  return [requests, pendings];
}

it('says what is expired, what is due, and when the next is', () => {
  const [requests] = open({ retryAtMs: 200 }, { retryAtMs: 900 }, {}, { deadlineMs: 150 });
  const seen: string[] = [];
  const dueMs = requests.check(
    250,
    (pending) => {
      requests.remove(pending);
      seen.push(`${pending.number} expired`);
    },
    (pending) => {
      pending.retryAtMs = 300;
      seen.push(`${pending.number} due`);
    },
  );
  expect(seen).toEqual(['1 due', '4 expired']);
  expect([dueMs, requests.size]).toEqual([300, 3]);
});

it('hurries what rests, what went to a server that began anew, and what belongs to another leader', () => {
  const sent = { phase: 'sent', retryAtMs: 900, sentMs: 480 } as const;
  const [requests, pendings] = open(
    { phase: 'resting', retryAtMs: 900 },
    { ...sent, target: 1 },
    { ...sent, target: 2 },
    { ...sent, target: 3 },
    { ...sent, target: 1, request: change },
    { phase: 'queued' },
  );
  expect(requests.hurry(500, 2, 3)).toBe(500);
  expect(pendings.map(({ retryAtMs }) => retryAtMs)).toEqual([500, 530, 900, 500, 900, 0]);
});

it('knows whether all that is under way may be sent again', () => {
  const [requests, [, second]] = open({ sends: 1 }, { sends: 1, request: change }, { request: change });
  expect(requests.areRepeatable).toBe(false);
  if (second) requests.remove(second);
  expect(requests.areRepeatable).toBe(true);
});
