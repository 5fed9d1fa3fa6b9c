/**
 * Keeps a stream in a store of its own thread. The thread that the stream comes out of only packs it, some events at a time,
 * and hands the bytes over.
 */
import { join } from 'node:path';
import type { Snapshot } from '../../shared/bridge.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import type { Result } from '../../shared/result.ts';
import { pack } from './pack.ts';
import { sessionFileName, type SessionHeader } from './session-header.ts';
import { spawnStore, StoreThread, type SpawnStore } from './store-thread.ts';

/** A stream, and what came of it so far. */
export interface StreamSource {
  /** Merged events, in order. @returns ends it */
  subscribe(handler: (events: readonly LabEvent[]) => void): () => void;
  snapshot(): Pick<Snapshot, 'session' | 'view' | 'position' | 'nowNs'>;
  /** `snapshot().position`, without the work of a snapshot. */
  readonly position: number;
}

export interface KeepOptions {
  /** Where the recording goes, as a file of its own; null: nothing is recorded, the latest is held in memory. */
  readonly folder: string | null;
  /** Of the application. */
  readonly version: string;
  readonly world: SessionHeader['world'];
  /** What the recording may take; by default `limits.recordingBytesMax`. */
  readonly bytesMax?: number;
  /** Bytes of events that may wait for the thread; by default `limits.storeQueueBytesMax`. */
  readonly queueBytesMax?: number;
  /** One line worth telling: the recording ended, the store failed. */
  readonly onNotice?: (text: string) => void;
  readonly spawn?: SpawnStore;
}

export interface KeptStream {
  /** Never rejects. What came out of the stream before is in the answer, which comes packed: see packed-result.ts. */
  query<Type extends QueryType>(query: QueryOf<Type>): Promise<Result<QueryAnswerOf<Type>>>;
  /** Keeps nothing more; settles when the recording is closed. */
  close(): Promise<void>;
}

/** Below the delay of a page's frames nothing is gained: a query hands over what waits. */
const batchDelayMs = 50;
const batchEvents = 1_024;
const fellBehind = 'The recorder could not keep up.';

export function keepStream(source: StreamSource, options: KeepOptions): KeptStream {
  return new StreamKeeper(source, options);
}

class StreamKeeper implements KeptStream {
  readonly #source: StreamSource;
  readonly #thread: StoreThread;
  readonly #unsubscribe: () => void;
  readonly #queueBytesMax: number;
  #pending: LabEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Events were left out. */
  #isBehind = false;

  constructor(source: StreamSource, options: KeepOptions) {
    const { folder, version, world, onNotice, spawn = spawnStore } = options;
    this.#source = source;
    this.#queueBytesMax = options.queueBytesMax ?? limits.storeQueueBytesMax;
    const { session, nowNs, position, view } = source.snapshot();
    const header: SessionHeader = { session, version, world, startedAtMs: Date.now(), startedAtNs: nowNs };
    const worker = spawn({
      mode: 'keep',
      header,
      file: folder === null ? null : join(folder, sessionFileName(header)),
      bytesMax: options.bytesMax ?? limits.recordingBytesMax,
    });
    this.#thread = new StoreThread(worker, (message) => {
      if (message.type === 'notice') onNotice?.(message.text);
    });
    if (position > 0) this.#thread.send({ type: 'begin', position, view });
    this.#unsubscribe = source.subscribe((events) => this.#collect(events));
  }

  query<Type extends QueryType>(query: QueryOf<Type>): Promise<Result<QueryAnswerOf<Type>>> {
    this.#handOver();
    return this.#thread.ask(query);
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    this.#handOver();
    await this.#thread.close();
  }

  #collect(events: readonly LabEvent[]): void {
    for (const event of events) this.#pending.push(event);
    if (this.#pending.length >= batchEvents) this.#handOver();
    else this.#timer ??= setTimeout(() => this.#handOver(), batchDelayMs);
  }

  #handOver(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#pending;
    if (events.length === 0) return;
    this.#pending = [];
    if (this.#thread.queuedBytes > this.#queueBytesMax) this.#isBehind = true;
    else if (this.#isBehind) this.#catchUp();
    else this.#send(events);
  }

  #send(events: readonly LabEvent[]): void {
    for (let at = 0; at < events.length; at += batchEvents) {
      const bytes = pack(events.length <= batchEvents ? events : events.slice(at, at + batchEvents));
      this.#thread.send({ type: 'events', bytes }, [bytes.buffer]);
    }
  }

  /** The events at hand are in the snapshot: they are left out, too. */
  #catchUp(): void {
    this.#isBehind = false;
    const { position, view } = this.#source.snapshot();
    this.#thread.send({ type: 'begin', position, view, gap: fellBehind });
  }
}
