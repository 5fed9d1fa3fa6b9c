import { expect, it } from 'vitest';
import { Outbox } from '../../../main/client/outbox.ts';
import { createPending, placeIn, type PendingRequest } from '../../../main/client/pending-request.ts';
import type { KnownServer } from '../../../main/client/servers.ts';
import { ClientSession } from '../../../main/client/session.ts';
import { encodeMessage } from '../../../main/net/message-codec.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { ClientCall } from '../../../shared/raft-message.ts';

function server(id: number, host: string): KnownServer {
  return { id, address: { host, port: 1 }, heardMs: 0, usedMs: 0, askedMs: Infinity, silentMs: Infinity };
}

function appends(count: number, byteCount: number, isInSession = true): PendingRequest[] {
  const session = new ClientSession(2 ** 40);
  return Array.from({ length: count }, (_, place) => {
    const request = { kind: 'append', entries: [new Uint8Array(byteCount)] } as const;
    const pending = createPending(2 ** 33 + place, request, 5_000, 0, () => {});
    if (isInSession) placeIn(session, pending, request);
    return pending;
  });
}

function sendAll(to: KnownServer, requests: readonly PendingRequest[]): ClientCall[] {
  const calls: ClientCall[] = [];
  const outbox = new Outbox((_to, call) => calls.push(call));
  for (const request of requests) outbox.add(to, request);
  outbox.flush();
  outbox.flush();
  return calls;
}

it.each([
  ['127.0.0.1', limits.datagramBytesMax],
  ['10.0.0.1', limits.networkDatagramBytesMax],
])('fills datagrams to %s and overfills none', (host, datagramBytes) => {
  const requests = appends(1_000, 64);
  const calls = sendAll(server(1, host), requests);
  const sizes = calls.map((call) => encodeMessage(call).byteLength);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(datagramBytes);
  expect(sizes[0]).toBeGreaterThan(datagramBytes * 0.8);
  expect(calls.flatMap((call) => call.requests.map(({ number }) => number))).toEqual(
    requests.map(({ number }) => number),
  );
  expect(calls.map(({ round }) => round)).toEqual(calls.map((_, place) => place + 1));
});

it('overfills none either with what shares nothing with the request before it', () => {
  const requests = appends(1_000, 64).filter((_, place) => place % 2 === 0);
  const sizes = sendAll(server(1, '10.0.0.1'), requests).map((call) => encodeMessage(call).byteLength);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(limits.networkDatagramBytesMax);
});

it('puts together what travels in parts anyway', () => {
  expect(sendAll(server(1, '10.0.0.1'), appends(20, 2_000))).toHaveLength(1);
  expect(sendAll(server(1, '10.0.0.1'), appends(3, 500_000))).toHaveLength(3);
});

it('sends to each server what is for it, and no more requests than a call may have', () => {
  const calls: [number, number][] = [];
  const outbox = new Outbox((to, call) => calls.push([to, call.requests.length]));
  for (const [place, request] of appends(2_100, 0, false).entries())
    outbox.add(server(place < 2_090 ? 1 : 2, '127.0.0.1'), request);
  outbox.flush();
  expect(calls).toEqual([
    [1, limits.requestsPerCallMax],
    [1, limits.requestsPerCallMax],
    [1, 42],
    [2, 10],
  ]);
});
