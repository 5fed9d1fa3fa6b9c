import { expect, it } from 'vitest';
import { answerTo, appendRequest, rangeRequest } from '../../../main/node/client-ask.ts';

it('asks for what a command says, and for nothing more', () => {
  const expectation = { prevLogIndex: 1, prevLogTerm: 1 };
  const append = { type: 'append', node: 0, entries: ['a', Uint8Array.of(7)] } as const;
  expect(appendRequest({ ...append, entries: [...append.entries] })).toEqual({
    kind: 'append',
    entries: [Uint8Array.of(97), Uint8Array.of(7)],
  });
  expect(appendRequest({ type: 'append', node: 0, entries: ['a'], expect: expectation }).expect).toEqual(expectation);
  const range = { type: 'index-range', node: 0, startIndex: 1, endIndex: 2 } as const;
  expect(rangeRequest(range)).toEqual({ kind: 'index-range', startIndex: 1, endIndex: 2 });
  expect(rangeRequest({ ...range, read: 'lease', includeInternal: true })).toEqual({
    kind: 'index-range',
    startIndex: 1,
    endIndex: 2,
    read: 'lease',
    includeInternal: true,
  });
});

it('takes no answer to something else', () => {
  const value = { kind: 'append', firstIndex: 1, lastIndex: 1, term: 1 } as const;
  const range = { kind: 'index-range', startIndex: 1, endIndex: 2 } as const;
  expect(answerTo<'append'>({ kind: 'append', entries: [] }, { ok: true, value })).toEqual({ ok: true, value });
  expect(answerTo<'index-range'>(range, { ok: true, value })).toMatchObject({ failure: { code: 'internal' } });
  const failure = { code: 'no-leader', message: 'Nobody leads.' } as const;
  expect(answerTo<'append'>({ kind: 'append', entries: [] }, { ok: false, failure })).toEqual({ ok: false, failure });
});
