import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { ClientAnswer } from '../../../shared/client-request.ts';
import type { Result } from '../../../shared/result.ts';
import { VirtualCluster, type Passage, type VirtualNode } from '../../support/node-virtual-cluster.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';
import { millisecond } from '../../support/node-virtual-world.ts';

const tick = millisecond / 2;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function codeOf(result: Result<ClientAnswer>): string {
  return result.ok ? 'ok' : result.failure.code;
}

function textsOf(result: Result<ClientAnswer>): string[] {
  if (!result.ok || result.value.kind !== 'index-range') throw new Error(`no range: ${codeOf(result)}`);
  return result.value.entries.map(({ payload }) => new TextDecoder().decode(payload));
}

function elected(size = 3): { cluster: VirtualCluster; leader: VirtualNode; follower: VirtualNode } {
  const cluster = new VirtualCluster(size);
  const leader = cluster.elect();
  return { cluster, leader, follower: cluster.follower() };
}

const isForward = ({ message }: Passage): boolean => message.kind === 'forward-append';
const isForwardReply = ({ message }: Passage): boolean => message.kind === 'forward-append-reply';

describe('an append', () => {
  it('is answered with its place, through the leader as through any other server', () => {
    const { cluster, leader, follower } = elected();
    const term = leader.state.term;
    const own = cluster.answerOf(cluster.append(leader.id, 'one'));
    expect(own).toEqual({ ok: true, value: { kind: 'append', firstIndex: 2, lastIndex: 2, term } });
    const passedOn = cluster.answerOf(cluster.append(follower.id, 'two'));
    expect(passedOn).toEqual({ ok: true, value: { kind: 'append', firstIndex: 3, lastIndex: 3, term } });
    expect(follower.events).toContainEqual({ type: 'request-forwarded', requestId: 'two', to: leader.id });
  });

  it('of several entries has a first and a last index', () => {
    const { cluster, leader } = elected();
    const asked = cluster.ask(leader.id, 'a', { kind: 'append', entries: ['a', 'b', 'c'].map(bytes) });
    expect(cluster.answerOf(asked)).toMatchObject({ ok: true, value: { firstIndex: 2, lastIndex: 4 } });
  });

  it('is appended once and answered once when every forward and every reply arrives three times', () => {
    const { cluster, leader, follower } = elected();
    cluster.route = (passage) => (isForward(passage) || isForwardReply(passage) ? [tick, 2 * tick, 90 * tick] : [tick]);
    const asked = cluster.append(follower.id, 'foo');
    cluster.answerOf(asked);
    cluster.world.runFor(1_000);
    expect(asked.results).toHaveLength(1);
    expect(cluster.countInLog(leader.id, 'foo')).toBe(1);
  });

  it('is passed on again when the forward was lost, and answered again when the reply was', () => {
    const { cluster, leader, follower } = elected();
    let toLose = 3;
    cluster.route = (passage) => {
      const lost = (isForward(passage) || isForwardReply(passage)) && toLose-- > 0;
      return lost ? [] : [tick];
    };
    expect(codeOf(cluster.answerOf(cluster.append(follower.id, 'foo')))).toBe('ok');
    toLose = 0;
    cluster.route = (passage) => (isForwardReply(passage) && toLose++ < 3 ? [] : [tick]);
    expect(codeOf(cluster.answerOf(cluster.append(follower.id, 'bar')))).toBe('ok');
    expect(toLose).toBe(4);
    expect([cluster.countInLog(leader.id, 'foo'), cluster.countInLog(leader.id, 'bar')]).toEqual([1, 1]);
  });

  it('waits for a leader, and is answered when there is one', () => {
    const cluster = new VirtualCluster(3);
    const asked = cluster.append(0, 'early');
    expect(codeOf(cluster.answerOf(asked))).toBe('ok');
  });

  it('fails exactly at its deadline, with nothing appended, when no leader comes', () => {
    const { cluster, leader, follower } = elected();
    for (const { id } of cluster.nodes) if (id !== follower.id) cluster.crash(id);
    cluster.world.runUntil(
      () => follower.state.role.name === 'follower' && follower.state.role.preVote !== null,
      'a pre-vote that nobody answers',
    );
    const askedAtNs = cluster.world.nowNs;
    const asked = cluster.append(follower.id, 'lonely', 700);
    expect(codeOf(cluster.answerOf(asked))).toBe('no-leader');
    expect(asked.answeredAtNs).toBe(askedAtNs + 700 * millisecond);
    cluster.start(leader.id);
    cluster.elect();
    cluster.world.runFor(1_000);
    expect(cluster.countInLog(follower.id, 'lonely')).toBe(0);
  });

  it('has an unknown outcome when it was sent and no answer came', () => {
    const { cluster, follower } = elected();
    cluster.route = (passage) => (isForwardReply(passage) ? [] : [tick]);
    expect(codeOf(cluster.answerOf(cluster.append(follower.id, 'foo', 400)))).toBe('timed-out');
  });

  it('is not sent to the next leader when the one that may have taken it is gone', () => {
    const { cluster, leader, follower } = elected();
    cluster.route = (passage) => (isForwardReply(passage) ? [] : [tick]);
    const asked = cluster.append(follower.id, 'foo', 3_000);
    cluster.world.runUntil(() => cluster.countInLog(leader.id, 'foo') === 1, 'the entry on the leader');
    cluster.crash(leader.id);
    cluster.route = () => [tick];
    const next = cluster.elect();
    expect(codeOf(cluster.answerOf(asked))).toBe('timed-out');
    expect(cluster.countInLog(next.id, 'foo')).toBeLessThanOrEqual(1);
  });

  it('is not appended twice when the leader that took it crashes, comes back at once and gets a copy', () => {
    const { cluster, leader, follower } = elected();
    cluster.route = (passage) => (isForwardReply(passage) ? [] : [tick]);
    const asked = cluster.append(follower.id, 'foo', 4_000);
    const committed = (): boolean => cluster.nodes.every(({ id }) => cluster.countInLog(id, 'foo') === 1);
    cluster.world.runUntil(committed, 'the entry everywhere');
    cluster.crash(leader.id);
    cluster.start(leader.id);
    cluster.route = () => [tick];
    // The sender still takes it for the leader, sends again, and must not hear "nothing was appended".
    expect(codeOf(cluster.answerOf(asked))).toBe('timed-out');
    cluster.elect();
    cluster.world.runFor(1_000);
    expect(cluster.nodes.map(({ id }) => cluster.countInLog(id, 'foo'))).toEqual([1, 1, 1]);
  });

  it('goes to the new leader when the old one says that it did nothing about it', () => {
    const { cluster, leader, follower } = elected();
    cluster.route = (passage) => (isForward(passage) ? [400 * millisecond] : passage.from === leader.id ? [] : [tick]);
    const asked = cluster.append(follower.id, 'foo');
    cluster.world.runUntil(
      () => cluster.nodes.some(({ id, state }) => id !== leader.id && state.role.name === 'leader'),
      'another leader',
    );
    cluster.route = () => [tick];
    expect(codeOf(cluster.answerOf(asked))).toBe('ok');
    cluster.world.runFor(1_000);
    expect(cluster.nodes.map(({ id }) => cluster.countInLog(id, 'foo'))).toEqual([1, 1, 1]);
  });

  it('whose leader is stopped before it proposes it is appended by the next one', () => {
    const { cluster, leader, follower } = elected();
    const asked = cluster.append(follower.id, 'foo');
    cluster.world.runUntil(() => cluster.sent.some(isForward), 'the forward');
    // It arrives in the very moment in which the leader is stopped: taken in, not proposed.
    cluster.world.after(0.5, () => cluster.stop(leader.id));
    expect(codeOf(cluster.answerOf(asked))).toBe('ok');
    cluster.world.runFor(500);
    expect(cluster.countInLog(cluster.elect().id, 'foo')).toBe(1);
  });
});

