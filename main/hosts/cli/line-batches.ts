/**
 * Lines of a stream as the entries of appends: as many together as have arrived, and as one append may hold.
 */
import { limits } from '../../../shared/cluster-config.ts';
import { entryBytes } from '../../../shared/log-entry.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Each batch has at least one line, without its end; the last line may lack one. Reads on when the next batch is asked for. A
 * line that is longer than any entry comes as soon as that is known, in pieces: whoever appends the first one is refused.
 */
export async function* lineBatches(stream: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Uint8Array[]> {
  /** Of a line whose end has not come. */
  let begun = new Uint8Array();
  for await (const chunk of stream) {
    const bytes = begun.length === 0 ? chunk : Buffer.concat([begun, chunk]);
    const { lines, rest } = split(bytes);
    yield* batchesOf(lines);
    begun = new Uint8Array(rest);
    if (begun.length <= limits.entryPayloadBytesMax + 1) continue;
    yield [begun];
    begun = new Uint8Array();
  }
  if (begun.length > 0) yield [withoutReturn(begun)];
}

function split(bytes: Uint8Array): { readonly lines: readonly Uint8Array[]; readonly rest: Uint8Array } {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
    lines.push(withoutReturn(bytes.subarray(start, end)));
    start = end + 1;
  }
  return { lines, rest: bytes.subarray(start) };
}

/** Of its own: the chunk that it stood in may be used again. */
function withoutReturn(line: Uint8Array): Uint8Array {
  return new Uint8Array(line.at(-1) === carriageReturn ? line.subarray(0, -1) : line);
}

function* batchesOf(lines: readonly Uint8Array[]): Generator<readonly Uint8Array[]> {
  let batch: Uint8Array[] = [];
  let batchBytes = 0;
  for (const payload of lines) {
    const bytes = entryBytes({ payload });
    const isFull = batch.length === limits.entriesPerRequestMax || batchBytes + bytes > limits.requestBytesMax;
    if (isFull && batch.length > 0) {
      yield batch;
      [batch, batchBytes] = [[], 0];
    }
    batch.push(payload);
    batchBytes += bytes;
  }
  if (batch.length > 0) yield batch;
}
