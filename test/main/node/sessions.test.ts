/** Client sessions, from the door to the answer, with real hosts and cores. */
import { describe, expect, it } from 'vitest';
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import type { Result } from '../../../shared/result.ts';
import { VirtualCluster, type Asked, type Passage, type VirtualNode } from '../../support/node-virtual-cluster.ts';
import { millisecond } from '../../support/node-virtual-world.ts';

const tick = millisecond / 2;
const isForwardReply = ({ message }: Passage): boolean => message.kind === 'forward-append-reply';

function codeOf(result: Result<ClientAnswer> | undefined): string {
  if (!result) return 'no answer';
  return result.ok ? 'ok' : result.failure.code;
}

interface SetUp {
  readonly cluster: VirtualCluster;
  readonly leader: VirtualNode;
  readonly follower: VirtualNode;
  readonly sessionId: number;
  /** Request `sequence` of the session, with a text to tell it by. */
  readonly append: (id: number, sequence: number, text: string, timeoutMs?: number) => Asked;
  readonly texts: (id: number) => string[];
}

function setUp(sessionsMax?: number): SetUp {
  const cluster = new VirtualCluster(3, { ...(sessionsMax !== undefined && { sessionsMax }) });
  const leader = cluster.elect();
  const opened = cluster.answerOf(cluster.ask(leader.id, 'open', { kind: 'open-session' }));
  if (!opened.ok || opened.value.kind !== 'open-session') throw new Error(JSON.stringify(opened));
  const { sessionId } = opened.value;
  let asked = 0;
  const append = (id: number, sequence: number, text: string, timeoutMs?: number): Asked => {
    asked += 1;
    const entries = [new TextEncoder().encode(text)];
    const request: ClientRequest = { kind: 'append', entries, session: { sessionId, sequence, lowestOpen: 1 } };
    return cluster.ask(id, `${text} ${asked}`, request, timeoutMs);
  };
  const texts = (id: number): string[] => {
    asked += 1;
    const read = cluster.ask(id, `read ${asked}`, { kind: 'index-range', startIndex: 0, endIndex: 999 });
    const result = cluster.answerOf(read);
    if (!result.ok || result.value.kind !== 'index-range') throw new Error(JSON.stringify(result));
    return result.value.entries.map(({ payload }) => new TextDecoder().decode(payload));
  };
  return { cluster, leader, follower: cluster.follower(), sessionId, append, texts };
}

describe('a repeated append', () => {
  it('takes effect once and gets the first answer, wherever it is asked', () => {
    const { cluster, leader, follower, append, texts } = setUp();
    const first = cluster.answerOf(append(leader.id, 1, 'foo'));
    expect(cluster.answerOf(append(follower.id, 1, 'foo'))).toEqual(first);
    expect(cluster.answerOf(append(leader.id, 1, 'foo'))).toEqual(first);
    expect(texts(follower.id)).toEqual(['foo']);
  });

  it('that is decided is answered without any message', () => {
    const { cluster, leader, append } = setUp();
    cluster.answerOf(append(leader.id, 1, 'foo'));
    for (const { id } of cluster.nodes) if (id !== leader.id) cluster.crash(id);
    expect(codeOf(cluster.answerOf(append(leader.id, 1, 'foo', 20)))).toBe('ok');
  });

  it('takes effect once although both copies are in the log', () => {
    const { cluster, leader, follower, append, texts } = setUp();
    const both = [append(leader.id, 1, 'foo'), append(follower.id, 1, 'foo'), append(leader.id, 1, 'foo')];
    const results = both.map((asked) => cluster.answerOf(asked));
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(cluster.countInLog(leader.id, 'foo')).toBeGreaterThan(1);
    expect(texts(leader.id)).toEqual(['foo']);
    expect(leader.events).toContainEqual(expect.objectContaining({ type: 'request-repeated', requestSequence: 1 }));
  });

  it('takes effect each time with rule client-dedupe off', () => {
    const { cluster, leader, append, texts } = setUp();
    for (const { host } of cluster.nodes) host.configure(['client-dedupe']);
    cluster.answerOf(append(leader.id, 1, 'foo'));
    cluster.answerOf(append(leader.id, 1, 'foo'));
    expect(texts(leader.id)).toEqual(['foo', 'foo']);
    expect(leader.events).toContainEqual(expect.objectContaining({ type: 'rule-waived', rule: 'client-dedupe' }));
    for (const { host } of cluster.nodes) host.configure([]);
    cluster.world.runFor(10);
    cluster.answerOf(append(leader.id, 1, 'foo'));
    expect(texts(leader.id)).toEqual(['foo', 'foo']);
  });
});

