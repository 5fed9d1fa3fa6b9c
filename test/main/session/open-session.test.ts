/** A recorded session, read by the built thread. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSession } from '../../../main/session/open-session.ts';
import { spawnStoreFrom } from '../../../main/session/store-thread.ts';
import { builtFile } from '../../support/built-file.ts';
import { storeOf, TestFolder, testHeader, viewBehind, wholeStory } from '../../support/kept-stream.ts';
import { failureOf, valueOf } from '../../support/real-lab.ts';

const events = wholeStory();
const spawn = spawnStoreFrom(builtFile('session-worker.mjs'));
let folder: TestFolder;

beforeEach(() => {
  folder = new TestFolder();
});

afterEach(() => folder.remove());

it('answers as the store did that recorded it', async () => {
  storeOf(events, { file: folder.file() }).close();
  const session = valueOf(await openSession(folder.file(), spawn));
  expect(session).toMatchObject({ header: testHeader, problems: [] });
  const answer = valueOf(await session.query({ type: 'view-at', at: { position: 700 } }));
  expect(answer.view).toEqual(viewBehind(events, 700));
  await session.close();
  expect(failureOf(await session.query({ type: 'bounds' }))).toMatchObject({ code: 'internal' });
});

it('says why a file is none, and when its thread can not run', async () => {
  expect(failureOf(await openSession(folder.file(), spawn))).toMatchObject({ code: 'unusable' });
  const nowhere = spawnStoreFrom(new URL('file:///nowhere/session-worker.mjs'));
  expect(failureOf(await openSession(folder.file(), nowhere))).toMatchObject({ code: 'internal' });
});
