import { expect, it } from 'vitest';
import type { ClientRequest } from '../../../shared/client-request.ts';
import { CoreRequests } from '../../../main/node/core-requests.ts';
import type { Waiting } from '../../../main/node/waiting-request.ts';

const nothing = new Uint8Array();

function waitingWith(ticket: number, request: ClientRequest): Waiting {
  return {
    ticket,
    asker: { kind: 'client', requestId: 'a' },
    request,
    deadlineNs: 0,
    phase: { name: 'queued', notBeforeNs: 0 },
    mayTakeEffect: false,
  };
}

it('asks for nothing when nothing was added', () => {
  expect(new CoreRequests().inputs()).toEqual([]);
});

it('puts all proposals into one input, and the reads of each mode into one', () => {
  const core = new CoreRequests();
  const requests = [
    { kind: 'append', entries: [new Uint8Array([1])] },
    { kind: 'open-session' },
    { kind: 'set-retention', retainEntries: 7 },
  ] as const;
  const proposed = requests.map((request, at) => {
    const waiting = waitingWith(at + 1, request);
    core.add(waiting, request);
    return waiting;
  });
  const read = { kind: 'index-range', startIndex: 0, endIndex: 1 } as const;
  for (const [ticket, mode] of [
    [4, 'lease'],
    [5, 'linearizable'],
    [6, 'lease'],
  ] as const) {
    const waiting = waitingWith(ticket, read);
    core.addRead(waiting, mode);
    expect(waiting.phase).toEqual({ name: 'reading' });
  }
  expect(proposed.map(({ phase }) => phase.name)).toEqual(['proposing', 'proposing', 'proposing']);
  expect(core.inputs()).toEqual([
    {
      type: 'propose',
      proposals: [
        { ticket: 1, entries: [{ kind: 'client', payload: new Uint8Array([1]) }] },
        { ticket: 2, entries: [{ kind: 'session', payload: nothing }] },
        { ticket: 3, entries: [{ kind: 'retention', payload: nothing, retainEntries: 7 }] },
      ],
    },
    { type: 'read', tickets: [5], mode: 'linearizable' },
    { type: 'read', tickets: [4, 6], mode: 'lease' },
  ]);
});

it('hands changes on one by one', () => {
  const core = new CoreRequests();
  const change = { mode: 'joint', voters: [{ id: 0, storage: 0 }], learners: [] } as const;
  const requests = [
    { kind: 'change-membership', ...change },
    { kind: 'transfer-leadership', to: 1 },
  ] as const;
  for (const [at, request] of requests.entries()) {
    const waiting = waitingWith(at + 1, request);
    core.add(waiting, request);
    expect(waiting.phase).toEqual({ name: 'changing' });
  }
  expect(core.inputs()).toEqual([
    { type: 'change-membership', ticket: 1, change },
    { type: 'transfer-leadership', ticket: 2, to: 1 },
  ]);
});