describe('leadership that is lost', () => {
  /** The leader is alone with its entries; the others elect another one. */
  function deposed(payloads: readonly string[], route: (passage: Passage, leaderId: number) => readonly number[]) {
    const { cluster, leader } = elected();
    cluster.route = (passage) => route(passage, leader.id);
    const asked = cluster.ask(leader.id, 'foo', { kind: 'append', entries: payloads.map(bytes) }, 60_000);
    cluster.world.runUntil(() => leader.state.log.lastIndex === 1 + payloads.length, 'the entries in its log');
    const isOther = ({ id, state }: VirtualNode): boolean => id !== leader.id && state.role.name === 'leader';
    cluster.world.runUntil(() => cluster.nodes.some(isOther), 'another leader');
    const other = cluster.nodes.find(isOther) ?? leader;
    return { cluster, asked, other };
  }

  it('tells the client when another entry has taken the place: nothing took effect', () => {
    const alone = ({ from, to }: Passage, leaderId: number): number[] =>
      from === leaderId || to === leaderId ? [] : [tick];
    const { cluster, asked, other } = deposed(['foo'], alone);
    cluster.answerOf(cluster.append(other.id, 'bar'));
    expect(asked.results).toEqual([]);
    cluster.route = () => [tick];
    expect(codeOf(cluster.answerOf(asked))).toBe('leadership-lost');
    expect(cluster.countInLog(other.id, 'foo')).toBe(0);
  });

  it('lets nothing of an append take effect of which only a part was committed', () => {
    const { cluster, leader } = elected();
    cluster.route = ({ from, to }) => (from === leader.id || to === leader.id ? [] : [tick]);
    const payloads = ['first', 'second', 'third'];
    const asked = cluster.ask(leader.id, 'foo', { kind: 'append', entries: payloads.map(bytes) }, 60_000);
    cluster.world.runUntil(() => leader.state.log.lastIndex === 4, 'the entries in its log');
    // One follower gets the first entry alone, as from an append that did not fit one datagram.
    const follower = cluster.follower();
    const [first] = leader.disk.durable.entries.slice(1, 2);
    if (!first) throw new Error('the leader has no entry 2');
    const { term } = leader.state;
    const round = leader.state.nextRound + 100;
    cluster.deliver(leader.id, follower.id, {
      kind: 'append-entries',
      term,
      round,
      leaderId: leader.id,
      prevLogIndex: 1,
      prevLogTerm: term,
      leaderCommit: 1,
      entries: [first],
    });
    cluster.world.runUntil(() => follower.state.role.name === 'leader', 'the follower that has the first entry leads');
    cluster.route = () => [tick];
    const result = cluster.answerOf(asked);
    expect(codeOf(result)).toBe('leadership-lost');
    expect(cluster.countInLog(follower.id, 'first')).toBe(1);
    const read = cluster.ask(follower.id, 'read', { kind: 'index-range', startIndex: 0, endIndex: 9 });
    expect(textsOf(cluster.answerOf(read))).toEqual([]);
  });
});

