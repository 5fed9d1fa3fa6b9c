/** Membership, transfers, retention and lease reads, from the door to the answer, with real hosts and cores. */
import { describe, expect, it } from 'vitest';
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import type { Server } from '../../../shared/configuration.ts';
import type { Result } from '../../../shared/result.ts';
import { configurationOf } from '../../../main/raft/state.ts';
import { VirtualCluster, type VirtualNode } from '../../support/node-virtual-cluster.ts';
import { millisecond } from '../../support/node-virtual-world.ts';

const tick = millisecond / 2;
const servers = (...ids: number[]): Server[] => ids.map((id) => ({ id, storage: 0 }));
const membership = (...ids: number[]): ClientRequest => {
  return { kind: 'change-membership', mode: 'joint', voters: servers(...ids), learners: [] };
};
const range: ClientRequest = { kind: 'index-range', startIndex: 0, endIndex: 9 };

interface SetUp {
  readonly cluster: VirtualCluster;
  readonly leader: VirtualNode;
  readonly follower: VirtualNode;
  readonly ask: (id: number, request: ClientRequest, timeoutMs?: number) => Result<ClientAnswer>;
}

function setUp(size = 3, voters?: readonly number[]): SetUp {
  const cluster = new VirtualCluster(size, { ...(voters && { voters }) });
  const leader = cluster.elect();
  let asked = 0;
  const ask = (id: number, request: ClientRequest, timeoutMs?: number): Result<ClientAnswer> => {
    asked += 1;
    return cluster.answerOf(cluster.ask(id, `request ${asked}`, request, timeoutMs));
  };
  return { cluster, leader, follower: cluster.follower(), ask };
}

describe('another server than the leader', () => {
  it.each<ClientRequest>([
    { kind: 'set-retention', retainEntries: 5 },
    { kind: 'transfer-leadership', to: 0 },
    membership(0, 1),
  ])('names the leader to who asks for $kind, and does nothing', (request) => {
    const { leader, follower, ask } = setUp();
    const { lastIndex } = leader.state.log;
    expect(ask(follower.id, request)).toMatchObject({ failure: { code: 'no-leader', leaderId: leader.id } });
    expect(leader.state.log.lastIndex).toBe(lastIndex);
  });

  it('waits for a leader as long as the client does', () => {
    const { cluster, follower, ask } = setUp();
    for (const { id } of cluster.nodes) if (id !== follower.id) cluster.crash(id);
    cluster.world.runFor(1_000);
    const result = ask(follower.id, { kind: 'set-retention', retainEntries: 5 }, 300);
    expect(result).toMatchObject({
      failure: { code: 'no-leader', message: expect.stringContaining('nothing was done') },
    });
    expect(result).not.toHaveProperty('failure.leaderId');
  });
});

describe('a server that was removed', () => {
  it('says at once that it is no member, and reads what it has', () => {
    const { cluster, leader, follower, ask } = setUp();
    const others = cluster.nodes.map(({ id }) => id).filter((id) => id !== follower.id);
    expect(ask(leader.id, membership(...others))).toMatchObject({ ok: true });
    cluster.world.runFor(1_000);
    const askedNs = cluster.world.nowNs;
    for (const request of [range, { kind: 'append', entries: [new Uint8Array(1)] } as const])
      expect(ask(follower.id, request)).toMatchObject({
        failure: { code: 'no-leader', message: expect.stringContaining('no member') },
      });
    expect(ask(follower.id, { ...range, read: 'local' })).toMatchObject({ ok: true });
    expect(cluster.world.nowNs - askedNs).toBeLessThan(10 * millisecond);
  });
});

