/**
 * The library: one real Raft server in a thread of its own, without the app around it. `start(id, nodes, path)` takes
 * the three things that the prototype took.
 */
import { Worker } from 'node:worker_threads';
import { limits, type Address } from '../../shared/cluster-config.ts';
import type {
  AppendAnswer,
  ClientAnswer,
  ClientRequest,
  IndexRangeRequest,
  RangeAnswer,
} from '../../shared/client-request.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Expectation } from '../../shared/log-entry.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { entryPayload } from './entry-payload.ts';
import { readStart, type NodeList, type StartOptions } from './read-start.ts';
import type { FromNode, NodeOptions, ToNode } from './worker-messages.ts';

/** A request or a start that failed; `failure.message` says what to do. */
export class RaftError extends Error {
  override readonly name = 'RaftError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A running server. Every method works on any server of the cluster, whoever leads. */
export interface RaftNode {
  readonly id: NodeId;
  /** Where it listens. */
  readonly address: Address;
  /**
   * Appends entries, text or bytes, and answers when all are committed.
   * @throws RaftError (rejects); `failure.code` `timed-out` means that the outcome is not known.
   */
  append(request: {
    readonly entries: readonly (string | Uint8Array)[];
    readonly expect?: Expectation;
  }): Promise<AppendAnswer>;
  /**
   * Reads committed entries, both ends included; asking for more than there is returns what there is.
   * @throws RaftError (rejects).
   */
  indexRange(request: Omit<IndexRangeRequest, 'kind'>): Promise<RangeAnswer>;
  /** Everything that the server does, with reasons. */
  onEvent(handler: (event: LabEvent) => void): void;
  /** Closes cleanly; settles when the thread has ended. */
  close(): Promise<void>;
}

/**
 * Starts one server and settles when it listens.
 * @param id which of `nodes` this one is
 * @param nodes the whole cluster
 * @param path its data folder; created when missing, taken up again when not
 * @throws RaftError (rejects) when the arguments make no sense (`invalid`), and when the port is taken, the folder can't be
 * used or the log is damaged (`unusable`).
 */
export async function start(id: NodeId, nodes: NodeList, path: string, options: StartOptions = {}): Promise<RaftNode> {
  const request = readStart(id, nodes, options);
  if (!request.ok) throw new RaftError(request.failure);
  const workerData: NodeOptions = {
    id,
    ...request.value,
    folder: path,
    seed: Math.floor(Math.random() * 2 ** 32) | 0,
    clockOriginNs: process.hrtime.bigint(),
    faultRules: [],
  };
  const worker = new Worker(new URL('./node-worker.mjs', import.meta.url), { workerData, execArgv: [] });
  return await new StartedNode(id, worker, options.requestTimeoutMs ?? limits.requestTimeoutMs).ready();
}

class StartedNode implements RaftNode {
  readonly id: NodeId;
  address: Address = { host: '', port: 0 };
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  readonly #waiting = new Map<string, (result: Result<ClientAnswer>) => void>();
  readonly #handlers: ((event: LabEvent) => void)[] = [];
  readonly #exited: Promise<void>;
  #onReady: (result: Result<null>) => void = () => {};
  #requests = 0;
  #whyEnded: string | undefined;

  constructor(id: NodeId, worker: Worker, timeoutMs: number) {
    this.id = id;
    this.#worker = worker;
    this.#timeoutMs = timeoutMs;
    worker.on('message', (message: FromNode) => this.#onMessage(message));
    worker.on('error', (error) => this.#onEnded(error.message));
    this.#exited = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#onEnded('The node has ended.');
        resolve();
      });
    });
  }

  async ready(): Promise<RaftNode> {
    const result = await new Promise<Result<null>>((resolve) => {
      this.#onReady = resolve;
    });
    if (!result.ok) throw new RaftError(result.failure);
    return this;
  }

  async append(request: Parameters<RaftNode['append']>[0]): Promise<AppendAnswer> {
    const entries = request.entries.map(entryPayload);
    return (await this.#ask({ ...request, kind: 'append', entries })) as AppendAnswer;
  }

  async indexRange(request: Omit<IndexRangeRequest, 'kind'>): Promise<RangeAnswer> {
    return (await this.#ask({ ...request, kind: 'index-range' })) as RangeAnswer;
  }

  onEvent(handler: (event: LabEvent) => void): void {
    this.#handlers.push(handler);
  }

  async close(): Promise<void> {
    this.#tell({ type: 'stop' });
    await this.#exited;
  }

  async #ask(request: ClientRequest): Promise<ClientAnswer> {
    const result = await new Promise<Result<ClientAnswer>>((resolve) => {
      if (this.#whyEnded !== undefined)
        return resolve({ ok: false, failure: { code: 'not-running', message: this.#whyEnded } });
      this.#requests += 1;
      const requestId = `${this.#requests}`;
      this.#waiting.set(requestId, resolve);
      return this.#tell({ type: 'request', requestId, request, timeoutMs: this.#timeoutMs });
    });
    if (!result.ok) throw new RaftError(result.failure);
    return result.value;
  }

  #tell(message: ToNode): void {
    this.#worker.postMessage(message);
  }

  #onMessage(message: FromNode): void {
    if (message.type === 'ready') {
      this.address = message.address;
      this.#onReady({ ok: true, value: null });
    } else if (message.type === 'events') {
      for (const event of message.events) for (const handler of this.#handlers) handler(event);
    } else if (message.type === 'answer') {
      this.#waiting.get(message.requestId)?.(message.result);
      this.#waiting.delete(message.requestId);
    } else {
      this.#onEnded(message.reason);
    }
  }

  /** The thread is gone or going: nobody waits for ever. */
  #onEnded(reason: string): void {
    if (this.#whyEnded !== undefined) return;
    this.#whyEnded = reason;
    this.#onReady({ ok: false, failure: { code: 'unusable', message: reason } });
    const failure: Failure = {
      code: 'timed-out',
      message: `The node ended before it answered (${reason}). Whether an append took effect is not known.`,
    };
    for (const resolve of this.#waiting.values()) resolve({ ok: false, failure });
    this.#waiting.clear();
  }
}

export type { AppendAnswer, RangeAnswer, RangeEntry } from '../../shared/client-request.ts';
export type { LabEvent } from '../../shared/event.ts';
export type { NodeList, StartOptions } from './read-start.ts';
