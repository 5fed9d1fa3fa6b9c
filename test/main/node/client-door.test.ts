import { expect, it } from 'vitest';
import { ClientDoor } from '../../../main/node/client-door.ts';
import type { OutsideAsker } from '../../../main/node/waiting-request.ts';
import { limits, type Member } from '../../../shared/cluster-config.ts';
import { clientIdOf, type NodeId } from '../../../shared/ids.ts';
import type { ClientCallReply } from '../../../shared/raft-message.ts';
import { fail, succeed } from '../../../shared/result.ts';

const [anna, ben] = [clientIdOf(7), clientIdOf(8)];
const append = (number: number) => ({
  number,
  timeoutMs: 1_000,
  request: { kind: 'append' as const, entries: [Uint8Array.of(number)] },
});
const appended = (index: number) => succeed({ kind: 'append' as const, firstIndex: index, lastIndex: index, term: 1 });

function setUp(leader: Member | null = null) {
  const taken: OutsideAsker[] = [];
  const sent: (ClientCallReply & { to: NodeId })[] = [];
  const timeouts: number[] = [];
  const door = new ClientDoor({
    take: (asker, _request, timeoutMs) => {
      taken.push(asker);
      timeouts.push(timeoutMs);
    },
    leader: () => leader,
    send: (to, reply) => sent.push({ ...reply, to }),
  });
  return { door, taken, sent, timeouts };
}

it('lets a request in once while it waits, and again when it was answered', () => {
  const { door, taken } = setUp();
  door.onCall(anna, { kind: 'client-call', round: 1, requests: [append(1), append(2)] });
  door.onCall(anna, { kind: 'client-call', round: 2, requests: [append(2), append(3)] });
  door.onCall(ben, { kind: 'client-call', round: 1, requests: [append(1)] });
  expect(taken.map(({ client, number }) => [client, number])).toEqual([
    [anna, 1],
    [anna, 2],
    [anna, 3],
    [ben, 1],
  ]);
  door.answer({ kind: 'outside', client: anna, number: 2 }, appended(5));
  door.onCall(anna, { kind: 'client-call', round: 3, requests: [append(2)] });
  expect(taken).toHaveLength(5);
});

it('answers each client once a turn, and says who leads', () => {
  const leader = { id: 2, address: { host: '127.0.0.1', port: 11_112 } };
  const { door, sent } = setUp(leader);
  door.onCall(anna, { kind: 'client-call', round: 4, requests: [append(1), append(2)] });
  door.answer({ kind: 'outside', client: anna, number: 1 }, appended(1));
  door.answer({ kind: 'outside', client: ben, number: 9 }, fail('overloaded', 'Later.'));
  door.answer({ kind: 'outside', client: anna, number: 2 }, appended(2));
  expect(sent).toEqual([]);
  door.flush();
  door.flush();
  expect(sent).toMatchObject([
    { to: anna, round: 4, leader, answers: [{ number: 1 }, { number: 2 }] },
    { to: ben, round: 0, leader, answers: [{ number: 9, result: { failure: { code: 'overloaded' } } }] },
  ]);
});

it('cuts replies by their size', () => {
  const { door, sent } = setUp();
  const count = 3_000;
  for (let number = 1; number <= count; number++)
    door.answer({ kind: 'outside', client: anna, number }, appended(number));
  door.flush();
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.flatMap(({ answers }) => answers.map(({ number }) => number))).toEqual(
    Array.from({ length: count }, (_, position) => position + 1),
  );
  const payload = new Uint8Array(limits.clientReplyBytesMax);
  const range = succeed({
    kind: 'index-range' as const,
    appliedIndex: 1,
    entries: [{ index: 1, term: 1, kind: 'client' as const, payload }],
  });
  for (const number of [1, 2]) door.answer({ kind: 'outside', client: ben, number }, range);
  door.flush();
  expect(sent.slice(-2).map(({ to, answers }) => [to, answers.length])).toEqual([
    [ben, 1],
    [ben, 1],
  ]);
});

it('bounds what a client asks for as its deadline', () => {
  const { door, timeouts } = setUp();
  const request = { ...append(1), timeoutMs: Number.MAX_SAFE_INTEGER };
  door.onCall(anna, { kind: 'client-call', round: 1, requests: [request] });
  expect(timeouts).toEqual([limits.clientTimeoutMsMax]);
});
