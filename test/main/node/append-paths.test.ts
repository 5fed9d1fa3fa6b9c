import { describe, expect, it } from 'vitest';
import type { AppendAnswer, AppendRequest, ClientAnswer } from '../../../shared/client-request.ts';
import { votersOnly, type SnapshotMeta } from '../../../shared/configuration.ts';
import type { EventBody } from '../../../shared/event.ts';
import type { ServiceMessage } from '../../../shared/raft-message.ts';
import type { FailureCode, Result } from '../../../shared/result.ts';
import { AppendPaths } from '../../../main/node/append-paths.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';
import type { Waiting } from '../../../main/node/waiting-request.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';

const plain: AppendRequest = { kind: 'append', entries: [new Uint8Array([1])] };

const session = { sessionId: 4, sequence: 1, lowestOpen: 1 };

function setUp(request: AppendRequest = plain) {
  const told: EventBody[] = [];
  const sent: { to: number; message: ServiceMessage }[] = [];
  const finished: Result<ClientAnswer>[] = [];
  const later: string[] = [];
  const machine = new LogStateMachine();
  const paths = new AppendPaths({
    host: {
      storage: new MemoryDisk().open(),
      emit: (event) => told.push(event),
      nowNs: () => 0,
      firstIndex: () => 1,
      retryNs: () => 100,
      leads: () => null,
      isMember: () => true,
      send: (to, message) => sent.push({ to, message }),
    },
    firstRound: 4_294_967_297,
    take: () => undefined,
    finish: (_waiting, result) => finished.push(result),
    tryLater: () => later.push('later'),
    awaitLeader: () => later.push('another leader'),
  });
  const waiting: Waiting = {
    ticket: 1,
    asker: { kind: 'client', requestId: 'a' },
    request,
    deadlineNs: 9,
    phase: { name: 'proposing' },
    mayTakeEffect: false,
  };
  const round = (): number => (waiting.phase.name === 'forwarded' ? waiting.phase.round : 0);
  const failWith = (code: FailureCode): void => {
    paths.onMessage(1, { kind: 'forward-append-reply', round: round(), failure: { code, message: 'no' } });
  };
  return { told, sent, finished, later, machine, paths, waiting, round, failWith, request };
}

describe('a forwarded append', () => {
  it('is told to the stream and due again later', () => {
    const { paths, waiting, told, sent } = setUp();
    expect(paths.forward(waiting, plain, 1, 5)).toBe(100);
    expect(told).toEqual([{ type: 'request-forwarded', requestId: 'a', to: 1 }]);
    expect(sent).toMatchObject([{ to: 1, message: { kind: 'forward-append', term: 5 } }]);
    expect(paths.retry(waiting)).toBe(100);
  });

  it('brings back the answer of the leader', () => {
    const { paths, waiting, finished, round } = setUp();
    paths.forward(waiting, plain, 1, 5);
    const answer: AppendAnswer = { kind: 'append', firstIndex: 2, lastIndex: 2, term: 5 };
    paths.onMessage(1, { kind: 'forward-append-reply', round: round(), answer });
    expect(finished).toEqual([{ ok: true, value: answer }]);
  });

  it.each(['no-leader', 'not-running'] as const)('that came to nothing (%s) waits for another leader', (code) => {
    const { paths, waiting, later, failWith } = setUp();
    paths.forward(waiting, plain, 1, 5);
    failWith(code);
    expect(later).toEqual(['another leader']);
  });

  it('that came to nothing goes on at once when the leader has changed meanwhile', () => {
    const { paths, waiting, later, failWith } = setUp();
    paths.forward(waiting, plain, 1, 5);
    paths.onLeaderChanged(2, 6);
    failWith('no-leader');
    expect(later).toEqual(['later']);
  });

  it.each(['conflict', 'overloaded', 'timed-out', 'leadership-lost'] as const)('brings back the refusal %s', (code) => {
    const { paths, waiting, later, finished, failWith } = setUp();
    paths.forward(waiting, plain, 1, 5);
    failWith(code);
    expect(finished).toMatchObject([{ ok: false, failure: { code } }]);
    expect(later).toEqual([]);
  });

  it('does not take silence for an answer', () => {
    const { paths, waiting, finished, round } = setUp();
    paths.forward(waiting, plain, 1, 5);
    paths.onMessage(1, { kind: 'forward-append-reply', round: round() });
    expect(finished).toMatchObject([{ failure: { code: 'timed-out' } }]);
  });
});

