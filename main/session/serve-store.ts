/** The store behind a port: takes a stream in and answers queries, until it is told to close. */
import type { MessagePort } from 'node:worker_threads';
import { assertNever } from '../../shared/assert.ts';
import type { LabEvent } from '../../shared/event.ts';
import { pack, unpack } from './pack.ts';
import { answerQuery } from './queries/answer-query.ts';
import { Recording } from './recording.ts';
import type { FromStore, StoreOptions, ToStore } from './store-messages.ts';
import { StreamStore } from './stream-store.ts';

/** What waits longer for its place in the file is lost when the app is killed: with the batches before, less than a second. */
const flushDelayMs = 500;
/** Large events don't wait: what waits is in one frame. */
const unwrittenBytesMax = 4 * 1024 * 1024;

type KeepOptions = Extract<StoreOptions, { mode: 'keep' }>;

export function serveStore(port: Pick<MessagePort, 'on' | 'postMessage' | 'close'>, options: KeepOptions): void {
  const say = (message: FromStore, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, [...transfer]);
  const recording = new Recording({ ...options, seed: Math.floor(Math.random() * 2 ** 32) });
  const store = new StreamStore(options.header.session, recording);
  let timer: NodeJS.Timeout | undefined;
  let unwrittenBytes = 0;
  let toldStopped = options.file === null;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    unwrittenBytes = 0;
    store.flush();
    if (toldStopped || recording.stopped === undefined) return;
    toldStopped = true;
    say({ type: 'notice', text: recording.stopped });
  }

  function take(bytes: Uint8Array): void {
    store.take(unpack(bytes) as readonly LabEvent[]);
    say({ type: 'taken', bytes: bytes.byteLength });
    unwrittenBytes += bytes.byteLength;
    if (unwrittenBytes > unwrittenBytesMax) flush();
    else timer ??= setTimeout(flush, flushDelayMs);
  }

  port.on('message', (message: ToStore) => {
    switch (message.type) {
      case 'begin':
        return store.begin(message.position, message.view, message.gap);
      case 'events':
        return take(message.bytes);
      case 'query': {
        const packed = pack(answerQuery(store, message.query));
        return say({ type: 'answer', id: message.id, packed }, [packed.buffer]);
      }
      case 'close':
        clearTimeout(timer);
        store.close();
        say({ type: 'closed' });
        return port.close();
      default:
        return assertNever(message, 'a message to the store');
    }
  });
}
