/** The built worker entry in real threads. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openUdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { NodeThreads, type NodeThread } from '../../support/node-threads.ts';
import { until } from '../../support/until.ts';

const open: NodeThreads[] = [];

/** Threads and disks of a busy machine take their time; only a test that would hang gets this far. */
const bounds = { timeout: 60_000 };

async function create(size: number): Promise<NodeThreads> {
  const threads = await NodeThreads.create(size);
  open.push(threads);
  return threads;
}

afterEach(async () => {
  for (const threads of open.splice(0)) await threads.close();
});

const ok = expect.objectContaining({ ok: true });

/** Waits until one of them leads. */
async function leaderOf(threads: readonly NodeThread[]): Promise<NodeThread> {
  const leads = ({ events }: NodeThread): boolean =>
    events.findLast(({ type }) => type === 'role-changed')?.type === 'role-changed' &&
    events.some((event) => event.type === 'role-changed' && event.to === 'leader');
  return await until(() => threads.find(leads), 'a leader');
}

describe('a node', bounds, () => {
  it('says where it listens, with its first events before', async () => {
    const threads = await create(1);
    const node = threads.launch(0);
    expect(await node.ready()).toEqual({ host: '127.0.0.1', port: threads.ports[0] });
    expect(node.events[0]).toMatchObject({ type: 'node-started', node: 0, boot: 1, sequence: 1, lastIndex: 0 });
  });

  it('takes requests whoever leads', async () => {
    const threads = await create(3);
    const nodes = await threads.launchAll();
    const leader = await leaderOf(nodes);
    const others = nodes.filter((node) => node !== leader);
    for (const [at, node] of others.entries()) expect(await node.append(`through follower ${at}`)).toEqual(ok);
    for (const node of nodes) expect(await node.texts()).toEqual(['through follower 0', 'through follower 1']);
  });

  it('numbers its events above those of the lab that caused them', async () => {
    const threads = await create(1);
    const node = threads.launch(0, { lamport: 500 });
    await node.ready();
    expect(node.events[0]?.lamport).toBe(501);
    const request = { kind: 'index-range', startIndex: 0, endIndex: 1, read: 'local' } as const;
    node.tell({ type: 'request', requestId: 'a', request, timeoutMs: 1_000, lamport: 9_000 });
    // Far above: a hostile datagram may have pushed another node's clock, and the lab's with it.
    node.tell({ type: 'stop', lamport: 2 * limits.lamportJumpMax });
    await node.ended();
    expect(node.events.at(-1)).toMatchObject({ type: 'node-stopping' });
    expect(node.events.at(-1)?.lamport).toBeGreaterThan(2 * limits.lamportJumpMax);
  });

  it('obeys the fault rules that it is told', async () => {
    const threads = await create(2);
    const nodes = await threads.launchAll();
    await leaderOf(nodes);
    const rule = { id: 'cut 0→1', link: { from: 0, to: 1 }, action: { kind: 'cut' } } as const;
    nodes[1]?.tell({ type: 'fault-rules', rules: [rule] });
    const dropped = await until(
      () => nodes[1]?.events.find((event) => event.type === 'datagram-dropped'),
      'a dropped datagram',
    );
    expect(dropped).toMatchObject({ from: 0, faultRule: 'cut 0→1' });
  });
});

describe('a stop', bounds, () => {
  it('ends the thread with code 0, after its last events and its last word', async () => {
    const threads = await create(1);
    const node = threads.launch(0);
    await node.ready();
    expect(await node.stop()).toMatchObject({ cause: 'stopped', code: 'asked' });
    expect(await node.exitCode).toBe(0);
    expect(node.messages.at(-1)?.type).toBe('ended');
    expect(node.events.at(-1)?.type).toBe('node-stopping');
  });

  it('answers who waits', async () => {
    const threads = await create(3);
    const node = threads.launch(0);
    await node.ready();
    const asked = node.append('nobody leads');
    expect(await node.stop()).toMatchObject({ code: 'asked' });
    expect(await asked).toMatchObject({ failure: { code: 'not-running' } });
  });

  it('that is asked for before the node is ready is obeyed, too', async () => {
    const threads = await create(1);
    expect(await threads.launch(0).stop()).toMatchObject({ cause: 'stopped', code: 'asked' });
  });

  it('leaves port and folder to the next one at once', async () => {
    const threads = await create(1);
    for (const boot of [1, 2, 3]) {
      const node = threads.launch(0);
      await node.ready();
      expect(node.events[0]).toMatchObject({ boot });
      await node.stop();
    }
  });
});