describe('a condition', () => {
  const append = (text: string, prevLogIndex: number, prevLogTerm: number) => ({
    kind: 'append' as const,
    entries: [bytes(text)],
    expect: { prevLogIndex, prevLogTerm },
  });

  it('that holds lets the append through; one that does not is answered with the last client entry', () => {
    const { cluster, leader, follower } = elected();
    const { term } = leader.state;
    expect(codeOf(cluster.answerOf(cluster.ask(follower.id, 'a', append('foo', 0, 0))))).toBe('ok');
    for (const [requestId, id] of [
      ['b', leader.id],
      ['c', follower.id],
    ] as const) {
      const refused = cluster.answerOf(cluster.ask(id, requestId, append('bar', 0, 0)));
      expect(refused).toMatchObject({ failure: { code: 'conflict', lastClientEntry: { index: 2, term } } });
    }
    const all = cluster.ask(leader.id, 'd', { kind: 'index-range', startIndex: 0, endIndex: 9 });
    expect(textsOf(cluster.answerOf(all))).toEqual(['foo']);
    expect(codeOf(cluster.answerOf(cluster.ask(follower.id, 'e', append('bar', 2, term))))).toBe('ok');
  });

  it('is judged in the order of the log when two appends compete', () => {
    const { cluster, leader, follower } = elected();
    const both = [cluster.ask(leader.id, 'a', append('a', 0, 0)), cluster.ask(follower.id, 'b', append('b', 0, 0))];
    expect(both.map((asked) => codeOf(cluster.answerOf(asked))).toSorted()).toEqual(['conflict', 'ok']);
  });
});

