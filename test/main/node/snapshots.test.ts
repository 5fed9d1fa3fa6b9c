/** Snapshots, compaction and restarts, with real hosts and cores. */
import { describe, expect, it } from 'vitest';
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import type { EventBody } from '../../../shared/event.ts';
import type { Result } from '../../../shared/result.ts';
import { VirtualCluster, type VirtualNode } from '../../support/node-virtual-cluster.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';
import { millisecond } from '../../support/node-virtual-world.ts';

const tick = millisecond / 2;

interface SetUp {
  readonly cluster: VirtualCluster;
  readonly leader: VirtualNode;
  readonly ask: (id: number, request: ClientRequest) => Result<ClientAnswer>;
  /** Appends entries until the log is so long. */
  readonly fill: (lastIndex: number) => void;
}

function setUp(retainEntries = 5, size = 3): SetUp {
  const cluster = new VirtualCluster(size, { snapshotEveryEntries: 4, tuning: { snapshotChunkBytesMax: 6 } });
  const leader = cluster.elect();
  let asked = 0;
  const ask = (id: number, request: ClientRequest): Result<ClientAnswer> => {
    asked += 1;
    return cluster.answerOf(cluster.ask(id, `request ${asked}`, request));
  };
  const fill = (lastIndex: number): void => {
    while (leader.state.log.lastIndex < lastIndex) {
      ask(leader.id, { kind: 'append', entries: [new TextEncoder().encode(`entry ${asked}`)] });
    }
  };
  expect(ask(leader.id, { kind: 'set-retention', retainEntries })).toMatchObject({ ok: true });
  return { cluster, leader, ask, fill };
}

const eventsOf = <Type extends EventBody['type']>(node: VirtualNode, type: Type) =>
  node.events.filter((event): event is Extract<EventBody, { readonly type: Type }> => event.type === type);
const range = (startIndex: number): ClientRequest => ({ kind: 'index-range', startIndex, endIndex: 999 });

describe('a retention', () => {
  it('of 0 takes no snapshots', () => {
    const { leader, fill } = setUp(0);
    fill(40);
    expect(eventsOf(leader, 'snapshot-saved')).toEqual([]);
    expect(leader.state.log.base.index).toBe(0);
  });

  it('shortens the log of every server, and leaves at least so many entries', () => {
    const { cluster, fill } = setUp();
    fill(60);
    cluster.world.runFor(200);
    for (const node of cluster.nodes) {
      const { base, lastIndex } = node.state.log;
      expect(base.index).toBeGreaterThan(30);
      expect(lastIndex - base.index).toBeGreaterThanOrEqual(5);
      expect(node.disk.durable.snapshot?.meta.lastIncludedIndex).toBe(base.index);
      expect(eventsOf(node, 'snapshot-saved').at(-1)?.lastIncludedIndex).toBe(base.index);
    }
  });

  it('takes snapshots at the same places everywhere, equal to the byte', () => {
    const { cluster, fill } = setUp();
    fill(60);
    cluster.world.runFor(200);
    const [first, ...others] = cluster.nodes.map(({ disk }) => disk.durable.snapshot);
    expect(first?.meta.totalBytes).toBe(first?.data.byteLength);
    expect(others).toEqual([first, first]);
  });

  it('answers a range that begins too early with the first index that is kept', () => {
    const { leader, ask, fill } = setUp();
    fill(60);
    const { lastIndex } = leader.state.log;
    expect(ask(leader.id, range(1))).toMatchObject({ failure: { code: 'compacted', firstIndex: lastIndex - 4 } });
    expect(ask(leader.id, range(lastIndex - 4))).toMatchObject({ value: { entries: { length: 5 } } });
  });

  it('that is taken back takes no more snapshots', () => {
    const { leader, ask, fill } = setUp();
    fill(30);
    ask(leader.id, { kind: 'set-retention', retainEntries: 0 });
    const saved = eventsOf(leader, 'snapshot-saved').length;
    fill(80);
    expect(eventsOf(leader, 'snapshot-saved')).toHaveLength(saved);
  });
});