describe('an append that was passed on', () => {
  it('goes to the next leader when the one that has taken it is gone, and takes effect once', () => {
    const { cluster, leader, follower, append, texts } = setUp();
    cluster.route = (passage) => (isForwardReply(passage) ? [] : [tick]);
    const asked = append(follower.id, 1, 'foo', 5_000);
    cluster.world.runUntil(() => cluster.countInLog(follower.id, 'foo') === 1, 'the entry on its own server');
    cluster.crash(leader.id);
    cluster.route = () => [tick];
    expect(codeOf(cluster.answerOf(asked))).toBe('ok');
    expect(texts(follower.id)).toEqual(['foo']);
  });

  it('goes to the next leader also when nothing is left of it', () => {
    const { cluster, leader, follower, append, texts } = setUp();
    cluster.route = ({ from, to }) => (from === leader.id || to === leader.id ? [] : [tick]);
    const asked = append(follower.id, 1, 'foo', 5_000);
    expect(codeOf(cluster.answerOf(asked))).toBe('ok');
    expect(asked.results).toHaveLength(1);
    cluster.route = () => [tick];
    expect(texts(follower.id)).toEqual(['foo']);
  });

  it('says that its outcome is open when time runs out on the way', () => {
    const { cluster, leader, follower, append } = setUp();
    cluster.route = (passage) => (isForwardReply(passage) || passage.from === leader.id ? [] : [tick]);
    const asked = append(follower.id, 1, 'foo', 100);
    for (const { id } of cluster.nodes) if (id !== follower.id) cluster.crash(id);
    expect(codeOf(cluster.answerOf(asked))).toBe('timed-out');
  });
});

it('an append of a deposed leader is passed on to the new one, and takes effect once', () => {
  const { cluster, leader, append, texts } = setUp();
  cluster.route = ({ from, to }) => (from === leader.id || to === leader.id ? [] : [tick]);
  const asked = append(leader.id, 1, 'foo', 20_000);
  cluster.world.runUntil(() => cluster.countInLog(leader.id, 'foo') === 1, 'the entry in its log');
  const isOther = ({ id, state }: VirtualNode): boolean => id !== leader.id && state.role.name === 'leader';
  cluster.world.runUntil(() => cluster.nodes.some(isOther), 'another leader');
  cluster.route = () => [tick];
  expect(codeOf(cluster.answerOf(asked))).toBe('ok');
  expect(texts(leader.id)).toEqual(['foo']);
});

describe('a session', () => {
  it('is opened by the leader alone; another server names it', () => {
    const { cluster, leader, follower } = setUp();
    const asked = cluster.ask(follower.id, 'open here', { kind: 'open-session' });
    expect(cluster.answerOf(asked)).toMatchObject({ failure: { code: 'no-leader', leaderId: leader.id } });
  });

  it('that has expired takes nothing, and says that the outcome of earlier copies is open', () => {
    const { cluster, leader, append, texts } = setUp(1);
    cluster.answerOf(cluster.ask(leader.id, 'open another', { kind: 'open-session' }));
    expect(codeOf(cluster.answerOf(append(leader.id, 1, 'foo')))).toBe('session-expired');
    expect(texts(leader.id)).toEqual([]);
  });

  it('is the same after all servers have restarted', () => {
    const { cluster, leader, append, texts } = setUp();
    const first = cluster.answerOf(append(leader.id, 1, 'foo'));
    for (const { id } of cluster.nodes) cluster.crash(id);
    for (const { id } of cluster.nodes) cluster.start(id);
    cluster.elect();
    expect(cluster.answerOf(append(0, 1, 'foo'))).toEqual(first);
    expect(texts(0)).toEqual(['foo']);
  });
});
