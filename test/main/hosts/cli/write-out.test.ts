import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { writeLines } from '../../../../main/hosts/cli/write-out.ts';

it('waits until the lines are taken', async () => {
  const taken: string[] = [];
  let release: () => void = () => {};
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      taken.push(chunk.toString());
      release = done;
    },
  });
  let isWritten = false;
  const writing = writeLines(['a', 'b'], stream).then(() => (isWritten = true));
  await Promise.resolve();
  expect([taken, isWritten]).toEqual([['a\nb\n'], false]);
  release();
  await writing;
  expect(isWritten).toBe(true);
});

it('does not wait for a reader that has gone, nor for nothing', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  stream.on('error', () => {});
  await writeLines(['a'], stream);
  await writeLines(['b'], stream);
  await writeLines([], stream);
  expect(stream.destroyed).toBe(true);
});
