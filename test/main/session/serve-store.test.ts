/** The store behind a port. */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pack, unpack } from '../../../main/session/pack.ts';
import { serveStore } from '../../../main/session/serve-store.ts';
import type { FromStore, ToStore } from '../../../main/session/store-messages.ts';
import { TestFolder, testHeader, viewBehind, wholeStory } from '../../support/kept-stream.ts';

const events = wholeStory();
let folder: TestFolder;
let port: MessagePort;
let said: FromStore[];

beforeEach(() => {
  folder = new TestFolder();
});

afterEach(() => {
  port.close();
  folder.remove();
});

function serve(file: string | null): void {
  const { port1, port2 } = new MessageChannel();
  port = port1;
  said = [];
  port1.on('message', (message: FromStore) => said.push(message));
  serveStore(port2, { mode: 'keep', header: testHeader, file, bytesMax: 1e9 });
}

function tell(message: ToStore): void {
  port.postMessage(message);
}

function answers(): unknown[] {
  return said.flatMap((message) => (message.type === 'answer' ? [[message.id, unpack(message.packed)]] : []));
}

it('takes events in, says so, and answers', async () => {
  serve(null);
  const bytes = pack(events.slice(0, 100));
  tell({ type: 'events', bytes });
  tell({ type: 'query', id: 7, query: { type: 'events', from: 98, limit: 10 } });
  await expect.poll(answers).toHaveLength(1);
  expect(said[0]).toEqual({ type: 'taken', bytes: bytes.byteLength });
  expect(answers()).toEqual([
    [7, { ok: true, value: { positions: [98, 99], events: events.slice(98, 100), next: 100 } }],
  ]);
});

it('writes what came without being asked to, and ends the file when it is closed', async () => {
  serve(folder.file());
  tell({ type: 'events', bytes: pack(events.slice(0, 100)) });
  await expect.poll(() => readdirSync(folder.path)).toEqual(['test.raftlab']);
  const { size } = statSync(folder.file());
  tell({ type: 'close' });
  await expect.poll(() => said.at(-1)).toEqual({ type: 'closed' });
  expect(statSync(folder.file()).size).toBeGreaterThan(size);
});

it('goes on behind a gap', async () => {
  serve(null);
  tell({ type: 'events', bytes: pack(events.slice(0, 10)) });
  tell({ type: 'begin', position: 20, view: viewBehind(events, 20), gap: 'busy' });
  tell({ type: 'events', bytes: pack(events.slice(20, 30)) });
  tell({ type: 'query', id: 1, query: { type: 'bounds' } });
  await expect.poll(answers).toMatchObject([[1, { value: { endPosition: 30, gaps: [{ from: 10, to: 20 }] } }]]);
});

it('says once that nothing can be recorded', async () => {
  mkdirSync(folder.file());
  serve(folder.file());
  const notices = (): FromStore[] => said.filter(({ type }) => type === 'notice');
  tell({ type: 'events', bytes: pack(events.slice(0, 10)) });
  await expect.poll(notices).toEqual([{ type: 'notice', text: expect.stringContaining("can't be recorded") }]);
  tell({ type: 'events', bytes: pack(events.slice(10, 20)) });
  tell({ type: 'close' });
  await expect.poll(() => said.at(-1)).toEqual({ type: 'closed' });
  expect(notices()).toHaveLength(1);
});
