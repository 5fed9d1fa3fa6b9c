/** Each query finds its answer. */
import { expect, it } from 'vitest';
import { answerQuery } from '../../../../main/session/queries/answer-query.ts';
import type { Query } from '../../../../shared/query.ts';
import { ask, storeOf, wholeStory } from '../../../support/kept-stream.ts';

const store = storeOf(wholeStory());
const span = { fromNs: 0, toNs: 1e12 };

it.each<Query>([
  { type: 'bounds' },
  { type: 'view-at', at: { position: 5 } },
  { type: 'events', from: 0, limit: 1 },
  { type: 'find-event', from: 0, direction: 'forwards', filter: {} },
  { type: 'landmarks', ...span, max: 10 },
  { type: 'seconds', ...span },
  { type: 'entry-life', index: 1 },
])('%o', (query) => {
  expect(answerQuery(store, query)).toMatchObject({ ok: true, value: expect.anything() });
});

it('the bytes of an entry are not in the stream', () => {
  expect(ask(store, { type: 'entry-bytes', node: 0, index: 1 })).toMatchObject({ failure: { code: 'refused' } });
});

it('of a stream of which nothing is held, none has one', () => {
  expect(ask(storeOf([]), { type: 'bounds' })).toMatchObject({ failure: { code: 'not-running' } });
});

it('what can not be read is said', () => {
  const { landmarks, chunks } = store;
  const broken = chunks.map((chunk) => ({
    summary: chunk.summary,
    bytes: 1,
    seconds: () => [],
    load: () => {
      throw new Error('EIO: the disk is gone');
    },
  }));
  const content = { session: 's', recording: null, chunks: broken, landmarks, latestLandmarks: [], second: null };
  const answer = ask(content, { type: 'events', from: 0, limit: 1 });
  expect(answer).toMatchObject({ failure: { code: 'unusable', message: expect.stringContaining('the disk is gone') } });
});
