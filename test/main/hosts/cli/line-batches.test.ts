import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { lineBatches } from '../../../../main/hosts/cli/line-batches.ts';
import { limits } from '../../../../shared/cluster-config.ts';

/** The batches of what arrives in these pieces. */
async function batches(...chunks: readonly (string | Uint8Array)[]): Promise<string[][]> {
  const all: string[][] = [];
  for await (const batch of lineBatches(Readable.from(chunks.map((chunk) => Buffer.from(chunk)))))
    all.push(batch.map((line) => Buffer.from(line).toString('latin1')));
  return all;
}

describe('lines of a stream', () => {
  it('that arrive together come together, and others when they come', async () => {
    expect(await batches('a\nb\n', 'c\n')).toEqual([['a', 'b'], ['c']]);
    expect(await batches()).toEqual([]);
  });

  it('are whole, however they were cut', async () => {
    expect(await batches('a', 'b\nc', '', 'd\r', '\ne')).toEqual([['ab'], ['cd'], ['e']]);
    expect(await batches('a\r\nb\r')).toEqual([['a'], ['b']]);
  });

  it('may be empty, and any bytes', async () => {
    expect(await batches('\n\na\n')).toEqual([['', '', 'a']]);
    expect(await batches(Uint8Array.of(0xff, 0x0a, 0xfe))).toEqual([['\u00ff'], ['\u00fe']]);
  });

  it('come in no more, and with no more bytes, than an append may hold', async () => {
    const many = await batches('x\n'.repeat(limits.entriesPerRequestMax + 1));
    expect(many.map(({ length }) => length)).toEqual([limits.entriesPerRequestMax, 1]);
    const line = 'y'.repeat(limits.entryPayloadBytesMax);
    const large = await batches(`${line}\n${line}\n`);
    expect(large).toEqual([[line], [line]]);
  });

  it('that are longer than any entry never fill memory', async () => {
    const piece = 'z'.repeat(limits.entryPayloadBytesMax);
    const [first] = await batches(piece, piece, piece);
    expect(first?.[0]?.length).toBe(2 * limits.entryPayloadBytesMax);
  });
});
