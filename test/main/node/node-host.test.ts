import { describe, expect, it } from 'vitest';
import type { ClientAnswer } from '../../../shared/client-request.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import type { Result } from '../../../shared/result.ts';
import { VirtualCluster, type Asked, type VirtualNode } from '../../support/node-virtual-cluster.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';
import { millisecond } from '../../support/node-virtual-world.ts';

function codeOf(result: Result<ClientAnswer> | undefined): string {
  if (!result) return 'no answer';
  return result.ok ? 'ok' : result.failure.code;
}

const codesOf = (asked: Asked): string[] => asked.results.map(codeOf);

/** A disk whose flushes end when the test says so. */
function hold({ disk }: VirtualNode): { readonly waiting: (() => void)[]; readonly complete: () => void } {
  const waiting: (() => void)[] = [];
  disk.flushVia = (complete) => void waiting.push(complete);
  return { waiting, complete: () => waiting.shift()?.() };
}

/** As after a transfer: it is heard at any time. */
const voteCall = (candidateId: number, term: number): RaftMessage => ({
  kind: 'request-vote',
  term,
  round: 1,
  candidateId,
  lastLogIndex: 0,
  lastLogTerm: 0,
  transfer: true,
});

describe('the order of disk and network', () => {
  it('[persist-before-reply] no vote leaves a server whose flush is under way', () => {
    const cluster = new VirtualCluster(3);
    const [, voter] = cluster.nodes;
    if (!voter) throw new Error('there is no second node');
    const held = cluster.nodes.map(hold);
    const answers = (): number => cluster.sent.filter(({ message }) => message.kind === 'request-vote-reply').length;
    const calls = (): number => cluster.sent.filter(({ message }) => message.kind === 'request-vote').length;
    cluster.world.runUntil(() => held.some(({ waiting }) => waiting.length > 0), 'the first election');
    cluster.world.runFor(10);
    expect(calls()).toBe(0);
    held.find(({ waiting }) => waiting.length > 0)?.complete();
    expect(calls()).toBe(2);
    cluster.world.runFor(10);
    expect(answers()).toBe(0);
    for (const disk of held) disk.complete();
    expect(answers()).toBe(2);
  });

  it('[durable-quorum-commit] nothing is answered before a majority has it on disk, though all have received it', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    const held = cluster.nodes.map(hold);
    const asked = cluster.append(leader.id, 'foo');
    cluster.world.runUntil(() => held.every(({ waiting }) => waiting.length > 0), 'the entry at every disk');
    cluster.world.runFor(40);
    expect(leader.state.commitIndex).toBe(1);
    held[leader.id]?.complete();
    cluster.world.runFor(40);
    expect(asked.results).toEqual([]);
    held[cluster.follower().id]?.complete();
    expect(codeOf(cluster.answerOf(asked))).toBe('ok');
  });

  it('sends entries to the followers while the own write is still under way (dissertation §10.2.1)', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    hold(leader);
    const asked = cluster.append(leader.id, 'foo');
    expect(codeOf(cluster.answerOf(asked))).toBe('ok');
    expect(leader.disk.durable.entries).toHaveLength(1);
  });

  it('writes that come while a flush is under way share the next one', () => {
    const cluster = new VirtualCluster(1);
    const node = cluster.elect();
    const { waiting, complete } = hold(node);
    const flushesBefore = node.disk.flushes;
    const all: Asked[] = [];
    for (let count = 0; count < 5; count++) {
      all.push(cluster.append(0, `entry ${count}`));
      cluster.world.runFor(1);
    }
    expect(waiting).toHaveLength(1);
    complete();
    expect(all.map((asked) => asked.results.length)).toEqual([1, 0, 0, 0, 0]);
    expect(waiting).toHaveLength(1);
    complete();
    expect(all.map((asked) => codesOf(asked))).toEqual([['ok'], ['ok'], ['ok'], ['ok'], ['ok']]);
    expect(node.disk.flushes - flushesBefore).toBe(2);
  });

  it('appends of one turn share one flush and one message', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    const [flushes, sent] = [leader.disk.flushes, cluster.sent.length];
    const all = Array.from({ length: 20 }, (_, count) => cluster.append(leader.id, `entry ${count}`));
    for (const asked of all) expect(codeOf(cluster.answerOf(asked))).toBe('ok');
    expect(leader.disk.flushes - flushes).toBe(1);
    const withEntries = cluster.sent
      .slice(sent)
      .filter(({ message }) => message.kind === 'append-entries' && message.entries.length > 0);
    expect(withEntries).toHaveLength(2);
  });

  it('a server that crashes while its flush is under way has promised nothing of it', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    for (const node of cluster.nodes) hold(node);
    const asked = cluster.append(leader.id, 'foo');
    cluster.world.runFor(100);
    for (const { id } of cluster.nodes) cluster.crash(id);
    for (const { id, disk } of cluster.nodes) {
      disk.flushVia = (complete) => complete();
      cluster.start(id);
    }
    expect(asked.results).toEqual([]);
    expect(cluster.countInLog(cluster.elect().id, 'foo')).toBe(0);
  });
});