describe('an append for the own log', () => {
  it('comes back when the core does not lead, or hands its office over', () => {
    const { paths, waiting, later } = setUp();
    paths.onProposed(waiting, { ticket: 1, kind: 'not-leader', leaderId: null });
    paths.onProposed(waiting, { ticket: 1, kind: 'transferring' });
    expect(later).toEqual(['later', 'later']);
  });

  it('is decided when its entry is applied, unless its client waits no longer', () => {
    const { paths, waiting, machine, finished } = setUp();
    const entry = { index: 1, term: 5, kind: 'client', payload: new Uint8Array() } as const;
    const fate = machine.apply(entry);
    paths.onProposed(waiting, { ticket: 1, kind: 'appended', firstIndex: 1, lastIndex: 1, term: 5 });
    paths.onApplied(entry, fate);
    expect(finished).toMatchObject([{ ok: true, value: { firstIndex: 1, lastIndex: 1, term: 5 } }]);
    paths.forget(waiting);
    paths.onApplied(entry, fate);
    expect(finished).toHaveLength(1);
  });
});

describe('a snapshot that goes past an append', () => {
  const meta: SnapshotMeta = {
    lastIncludedIndex: 4,
    lastIncludedTerm: 6,
    configuration: votersOnly([0]),
    configurationIndex: 0,
    totalBytes: 1,
  };

  it('leaves open what became of it', () => {
    const { paths, waiting, finished } = setUp();
    paths.onProposed(waiting, { ticket: 1, kind: 'appended', firstIndex: 3, lastIndex: 4, term: 5 });
    paths.onRestored(meta);
    expect(finished).toMatchObject([{ failure: { code: 'timed-out' } }]);
  });

  it('says that it is lost when its place is behind the snapshot, in a term that is over', () => {
    const { paths, waiting, finished } = setUp();
    paths.onProposed(waiting, { ticket: 1, kind: 'appended', firstIndex: 4, lastIndex: 5, term: 5 });
    paths.onRestored(meta);
    expect(finished).toMatchObject([{ failure: { code: 'leadership-lost' } }]);
  });
});

describe('an append of a session', () => {
  const request = { ...plain, session };

  it('goes to the next leader, though the last one may have taken it', () => {
    const { paths, waiting, later, finished } = setUp(request);
    paths.forward(waiting, request, 1, 5);
    paths.onLeaderChanged(null, 5);
    expect([later, finished, waiting.mayTakeEffect]).toEqual([['later'], [], true]);
  });

  it.each(['timed-out', 'leadership-lost'] as const)('is sent again when the leader says %s', (code) => {
    const { paths, waiting, later, finished, failWith } = setUp(request);
    paths.forward(waiting, request, 1, 5);
    failWith(code);
    expect([later, finished, waiting.mayTakeEffect]).toEqual([['later'], [], code === 'timed-out']);
  });

  it('is sent again when its entry was lost, or a snapshot went past it', () => {
    const { paths, waiting, later, finished } = setUp(request);
    paths.onProposed(waiting, { ticket: 1, kind: 'appended', firstIndex: 3, lastIndex: 3, term: 5 });
    paths.onApplied({ index: 3, term: 6 }, undefined);
    expect([later, finished, waiting.mayTakeEffect]).toEqual([['later'], [], false]);
    // It is decided no second time.
    paths.onApplied({ index: 3, term: 7 }, undefined);
    expect(later).toHaveLength(1);
  });
});

it('answers an append of another server, and every copy of it', () => {
  const { paths, sent } = setUp();
  const value: AppendAnswer = { kind: 'append', firstIndex: 1, lastIndex: 1, term: 5 };
  paths.reply(2, 7, { ok: true, value });
  paths.onMessage(2, { kind: 'forward-append', term: 5, round: 7, entries: [] });
  const reply = { to: 2, message: { kind: 'forward-append-reply', round: 7, answer: value } };
  expect(sent).toEqual([reply, reply]);
});
