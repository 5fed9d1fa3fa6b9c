/** The built lab thread with its node threads, as a host runs it. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromLab, LabOptions, ToLab } from '../../../main/bridge/host-messages.ts';
import { portChannel } from '../../../main/bridge/port-channel.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { builtFile } from '../../support/built-file.ts';
import { testBasePort } from '../../support/ports.ts';
import { TestPage } from '../../support/test-page.ts';

let folder: string;
let worker: Worker | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-worker-'));
});

afterEach(async () => {
  await worker?.terminate();
  rmSync(folder, { recursive: true, force: true });
});

interface Host {
  readonly said: FromLab[];
  readonly notices: () => string[];
  readonly exitCode: Promise<number>;
  readonly tell: (message: ToLab) => void;
  readonly open: () => TestPage;
}

function startHost(options: Partial<LabOptions>): Host {
  const workerData: LabOptions = {
    folder,
    nodes: 0,
    basePort: testBasePort(),
    timings: paperTimings,
    version: '9.9.9',
    ...options,
  };
  const thread = new Worker(builtFile('lab-worker.mjs'), { workerData, execArgv: [] });
  worker = thread;
  const said: FromLab[] = [];
  thread.on('message', (message: FromLab) => said.push(message));
  const exitCode = once(thread, 'exit').then(([code]) => code as number);
  return {
    said,
    notices: () => said.flatMap((message) => (message.type === 'notice' ? [message.text] : [])),
    exitCode,
    tell: (message) => thread.postMessage(message),
    open: () => {
      const { port1, port2 } = new MessageChannel();
      thread.postMessage({ type: 'connect', port: port2 } satisfies ToLab, [port2]);
      return new TestPage(portChannel(port1), { keepsUp: true });
    },
  };
}

async function ready(host: Host): Promise<void> {
  await expect.poll(() => host.said.some(({ type }) => type === 'ready')).toBe(true);
}

describe('lab worker', () => {
  it('starts a cluster, tells of it, serves a page, and ends when asked', async () => {
    const host = startHost({ nodes: 3 });
    await ready(host);
    await expect
      .poll(() => host.notices().join('\n'))
      .toMatch(/^3 nodes listen on .*\nnode \d leads term \d+ after \d+ ms$/);
    const page = host.open();
    const { version, snapshot } = await page.greet();
    expect(version).toBe('9.9.9');
    expect(snapshot.view.nodes).toHaveLength(3);
    page.say({ type: 'command', id: 1, command: { type: 'append', node: 1, entries: ['foo'] } });
    expect((await page.heard('answer', 1)).result).toMatchObject({ ok: true });
    page.say({ type: 'command', id: 2, command: { type: 'index-range', node: 2, startIndex: 0, endIndex: 5 } });
    const { result } = await page.heard('answer', 2);
    expect(result).toMatchObject({ ok: true, value: { entries: [{ payload: new TextEncoder().encode('foo') }] } });

    host.tell({ type: 'stop' });
    expect(await host.exitCode).toBe(0);
    expect(host.said.at(-1)).toEqual({ type: 'ended' });
    await expect.poll(() => page.closed).toBe(true);
    const types = page.of('events').flatMap(({ events }) => events.map((event) => event.type));
    expect(types.at(-1)).toBe('cluster-stopped');
  });

  it('says why the cluster could not be started, and is there all the same', async () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, '');
    const host = startHost({ nodes: 3, folder: blocked });
    await ready(host);
    expect(host.notices()).toEqual([expect.stringContaining(`Could not use the folder ${blocked}`)]);
    const { snapshot } = await host.open().greet();
    expect(snapshot.view.status).toBe('none');
    expect(snapshot.recentEvents).toMatchObject([{ type: 'command-refused', command: 'start-cluster' }]);
    host.tell({ type: 'stop' });
    expect(await host.exitCode).toBe(0);
  });

  it('ends in the middle of a start', async () => {
    const host = startHost({ nodes: 9 });
    host.tell({ type: 'stop' });
    expect(await host.exitCode).toBe(0);
    expect(host.said.at(-1)).toEqual({ type: 'ended' });
  });
});