describe('what the stream hears', () => {
  it('tells the flush before the commit that follows from it, and what the flush covered', () => {
    const cluster = new VirtualCluster(1);
    const node = cluster.elect();
    const types = node.events.map(({ type }) => type);
    expect(types.lastIndexOf('entries-persisted')).toBeLessThan(types.indexOf('commit-advanced'));
    expect(types.indexOf('commit-advanced')).toBeLessThan(types.indexOf('entries-applied'));
    expect(node.events.find(({ type }) => type === 'entries-persisted')).toMatchObject({ term: 1, votedFor: 0 });
  });

  it('does not call durable what came after the flush began', () => {
    const cluster = new VirtualCluster(3);
    const [node] = cluster.nodes;
    if (!node) throw new Error('there is no node');
    const { waiting, complete } = hold(node);
    cluster.deliver(1, 0, voteCall(1, 5));
    cluster.world.runUntil(() => waiting.length === 1, 'the flush of the vote');
    cluster.deliver(2, 0, voteCall(2, 9));
    cluster.world.runUntil(() => node.state.term === 9, 'the later term');
    complete();
    const told = node.events.filter(({ type }) => type === 'entries-persisted');
    expect(told).toMatchObject([{ term: 5, votedFor: 1 }]);
  });

  it('names the election timer once for each time it was set, and does nothing while nothing is to do', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    const follower = cluster.follower();
    const [events, sent] = [follower.events.length, cluster.sent.length];
    cluster.world.runFor(1_000);
    const heartbeats = cluster.sent
      .slice(sent)
      .filter(({ to, message }) => to === follower.id && message.kind === 'append-entries').length;
    expect(heartbeats).toBeGreaterThanOrEqual(19);
    expect(heartbeats).toBeLessThanOrEqual(21);
    const timers = follower.events.slice(events).filter(({ type }) => type === 'timer-set').length;
    expect(Math.abs(timers - heartbeats)).toBeLessThanOrEqual(1);
    expect(leader.disk.flushes).toBe(2);
  });
});

describe('a disk that fails', () => {
  it('ends the node when a flush fails: nothing is acknowledged, who waits hears that the outcome is unknown', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    leader.disk.failure = MemoryDisk.broken();
    cluster.route = () => [];
    const asked = cluster.append(leader.id, 'foo');
    cluster.world.runUntil(() => leader.failure !== undefined, 'the end of the node');
    expect(leader.failure).toEqual({ code: 'disk-failed', reason: MemoryDisk.broken().message });
    expect(leader.events.at(-1)).toMatchObject({ type: 'disk-failed', file: '/data/wal' });
    expect(codesOf(asked)).toEqual(['timed-out']);
    expect(leader.disk.closed).toBe(true);
  });

  it('keeps a vote back for ever when its flush fails', () => {
    const cluster = new VirtualCluster(3);
    for (const { disk } of cluster.nodes) disk.failure = MemoryDisk.broken();
    cluster.world.runUntil(() => cluster.nodes.some(({ failure }) => failure !== undefined), 'the end of a node');
    // Pre-votes promise nothing and wait for no disk.
    expect(cluster.sent.filter(({ message }) => !message.kind.startsWith('pre-vote'))).toEqual([]);
  });

  it('does not say that nothing was appended when the disk refuses in the middle of it', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    leader.disk.writeFailure = MemoryDisk.broken();
    const asked = cluster.append(leader.id, 'foo');
    expect(codeOf(cluster.answerOf(asked))).toBe('timed-out');
    expect(leader.failure?.code).toBe('disk-failed');
  });

  it('is told when only the last flush at a stop fails', () => {
    const cluster = new VirtualCluster(1);
    const node = cluster.elect();
    node.disk.failure = MemoryDisk.broken();
    node.host.stop('test');
    expect(node.events.slice(-2).map(({ type }) => type)).toEqual(['node-stopping', 'disk-failed']);
    expect(node.failure).toBeUndefined();
  });
});

describe('a broken promise', () => {
  it('ends the node: two leaders in one term', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    const other = cluster.follower();
    cluster.deliver(other.id, leader.id, {
      kind: 'append-entries',
      term: leader.state.term,
      round: 1,
      leaderId: other.id,
      prevLogIndex: 0,
      prevLogTerm: 0,
      leaderCommit: 0,
      entries: [],
    });
    cluster.world.runUntil(() => leader.failure !== undefined, 'the end of the node');
    expect(leader.failure).toMatchObject({ code: 'assertion', reason: expect.stringContaining('two leaders') });
    expect(leader.events.at(-1)).toMatchObject({ type: 'assertion-failed' });
    expect(cluster.elect().id).not.toBe(leader.id);
  });

  it('of another kind ends it too, with the stack as the reason', () => {
    const cluster = new VirtualCluster(1);
    const node = cluster.elect();
    node.disk.writeFailure = new TypeError('not a function');
    cluster.append(0, 'foo');
    cluster.world.runUntil(() => node.failure !== undefined, 'the end of the node');
    expect(node.failure).toMatchObject({ code: 'internal', reason: expect.stringContaining('not a function') });
  });
});