describe('a change of membership', () => {
  it('is answered with the index of the configuration when it is committed', () => {
    const { leader, follower, ask } = setUp();
    const result = ask(leader.id, membership(leader.id, follower.id));
    expect(result).toMatchObject({ ok: true, value: { kind: 'change-membership' } });
    expect(configurationOf(leader.state).voters.map(({ id }) => id)).toEqual([leader.id, follower.id]);
    const index = result.ok && result.value.kind === 'change-membership' ? result.value.index : 0;
    expect(leader.state.commitIndex).toBeGreaterThanOrEqual(index);
    expect(index).toBeGreaterThan(1);
  });

  it('brings in a new server, which serves what was appended before', () => {
    const { cluster, leader, ask } = setUp(4, [0, 1, 2]);
    cluster.answerOf(cluster.append(leader.id, 'foo'));
    expect(ask(leader.id, membership(0, 1, 2, 3))).toMatchObject({ ok: true });
    expect(ask(3, range)).toMatchObject({ value: { entries: { length: 1 } } });
  });

  it('that is not possible is refused with the reason of the core', () => {
    const { cluster, leader, follower, ask } = setUp();
    cluster.ask(leader.id, 'first', membership(leader.id, follower.id));
    const second = ask(leader.id, membership(leader.id));
    expect(second).toMatchObject({ failure: { code: 'refused', message: expect.stringMatching(/^[A-Z].*\.$/) } });
  });

  it('that is not done in time may still be done', () => {
    const { cluster, leader, follower, ask } = setUp();
    cluster.route = () => [];
    expect(ask(leader.id, membership(leader.id, follower.id), 50)).toMatchObject({ failure: { code: 'timed-out' } });
  });
});

describe('a transfer', () => {
  it('is answered when the office has changed hands', () => {
    const { cluster, leader, follower, ask } = setUp();
    expect(ask(leader.id, { kind: 'transfer-leadership', to: follower.id })).toEqual({
      ok: true,
      value: { kind: 'transfer-leadership', index: 0 },
    });
    expect(cluster.elect().id).toBe(follower.id);
  });

  it('lets the appends that come meanwhile wait, and loses none', () => {
    const { cluster, leader, follower, ask } = setUp();
    const transfer = cluster.ask(leader.id, 'transfer', { kind: 'transfer-leadership', to: follower.id });
    cluster.world.runUntil(
      () => leader.state.role.name === 'leader' && leader.state.role.transfer !== null,
      'the begin',
    );
    const asked = [cluster.append(leader.id, 'a'), cluster.append(follower.id, 'b')];
    for (const one of [transfer, ...asked]) expect(cluster.answerOf(one)).toMatchObject({ ok: true });
    expect(ask(follower.id, range)).toMatchObject({ value: { entries: { length: 2 } } });
  });
});

describe('a lease read', () => {
  it('is answered by the leader without a message', () => {
    const { cluster, leader, ask } = setUp();
    cluster.answerOf(cluster.append(leader.id, 'foo'));
    cluster.world.runFor(100);
    cluster.route = () => [];
    const askedAtNs = cluster.world.nowNs;
    expect(ask(leader.id, { ...range, read: 'lease' })).toMatchObject({
      value: { entries: { length: 1 } },
    });
    expect(cluster.world.nowNs - askedAtNs).toBeLessThan(2 * tick);
  });

  it('is answered through any other server, and shares nothing with other reads', () => {
    const { cluster, follower, ask } = setUp();
    cluster.answerOf(cluster.append(follower.id, 'foo'));
    const other = cluster.ask(follower.id, 'other', range);
    expect(ask(follower.id, { ...range, read: 'lease' })).toEqual(cluster.answerOf(other));
  });
});

it('keeps a retention over a restart, on every server', () => {
  const { cluster, leader, ask } = setUp();
  expect(ask(leader.id, { kind: 'set-retention', retainEntries: 1 })).toMatchObject({ value: { index: 2 } });
  for (const { id } of cluster.nodes) cluster.crash(id);
  for (const { id } of cluster.nodes) cluster.start(id);
  cluster.elect();
  for (const { id } of cluster.nodes) expect(ask(id, range)).toMatchObject({ failure: { code: 'compacted' } });
});
