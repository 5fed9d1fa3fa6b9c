/** The store's thread as its owner sees it. */
import { expect, it } from 'vitest';
import { pack } from '../../../main/session/pack.ts';
import type { FromStore } from '../../../main/session/store-messages.ts';
import { spawnStoreFrom, StoreThread } from '../../../main/session/store-thread.ts';
import { builtFile } from '../../support/built-file.ts';
import { testHeader, wholeStory } from '../../support/kept-stream.ts';
import { failureOf, valueOf } from '../../support/real-lab.ts';

const options = { mode: 'keep', header: testHeader, file: null, bytesMax: 1 } as const;

it('counts what it has not taken in yet, answers in order, and ends when asked', async () => {
  const thread = new StoreThread(spawnStoreFrom(builtFile('session-worker.mjs'))(options), () => {});
  const bytes = pack(wholeStory().slice(0, 100));
  const size = bytes.byteLength;
  thread.send({ type: 'events', bytes }, [bytes.buffer]);
  expect(thread.queuedBytes).toBe(size);
  expect(valueOf(await thread.ask({ type: 'bounds' })).endPosition).toBe(100);
  expect(thread.queuedBytes).toBe(0);
  await thread.close();
  expect(thread.failure).toBe('its thread has ended');
  expect(failureOf(await thread.ask({ type: 'bounds' })).message).toMatch(/has failed: its thread has ended/);
  thread.send({ type: 'close' });
});

it('says why it died, and leaves no question open', async () => {
  const said: FromStore[] = [];
  const nowhere = spawnStoreFrom(new URL('file:///nowhere/session-worker.mjs'));
  const thread = new StoreThread(nowhere(options), (message) => said.push(message));
  expect(failureOf(await thread.ask({ type: 'bounds' })).code).toBe('internal');
  expect(said).toEqual([{ type: 'notice', text: expect.stringContaining('The store of the stream has failed') }]);
  await thread.close();
});
