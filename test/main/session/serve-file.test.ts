/** A session file behind a port. */
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unpack } from '../../../main/session/pack.ts';
import { serveFile } from '../../../main/session/serve-file.ts';
import type { FromStore } from '../../../main/session/store-messages.ts';
import { storeOf, TestFolder, testHeader, wholeStory } from '../../support/kept-stream.ts';

let folder: TestFolder;

beforeEach(() => {
  folder = new TestFolder();
});

afterEach(() => folder.remove());

function serve(file: string) {
  const { port1: port, port2 } = new MessageChannel();
  const said: FromStore[] = [];
  port.on('message', (message: FromStore) => said.push(message));
  serveFile(port2, file);
  return { port, said };
}

it('says what is in it, answers, and ends', async () => {
  storeOf(wholeStory(), { file: folder.file() }).close();
  const { port, said } = serve(folder.file());
  port.postMessage({ type: 'query', id: 3, query: { type: 'bounds' } });
  port.postMessage({ type: 'close' });
  await expect.poll(() => said.at(-1)).toEqual({ type: 'closed' });
  expect(said[0]).toEqual({ type: 'opened', header: testHeader, problems: [] });
  const [, answer] = said;
  expect(answer).toMatchObject({ type: 'answer', id: 3 });
  expect(answer?.type === 'answer' && unpack(answer.packed)).toMatchObject({
    ok: true,
    value: { endPosition: wholeStory().length },
  });
});

it('says why it can not be opened', async () => {
  const { said } = serve(folder.file('missing'));
  await expect.poll(() => said).toEqual([{ type: 'unusable', reason: expect.stringContaining('missing') }]);
});
