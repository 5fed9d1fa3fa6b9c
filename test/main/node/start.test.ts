/** The built library: `start` from out/main/library.mjs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type * as Library from '../../../main/node/start.ts';
import { openUdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { builtFile } from '../../support/built-file.ts';
import { findFreePorts } from '../../support/ports.ts';
import { until } from '../../support/until.ts';

const library = (await import(builtFile('library.mjs').href)) as typeof Library;

/** Threads and disks of a busy machine take their time; only a test that would hang gets this far. */
const bounds = { timeout: 60_000 };

const running: Library.RaftNode[] = [];
const folders: string[] = [];

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'raft-library-'));
  folders.push(folder);
  return folder;
}

async function listOf(size: number): Promise<Library.NodeList> {
  return (await findFreePorts(size)).map((port, id) => [id, `127.0.0.1:${port}`]);
}

async function start(id: number, nodes: Library.NodeList, folder: string, options?: Library.StartOptions) {
  const node = await library.start(id, nodes, folder, { requestTimeoutMs: 30_000, ...options });
  running.push(node);
  return node;
}

async function startAlone(options?: Library.StartOptions): Promise<Library.RaftNode> {
  return await start(0, await listOf(1), createFolder(), options);
}

afterEach(async () => {
  for (const node of running.splice(0)) await node.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('a server', bounds, () => {
  it('takes text and bytes, and gives bytes back', async () => {
    const node = await startAlone();
    const appended = await node.append({ entries: ['föö', new Uint8Array([0, 255])] });
    expect(appended).toMatchObject({ firstIndex: 2, lastIndex: 3 });
    const { entries, appliedIndex } = await node.indexRange({ startIndex: 0, endIndex: 5 });
    expect(entries.map(({ payload }) => [...payload])).toEqual([[...new TextEncoder().encode('föö')], [0, 255]]);
    expect(appliedIndex).toBe(3);
  });

  it('tells where it listens and what happens', async () => {
    const node = await startAlone();
    const events: Library.LabEvent[] = [];
    node.onEvent((event) => events.push(event));
    expect(node.address.host).toBe('127.0.0.1');
    await until(() => events.some((event) => event.type === 'role-changed' && event.to === 'leader'), 'the leader');
    expect(node.id).toBe(0);
  });

  it('takes its folder up again', async () => {
    const [nodes, folder] = [await listOf(1), createFolder()];
    const first = await start(0, nodes, folder);
    await first.append({ entries: ['foo'] });
    await first.close();
    const second = await start(0, nodes, folder);
    const { entries } = await second.indexRange({ startIndex: 0, endIndex: 5 });
    expect(entries).toMatchObject([{ index: 2 }]);
  });
});

describe('what can not be done is a RaftError that says what to do', bounds, () => {
  it('a conflict carries the actual last entry', async () => {
    const node = await startAlone();
    const { term } = await node.append({ entries: ['foo'] });
    const again = node.append({ entries: ['foo'], expect: { prevLogIndex: 0, prevLogTerm: 0 } });
    await expect(again).rejects.toThrow(library.RaftError);
    await expect(again).rejects.toMatchObject({ failure: { code: 'conflict', lastClientEntry: { index: 2, term } } });
  });

  it.each([
    [
      'a range that ends before it starts',
      async (node: Library.RaftNode) => await node.indexRange({ startIndex: 5, endIndex: 1 }),
      'invalid',
    ],
    ['nothing to append', async (node: Library.RaftNode) => await node.append({ entries: [] }), 'invalid'],
    [
      'too much to append',
      async (node: Library.RaftNode) => await node.append({ entries: ['x'.repeat(1024 * 1024 + 1)] }),
      'too-large',
    ],
    [
      'a condition that is none',
      async (node: Library.RaftNode) =>
        await node.append({ entries: ['x'], expect: { prevLogIndex: 0.5, prevLogTerm: -1 } }),
      'invalid',
    ],
  ])('%s, and the server goes on', async (_what, act, code) => {
    const node = await startAlone();
    await expect(act(node)).rejects.toMatchObject({ failure: { code } });
    await expect(node.append({ entries: ['foo'] })).resolves.toMatchObject({ firstIndex: 2 });
  });

  it('no leader within the time that was given', async () => {
    const node = await start(0, await listOf(3), createFolder(), { requestTimeoutMs: 50 });
    await expect(node.append({ entries: ['foo'] })).rejects.toMatchObject({ failure: { code: 'no-leader' } });
  });

  it('a start on a taken port', async () => {
    const nodes = await listOf(1);
    const port = Number(nodes[0]?.[1].split(':')[1]);
    const other = await openUdpDatagrams({ host: '127.0.0.1', port });
    await expect(library.start(0, nodes, createFolder())).rejects.toMatchObject({
      failure: { code: 'unusable', message: expect.stringContaining('is taken by another program') },
    });
    other.close();
    await other.closed;
  });

  it.each([
    ['an address that is none', 0, 'here', '"here" is no address'],
    ['a node that is not in its own list', 3, '127.0.0.1:20000', 'Node 3 is not in the list of nodes'],
  ])('%s', async (_what, id, address, message) => {
    const started = library.start(id, [[0, address]], createFolder());
    await expect(started).rejects.toThrow(library.RaftError);
    await expect(started).rejects.toMatchObject({
      failure: { code: 'invalid', message: expect.stringContaining(message) },
    });
  });
});

describe('a close', bounds, () => {
  it('fails what waits and what comes later, and may be repeated', async () => {
    const node = await start(0, await listOf(3), createFolder());
    const waiting = node.append({ entries: ['foo'] }).catch((error: unknown) => error);
    await node.close();
    expect(await waiting).toMatchObject({ failure: { code: 'not-running' } });
    await node.close();
    await expect(node.append({ entries: ['foo'] })).rejects.toMatchObject({ failure: { code: 'not-running' } });
  });
});