describe('a read', () => {
  it('through any server sees every append that was answered before it', () => {
    const { cluster, leader } = elected();
    cluster.answerOf(cluster.append(leader.id, 'foo'));
    for (const { id } of cluster.nodes) {
      const asked = cluster.ask(id, `read ${id}`, { kind: 'index-range', startIndex: 0, endIndex: 5 });
      expect(textsOf(cluster.answerOf(asked))).toEqual(['foo']);
    }
  });

  it('waits at a slow follower until the confirmed index is applied there', () => {
    const { cluster, leader, follower } = elected();
    cluster.route = ({ to, message }) =>
      to === follower.id && message.kind === 'append-entries' && message.entries.length > 0 ? [] : [tick];
    cluster.answerOf(cluster.append(leader.id, 'foo'));
    const asked = cluster.ask(follower.id, 'read', { kind: 'index-range', startIndex: 0, endIndex: 5 });
    cluster.world.runFor(300);
    expect(asked.results).toEqual([]);
    cluster.route = () => [tick];
    expect(textsOf(cluster.answerOf(asked))).toEqual(['foo']);
  });

  it('that is local needs no leader, and may be stale', () => {
    const { cluster, leader, follower } = elected();
    cluster.answerOf(cluster.append(leader.id, 'foo'));
    cluster.world.runUntil(() => follower.state.commitIndex === 2, 'the commit at the follower');
    for (const { id } of cluster.nodes) if (id !== follower.id) cluster.crash(id);
    const asked = cluster.ask(follower.id, 'read', { kind: 'index-range', startIndex: 0, endIndex: 5, read: 'local' });
    expect(textsOf(asked.results[0] ?? cluster.answerOf(asked))).toEqual(['foo']);
  });

  it('that no leader confirms ends at its deadline', () => {
    const { cluster, leader } = elected();
    for (const { id } of cluster.nodes) if (id !== leader.id) cluster.crash(id);
    const askedAtNs = cluster.world.nowNs;
    const asked = cluster.ask(leader.id, 'read', { kind: 'index-range', startIndex: 0, endIndex: 5 }, 500);
    expect(codeOf(cluster.answerOf(asked))).toBe('no-leader');
    expect(asked.answeredAtNs).toBe(askedAtNs + 500 * millisecond);
  });

  it('is answered also when the disk can not be read', () => {
    const { cluster, leader } = elected();
    leader.disk.readFailure = MemoryDisk.broken();
    const asked = cluster.ask(leader.id, 'read', { kind: 'index-range', startIndex: 0, endIndex: 5, read: 'local' });
    expect(asked.results.map(codeOf)).toEqual(['not-running']);
    expect(leader.failure?.code).toBe('disk-failed');
  });
});

describe('requests that are refused at once', () => {
  it.each([
    ['too-large', { kind: 'append', entries: [new Uint8Array(limits.entryPayloadBytesMax + 1)] }],
    ['invalid', { kind: 'append', entries: [] }],
    ['invalid', { kind: 'append', entries: [bytes('a')], expect: { prevLogIndex: -1, prevLogTerm: 0 } }],
    ['invalid', { kind: 'index-range', startIndex: 5, endIndex: 1 }],
  ] as const)('%s', (code, request) => {
    const { cluster, follower } = elected();
    const sent = cluster.sent.length;
    const asked = cluster.ask(follower.id, 'a', request);
    expect(asked.results.map(codeOf)).toEqual([code]);
    expect(cluster.sent).toHaveLength(sent);
  });
});

describe('many requests at once', () => {
  it('are all answered, each with a place of its own, in as many turns as they need', () => {
    const { cluster, leader, follower } = elected();
    const asked = Array.from({ length: 2 * limits.requestsPerTurnMax + 1 }, (_, count) => [
      cluster.append(leader.id, `own ${count}`),
      cluster.append(follower.id, `forwarded ${count}`),
    ]).flat();
    const results = asked.map((request) => cluster.answerOf(request));
    expect(new Set(results.map(codeOf))).toEqual(new Set(['ok']));
    const places = results.map((result) => (result.ok && result.value.kind === 'append' ? result.value.firstIndex : 0));
    expect(new Set(places).size).toBe(asked.length);
  });
});

describe('too many requests', () => {
  /** A leader without followers: what it takes waits for ever. */
  function full() {
    const { cluster, leader, follower } = elected();
    cluster.route = ({ message }) =>
      message.kind.startsWith('forward') ? [tick] : message.kind === 'append-entries' ? [tick] : [];
    for (let count = 0; count < limits.waitingRequestsMax; count++) cluster.append(leader.id, `fill ${count}`, 1_000);
    return { cluster, leader, follower };
  }

  it('are refused as overloaded, and taken again when the others were answered', () => {
    const { cluster, leader } = full();
    expect(cluster.append(leader.id, 'more').results.map(codeOf)).toEqual(['overloaded']);
    cluster.world.runFor(1_001);
    cluster.route = () => [tick];
    expect(codeOf(cluster.answerOf(cluster.append(leader.id, 'later')))).toBe('ok');
  });

  it('refuse a forwarded append for good: a late copy of it is not appended behind the back of its client', () => {
    const { cluster, leader, follower } = full();
    const { route } = cluster;
    cluster.route = (passage) => (isForward(passage) ? [tick, 1_500 * millisecond] : route(passage));
    expect(codeOf(cluster.answerOf(cluster.append(follower.id, 'more')))).toBe('overloaded');
    cluster.world.runFor(1_100);
    cluster.route = () => [tick];
    cluster.world.runFor(1_000);
    expect(cluster.countInLog(leader.id, 'more')).toBe(0);
  });
});
