import { expect, it } from 'vitest';
import { keepNothing, queryOf } from '../../../main/bridge/ask-world.ts';
import { EventStream } from '../../../main/lab/event-stream.ts';
import { fail, succeed } from '../../../shared/result.ts';

const nothing = keepNothing(new EventStream(), 'real');
const entry = { term: 1, kind: 'client', payload: new Uint8Array([7]) } as const;
const query = queryOf(nothing, (node, index) => (node === 0 ? succeed(entry) : fail('invalid', `no ${index}`)));

it('asks a server for the entry that it holds', async () => {
  expect(await query({ type: 'entry-bytes', node: 0, index: 3 })).toEqual(succeed(entry));
  expect(await query({ type: 'entry-bytes', node: 1, index: 3 })).toEqual(fail('invalid', 'no 3'));
});

it('asks whoever keeps the stream for everything else, and says when nobody does', async () => {
  expect(await query({ type: 'bounds' })).toEqual(fail('not-running', 'Nothing is kept of this stream.'));
  await nothing.close();
});
