/** The store's thread as its owner sees it: messages in, answers out, and its end. */
import { Worker } from 'node:worker_threads';
import type { Query, QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import { fail, type Result } from '../../shared/result.ts';
import { packedAnswer } from './packed-result.ts';
import { pack } from './pack.ts';
import type { FromStore, StoreOptions, ToStore } from './store-messages.ts';

export type SpawnStore = (options: StoreOptions) => Worker;

/** A `SpawnStore` that runs the built worker entry at `entry`. */
export function spawnStoreFrom(entry: URL): SpawnStore {
  return (options) => new Worker(entry, { name: 'session', workerData: options, execArgv: [] });
}

/** The entry lies beside the file that the build makes of this one. */
export const spawnStore: SpawnStore = (options) =>
  spawnStoreFrom(new URL('./session-worker.mjs', import.meta.url))(options);

/** A close that takes longer is ended by force; what was flushed before is in the file. */
const closeTimeoutMs = 3_000;

export class StoreThread {
  readonly #worker: Worker;
  readonly #onMessage: (message: FromStore) => void;
  readonly #waiting = new Map<number, (packed: Uint8Array) => void>();
  readonly #ended: Promise<void>;
  #nextId = 0;
  #queuedBytes = 0;
  #failure: string | undefined;

  /** @param onMessage of those that are no answers */
  constructor(worker: Worker, onMessage: (message: FromStore) => void) {
    this.#worker = worker;
    this.#onMessage = onMessage;
    worker.on('message', (message: FromStore) => this.#take(message));
    worker.on('error', (error) => {
      this.#failure = error instanceof Error ? error.message : String(error);
      onMessage({ type: 'notice', text: `The store of the stream has failed: ${this.#failure}` });
    });
    this.#ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#failure ??= 'its thread has ended';
        for (const answer of this.#waiting.values()) answer(this.#failed());
        this.#waiting.clear();
        resolve();
      });
    });
  }

  /** Bytes of events that it has not taken in yet. */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** Why it has ended, if it has. */
  get failure(): string | undefined {
    return this.#failure;
  }

  send(message: ToStore, transfer: readonly ArrayBuffer[] = []): void {
    if (this.#failure !== undefined) return;
    if (message.type === 'events') this.#queuedBytes += message.bytes.byteLength;
    this.#worker.postMessage(message, transfer);
  }

  /** Never rejects. */
  async ask<Type extends QueryType>(query: QueryOf<Type>): Promise<Result<QueryAnswerOf<Type>>> {
    return packedAnswer(await this.#askPacked(query), query);
  }

  /** Settles when the thread has ended, by itself or by force. */
  async close(): Promise<void> {
    this.send({ type: 'close' });
    const timer = setTimeout(() => void this.#worker.terminate(), closeTimeoutMs);
    await this.#ended;
    clearTimeout(timer);
  }

  #askPacked(query: Query): Promise<Uint8Array> {
    if (this.#failure !== undefined) return Promise.resolve(this.#failed());
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.send({ type: 'query', id, query });
    });
  }

  #take(message: FromStore): void {
    if (message.type === 'answer') {
      this.#waiting.get(message.id)?.(message.packed);
      this.#waiting.delete(message.id);
    } else if (message.type === 'taken') {
      this.#queuedBytes -= message.bytes;
    } else {
      this.#onMessage(message);
    }
  }

  #failed(): Uint8Array {
    return pack(fail('internal', `The store of this stream has failed: ${this.#failure ?? 'for no known reason'}.`));
  }
}
