import { expect, it } from 'vitest';
import { callBytes, requestBytes } from '../../../main/client/request-bytes.ts';
import { encodeMessage } from '../../../main/net/message-codec.ts';
import { headerBytes } from '../../../main/net/wire-header.ts';
import type { ClientRequest } from '../../../shared/client-request.ts';

const huge = Number.MAX_SAFE_INTEGER;
const servers = Array.from({ length: 9 }, (_, id) => ({ id, storage: 2 ** 48 - 1 }));
const learners = Array.from({ length: 32 }, (_, place) => ({ id: 60_000 + place, storage: 2 ** 48 - 1 }));
const requests: ClientRequest[] = [
  {
    kind: 'append',
    entries: Array.from({ length: 256 }, () => new Uint8Array(300)),
    expect: { prevLogIndex: huge, prevLogTerm: huge },
    session: { sessionId: huge, sequence: huge, lowestOpen: huge },
  },
  { kind: 'index-range', startIndex: huge, endIndex: huge, read: 'lease', includeInternal: true },
  { kind: 'open-session' },
  { kind: 'set-retention', retainEntries: huge },
  { kind: 'change-membership', mode: 'single-server', voters: servers, learners },
  { kind: 'transfer-leadership', to: 65_534 },
];

it.each(requests)('counts no less than $kind takes on the wire', (request) => {
  const call = { kind: 'client-call', round: huge, requests: [{ number: huge, timeoutMs: 600_000, request }] } as const;
  expect(requestBytes(request) + callBytes).toBeGreaterThanOrEqual(encodeMessage(call).byteLength - headerBytes);
});
