/** A lab behind a port to its host. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FromLab, LabOptions, ToLab } from '../../../main/bridge/host-messages.ts';
import { portChannel } from '../../../main/bridge/port-channel.ts';
import { serveLab } from '../../../main/bridge/serve-lab.ts';
import { spawnNodeFrom } from '../../../main/lab/spawn-node.ts';
import { spawnStoreFrom } from '../../../main/session/store-thread.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { builtFile } from '../../support/built-file.ts';
import { testBasePort } from '../../support/ports.ts';
import { TestPage } from '../../support/test-page.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-serve-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function serve(nodes: number, more: Partial<LabOptions> = {}) {
  const { port1: host, port2: lab } = new MessageChannel();
  const said: FromLab[] = [];
  host.on('message', (message: FromLab) => said.push(message));
  const options: LabOptions = {
    folder: join(folder, 'data'),
    nodes,
    basePort: testBasePort(),
    timings: paperTimings,
    version: '1',
    ...more,
  };
  const ended = serveLab(lab, options, {
    spawn: spawnNodeFrom(builtFile('node-worker.mjs')),
    spawnStore: spawnStoreFrom(builtFile('session-worker.mjs')),
  });
  const tell = (message: ToLab): void => host.postMessage(message, message.type === 'connect' ? [message.port] : []);
  return { host, said, tell, ended };
}

it('takes pages in while the cluster starts, and is ready when it has', async () => {
  const { said, tell, ended } = serve(1);
  const { port1, port2 } = new MessageChannel();
  tell({ type: 'connect', port: port2 });
  const page = new TestPage(portChannel(port1), { keepsUp: true });
  const { snapshot } = await page.greet();
  await expect.poll(() => said.map(({ type }) => type)).toContain('ready');
  const types = (): string[] =>
    [...snapshot.recentEvents, ...page.of('events').flatMap(({ events }) => events)].map(({ type }) => type);
  await expect.poll(types).toContain('node-started');
  tell({ type: 'stop' });
  await ended;
  await expect.poll(() => said.at(-1)).toEqual({ type: 'ended' });
});

it('starts nothing unasked', async () => {
  const { said, tell, ended } = serve(0);
  await expect.poll(() => said).toEqual([{ type: 'ready' }]);
  tell({ type: 'stop' });
  await ended;
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

it('stops when its host is gone', async () => {
  const { host, ended } = serve(1);
  host.close();
  await expect(ended).resolves.toBeUndefined();
});

it('starts a simulated cluster where that is asked for, and needs no folders of nodes for it', async () => {
  const { said, tell, ended } = serve(3, { world: 'simulated', seed: 7 });
  await expect
    .poll(() => said.map((message) => (message.type === 'notice' ? message.text : message.type)))
    .toEqual([
      expect.stringContaining('3 nodes simulated with seed 7'),
      'ready',
      expect.stringMatching(/^node \d leads term 1 after \d+ ms$/),
    ]);
  tell({ type: 'stop' });
  await ended;
  expect(existsSync(join(folder, 'data', 'cluster-3'))).toBe(false);
});
