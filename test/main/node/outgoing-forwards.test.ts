import { expect, it } from 'vitest';
import type { AppendRequest } from '../../../shared/client-request.ts';
import type { ForwardAppend } from '../../../shared/raft-message.ts';
import { OutgoingForwards } from '../../../main/node/outgoing-forwards.ts';
import type { ForwardedPhase, Waiting } from '../../../main/node/waiting-request.ts';

const plain: AppendRequest = {
  kind: 'append',
  entries: [new Uint8Array([1])],
  expect: { prevLogIndex: 3, prevLogTerm: 1 },
};

const session = { sessionId: 4, sequence: 2, lowestOpen: 1 };

function setUp(more: Partial<AppendRequest> = {}) {
  const request = { ...plain, ...more };
  const time = { nowNs: 1_000 };
  const sent: { to: number; message: ForwardAppend }[] = [];
  const forwards = new OutgoingForwards({
    firstRound: 8_589_934_593,
    retryNs: () => 100,
    nowNs: () => time.nowNs,
    send: (to, message) => {
      if (message.kind === 'forward-append') sent.push({ to, message });
    },
  });
  const waiting: Waiting = {
    ticket: 1,
    asker: { kind: 'client', requestId: 'a' },
    request,
    deadlineNs: 9_000,
    phase: { name: 'queued', notBeforeNs: 0 },
    mayTakeEffect: false,
  };
  const dueNs = forwards.begin(waiting, request, 1, 5);
  const phase = waiting.phase as ForwardedPhase;
  return { time, sent, forwards, waiting, phase, dueNs, request };
}

it('passes an append on under a round that no other boot uses', () => {
  const { sent, phase, dueNs, request } = setUp();
  expect(phase).toMatchObject({ name: 'forwarded', leaderId: 1, term: 5, round: 2 * 2 ** 32 + 1 });
  expect(sent).toEqual([
    {
      to: 1,
      message: {
        kind: 'forward-append',
        term: 5,
        round: phase.round,
        entries: request.entries,
        expect: request.expect,
      },
    },
  ]);
  expect(dueNs).toBe(1_100);
});

it('sends the same again when it is due, not before, and each time after twice as long', () => {
  const { time, sent, forwards, phase, request } = setUp();
  time.nowNs = 1_099;
  expect(forwards.retry(phase, request)).toBe(1_100);
  expect(sent).toHaveLength(1);
  time.nowNs = 1_100;
  expect(forwards.retry(phase, request)).toBe(1_300);
  time.nowNs = 1_300;
  expect(forwards.retry(phase, request)).toBe(1_700);
  expect(sent[1]).toEqual(sent[0]);
});

it.each([
  ['another leader', 2, 6],
  ['the same leader in another term', 1, 6],
  ['no leader', null, 5],
])('never sends it again once there is %s', (_what, leaderId, term) => {
  const { time, sent, forwards, phase, request } = setUp();
  expect(forwards.onLeaderChanged(leaderId, term)).toEqual([]);
  time.nowNs = 1e9;
  expect(forwards.retry(phase, request)).toBe(Infinity);
  expect(sent).toHaveLength(1);
});

it('goes on at once, under the same round, when the leader was only not heard for a while', () => {
  const { time, sent, forwards, phase, request } = setUp();
  forwards.onLeaderChanged(null, 5);
  time.nowNs = 5_000;
  forwards.onLeaderChanged(1, 5);
  expect(forwards.retry(phase, request)).toBe(5_200);
  expect(sent[1]).toEqual(sent[0]);
});

it('goes on when the leader is still the same', () => {
  const { forwards, phase, request } = setUp();
  expect(forwards.onLeaderChanged(1, 5)).toEqual([]);
  expect(forwards.retry(phase, request)).toBe(1_100);
});

it('takes one reply, of the server that was asked, to the round that was asked', () => {
  const { forwards, waiting, phase } = setUp();
  expect(forwards.takeAnswered(2, phase.round)).toBeUndefined();
  expect(forwards.takeAnswered(1, phase.round + 1)).toBeUndefined();
  expect(forwards.takeAnswered(1, phase.round)).toBe(waiting);
  expect(forwards.takeAnswered(1, phase.round)).toBeUndefined();
});

it('finds nobody for a reply that comes after the deadline', () => {
  const { forwards, phase } = setUp();
  forwards.forget(phase);
  expect(forwards.takeAnswered(1, phase.round)).toBeUndefined();
});

it('gives an append of a session back for the next leader, and takes no late answer to it', () => {
  const { forwards, sent, waiting, phase } = setUp({ session });
  expect(sent[0]?.message.session).toEqual(session);
  expect(forwards.onLeaderChanged(2, 6)).toEqual([waiting]);
  expect(forwards.takeAnswered(1, phase.round)).toBeUndefined();
  expect(forwards.onLeaderChanged(3, 7)).toEqual([]);
});