describe('a server that starts with a snapshot', () => {
  it('goes on from it, and knows its sessions', () => {
    const { cluster, leader, ask, fill } = setUp();
    const opened = ask(leader.id, { kind: 'open-session' });
    const sessionId = opened.ok && opened.value.kind === 'open-session' ? opened.value.sessionId : 0;
    const session = { sessionId, sequence: 1, lowestOpen: 1 };
    const request: ClientRequest = { kind: 'append', entries: [new Uint8Array([1])], session };
    const first = ask(leader.id, request);
    fill(50);
    cluster.world.runFor(200);
    for (const { id } of cluster.nodes) cluster.crash(id);
    for (const { id, events } of cluster.nodes) {
      events.length = 0;
      cluster.start(id);
    }
    const node = cluster.elect();
    const base = node.state.log.base.index;
    expect(node.events.slice(0, 2)).toMatchObject([
      { type: 'retention-changed', index: base },
      { type: 'snapshot-restored', lastIncludedIndex: base },
    ]);
    expect(eventsOf(node, 'entries-applied')[0]?.from).toBe(base + 1);
    expect(ask(node.id, request)).toEqual(first);
  });

  it('ends when the snapshot is no snapshot', () => {
    const { cluster, leader, fill } = setUp();
    fill(50);
    cluster.crash(leader.id);
    const { durable } = leader.disk;
    if (!durable.snapshot) throw new Error('there is no snapshot');
    leader.disk.durable = { ...durable, snapshot: { ...durable.snapshot, data: new Uint8Array([1, 2, 3]) } };
    expect(cluster.start(leader.id).failure).toMatchObject({ code: 'disk-failed' });
  });
});

describe('a follower that is behind the log of its leader', () => {
  it('gets the snapshot in chunks, and ends where the others are', () => {
    const { cluster, leader, ask, fill } = setUp();
    const follower = cluster.follower();
    cluster.crash(follower.id);
    fill(60);
    const back = cluster.start(follower.id);
    cluster.world.runUntil(() => back.state.commitIndex >= 60, 'the follower at the end of the log');
    expect(eventsOf(back, 'snapshot-chunk-taken').length).toBeGreaterThan(1);
    expect(eventsOf(back, 'snapshot-restored')).toHaveLength(1);
    const digestOf = (node: VirtualNode): number | undefined => eventsOf(node, 'entries-applied').at(-1)?.digest;
    cluster.world.runFor(200);
    expect(digestOf(back)).toBe(digestOf(leader));
    const { lastIndex } = leader.state.log;
    expect(ask(back.id, range(lastIndex))).toEqual(ask(leader.id, range(lastIndex)));
  });
});

describe('a disk', () => {
  it('that takes its time with a snapshot holds nothing else up', () => {
    const { cluster, leader, fill } = setUp();
    const held: (() => void)[] = [];
    leader.disk.saveVia = (complete) => void held.push(complete);
    fill(60);
    expect([held.length, leader.state.log.base.index]).toEqual([1, 0]);
    held[0]?.();
    cluster.world.runFor(50);
    expect(leader.state.log.base.index).toBeGreaterThan(0);
    fill(100);
    expect(held.length).toBe(2);
  });

  it('that fails at it ends the node', () => {
    const { cluster, leader, fill } = setUp();
    fill(12);
    leader.disk.saveVia = (complete) => {
      leader.disk.failure = MemoryDisk.broken();
      complete();
    };
    const asked = Array.from({ length: 20 }, (_, count) => cluster.append(leader.id, `more ${count}`));
    cluster.world.runUntil(() => leader.failure !== undefined, 'the end of the node');
    expect(leader.failure?.code).toBe('disk-failed');
    expect(asked.every(({ results }) => results.length === 1)).toBe(true);
  });
});

it('a lonely server shortens its log, too', () => {
  const { leader, fill } = setUp(5, 1);
  fill(60);
  expect(leader.state.log.base.index).toBeGreaterThan(30);
});

it('keeps serving while messages get lost, with snapshots on the way', () => {
  const { cluster, leader, fill } = setUp();
  const follower = cluster.follower();
  let sends = 0;
  cluster.route = ({ to }) => {
    sends += 1;
    return to === follower.id && sends % 3 === 0 ? [] : [tick];
  };
  cluster.crash(follower.id);
  fill(40);
  const back = cluster.start(follower.id);
  fill(90);
  cluster.world.runUntil(() => back.state.commitIndex >= 90, 'the follower at the end of the log');
  expect(back.failure).toBeUndefined();
  expect(leader.failure).toBeUndefined();
});