describe('a stop', () => {
  it('answers each request that waits exactly once, and truly', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    cluster.route = () => [];
    const proposed = cluster.append(leader.id, 'proposed');
    const read = cluster.ask(leader.id, 'read', { kind: 'index-range', startIndex: 0, endIndex: 1 });
    cluster.world.runFor(5);
    const queued = cluster.append(leader.id, 'queued');
    leader.host.stop('test');
    expect([proposed, read, queued].map((asked) => codesOf(asked))).toEqual([
      ['timed-out'],
      ['not-running'],
      ['not-running'],
    ]);
    const late = cluster.append(leader.id, 'late');
    cluster.world.runFor(10_000);
    expect(codesOf(late)).toEqual(['not-running']);
    expect([proposed, read, queued].map((asked) => asked.results.length)).toEqual([1, 1, 1]);
    expect(leader.disk.closed).toBe(true);
  });

  it('leaves nothing that runs: no timer, no message, no second stop', () => {
    const cluster = new VirtualCluster(1);
    const node = cluster.elect();
    node.host.stop('test');
    const told = node.events.length;
    node.host.stop('again');
    cluster.world.runFor(10_000);
    expect(node.events).toHaveLength(told);
    expect(cluster.sent).toEqual([]);
  });
});

describe('a restart', () => {
  it('applies the log again from its beginning', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    cluster.answerOf(cluster.append(leader.id, 'foo'));
    for (const { id } of cluster.nodes) cluster.crash(id);
    for (const { id } of cluster.nodes) cluster.start(id);
    const asked = cluster.ask(0, 'read', { kind: 'index-range', startIndex: 0, endIndex: 5 });
    const result = cluster.answerOf(asked);
    expect(result).toMatchObject({ ok: true, value: { entries: [{ index: 2, kind: 'client' }] } });
  });
});

describe('with a rule off', () => {
  it('a server whose committed entries are replaced says so, goes on, and applies what stands there now', () => {
    const cluster = new VirtualCluster(3);
    const follower = cluster.node(2);
    follower.host.configure(['own-term-commit']);
    const payload = new Uint8Array(1);
    const entries = [1, 1, 1].map((term, at) => ({ index: at + 1, term, kind: 'client', payload }) as const);
    const call = { kind: 'append-entries', round: 1, leaderId: 1, prevLogIndex: 0, prevLogTerm: 0 } as const;
    cluster.deliver(1, 2, { ...call, term: 1, leaderCommit: 3, entries });
    cluster.world.runFor(1);
    const others = [{ index: 2, term: 3, kind: 'client', payload }] as const;
    cluster.deliver(0, 2, {
      ...call,
      leaderId: 0,
      term: 3,
      prevLogIndex: 1,
      prevLogTerm: 1,
      leaderCommit: 1,
      entries: others,
    });
    cluster.world.runFor(1);
    cluster.deliver(0, 2, {
      ...call,
      leaderId: 0,
      term: 3,
      prevLogIndex: 2,
      prevLogTerm: 3,
      leaderCommit: 2,
      entries: [],
    });
    cluster.world.runFor(1);
    const read = cluster.ask(2, 'a read', { kind: 'index-range', startIndex: 1, endIndex: 9, read: 'local' });
    expect(follower.failure).toBeUndefined();
    expect(follower.events.filter(({ type }) => type === 'promise-broken')).toHaveLength(1);
    expect(read.results).toMatchObject([{ value: { appliedIndex: 2, entries: [{ term: 1 }, { term: 3 }] } }]);
  });
});

describe('a leader that is not heard for a while, and leads on', () => {
  it('gets what was passed on to it in vain meanwhile', () => {
    const cluster = new VirtualCluster(3);
    const leader = cluster.elect();
    const follower = cluster.follower();
    const { term } = leader.state;
    cluster.route = ({ from, to }) => ([from, to].includes(follower.id) ? [] : [millisecond / 2]);
    const asked = cluster.append(follower.id, 'foo');
    const isAsking = (): boolean => follower.state.role.name === 'follower' && follower.state.role.leaderId === null;
    cluster.world.runUntil(isAsking, 'a follower that hears no leader');
    cluster.route = () => [millisecond / 2];
    cluster.world.runFor(200);
    expect(leader.state).toMatchObject({ term, role: { name: 'leader' } });
    expect(asked.results).toMatchObject([{ ok: true }]);
    expect(cluster.countInLog(leader.id, 'foo')).toBe(1);
  });
});