describe('a node that can not start says why, and its thread ends', bounds, () => {
  it('the port is taken', async () => {
    const threads = await create(1);
    const other = await openUdpDatagrams({ host: '127.0.0.1', port: threads.ports[0] ?? 0 });
    const node = threads.launch(0);
    expect(await node.ended()).toMatchObject({
      cause: 'failed',
      code: 'port-taken',
      reason: `127.0.0.1:${threads.ports[0]} is taken by another program. Stop that program or choose another port.`,
    });
    expect(await node.exitCode).toBe(0);
    other.close();
    await other.closed;
  });

  it('the host is no address', async () => {
    const threads = await create(1);
    const node = threads.launch(0, { members: [{ id: 0, address: { host: 'localhost', port: 0 } }] });
    expect(await node.ended()).toMatchObject({
      cause: 'failed',
      reason: expect.stringContaining('no address to listen at'),
    });
  });

  it('another node has the folder', async () => {
    const threads = await create(2);
    const first = threads.launch(0);
    await first.ready();
    const second = threads.launch(1, { folder: threads.folderOf(0) });
    expect(await second.ended()).toMatchObject({
      cause: 'failed',
      code: 'folder-locked',
      reason: expect.stringContaining(threads.folderOf(0)),
    });
    expect(await first.stop()).toMatchObject({ cause: 'stopped' });
  });

  it('the folder can not be made', async () => {
    const threads = await create(1);
    writeFileSync(join(threads.folder, 'file'), 'not a folder');
    const folder = join(threads.folder, 'file', 'data');
    expect(await threads.launch(0, { folder }).ended()).toMatchObject({
      cause: 'failed',
      code: 'folder-unusable',
      reason: expect.stringContaining(folder),
    });
  });

  it('the log is damaged in its middle: it names file and offset, and changes nothing', async () => {
    const threads = await create(1);
    const node = threads.launch(0);
    await node.ready();
    for (let count = 0; count < 50; count++) await node.append(`entry ${count}`);
    await node.stop();
    const folder = threads.folderOf(0);
    const name =
      readdirSync(folder).find((file) => readFileSync(join(folder, file)).includes('entry 7')) ?? 'no such file';
    const damaged = readFileSync(join(folder, name));
    damaged.write('ENTRY 7', damaged.indexOf('entry 7'));
    writeFileSync(join(folder, name), damaged);
    expect(await threads.launch(0).ended()).toMatchObject({
      cause: 'failed',
      code: 'log-damaged',
      reason: expect.stringMatching(new RegExp(`${name}.*\\d+`)),
    });
    expect(readFileSync(join(folder, name)).equals(damaged)).toBe(true);
  });

  it('the node is not in the list of members', async () => {
    const threads = await create(1);
    expect(await threads.launch(0, { id: 7 }).ended()).toMatchObject({
      cause: 'failed',
      reason: expect.stringContaining('node 7 is a member of its own cluster'),
    });
  });

  it('and leaves the folder as it was', async () => {
    const threads = await create(1);
    mkdirSync(threads.folderOf(0));
    const other = await openUdpDatagrams({ host: '127.0.0.1', port: threads.ports[0] ?? 0 });
    await threads.launch(0).ended();
    other.close();
    await other.closed;
    const node = threads.launch(0);
    await node.ready();
    expect(await node.append('foo')).toEqual(ok);
  });
});

describe('what was answered is never lost', bounds, () => {
  it('when all nodes are stopped and started', async () => {
    const threads = await create(3);
    const first = await threads.launchAll();
    await first[0]?.append('a', 'b');
    for (const node of first) await node.stop();
    for (const node of await threads.launchAll()) expect(await node.texts()).toEqual(['a', 'b']);
  });

  it('when all threads are killed in the middle of their work, again and again', async () => {
    const threads = await create(3);
    const answered: string[] = [];
    for (let round = 0; round < 4; round++) {
      const nodes = await threads.launchAll();
      const [first] = nodes;
      if (!first) throw new Error('there is no node');
      expect(await first.texts()).toEqual(expect.arrayContaining(answered));
      const work = { isOver: false };
      const write = async (node: NodeThread, at: number): Promise<void> => {
        for (let count = 0; !work.isOver; count++) {
          const text = `${round} ${at} ${count}`;
          // A killed node does not answer any more.
          const result = await Promise.race([node.append(text), node.exitCode]);
          if (typeof result === 'number') return;
          if (result.ok) answered.push(text);
        }
      };
      const writers = nodes.map(async (node, at) => await write(node, at));
      const before = answered.length;
      await until(() => answered.length >= before + 30, 'thirty answers');
      await Promise.all(nodes.map(async (node) => await node.kill()));
      work.isOver = true;
      await Promise.all(writers);
    }
    const nodes = await threads.launchAll();
    for (const node of nodes) {
      const texts = await node.texts();
      expect(texts).toEqual(expect.arrayContaining(answered));
      expect(new Set(texts).size).toBe(texts.length);
    }
  });

  it('when the leader is killed: the next one has it', async () => {
    const threads = await create(3);
    const nodes = await threads.launchAll();
    const leader = await leaderOf(nodes);
    const others = nodes.filter((node) => node !== leader);
    expect(await others[0]?.append('foo')).toEqual(ok);
    await leader.kill();
    for (const node of others) expect(await node.texts()).toEqual(['foo']);
    expect(await others[1]?.append('bar')).toEqual(ok);
    const back = threads.launch(nodes.indexOf(leader));
    await back.ready();
    expect(await back.texts()).toEqual(['foo', 'bar']);
  });
});
