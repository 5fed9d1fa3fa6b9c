/** Nodes as they are shipped: worker threads that run the built entry, each with a folder of its own. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import { paperTimings, type Address } from '../../shared/cluster-config.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { keyFromClusterId } from '../../main/node/cluster-key.ts';
import type { FromNode, NodeOptions, ToNode } from '../../main/node/worker-messages.ts';
import { builtFile } from './built-file.ts';
import { findFreePorts } from './ports.ts';

export type Ended = Extract<FromNode, { readonly type: 'ended' }>;

export class NodeThread {
  readonly messages: FromNode[] = [];
  readonly exitCode: Promise<number>;
  readonly #worker: Worker;
  readonly #waiting = new Map<string, (result: Result<ClientAnswer>) => void>();
  readonly #first: Promise<FromNode>;
  #asked = 0;

  constructor(options: NodeOptions) {
    this.#worker = new Worker(builtFile('node-worker.mjs'), { workerData: options, execArgv: [] });
    this.exitCode = once(this.#worker, 'exit').then(([code]) => Number(code));
    this.#first = new Promise((resolve) => {
      this.#worker.on('message', (message: FromNode) => {
        this.messages.push(message);
        if (message.type === 'answer') this.#waiting.get(message.requestId)?.(message.result);
        if (message.type === 'ready' || message.type === 'ended') resolve(message);
      });
    });
  }

  get events(): LabEvent[] {
    return this.messages.flatMap((message) => (message.type === 'events' ? message.events : []));
  }

  /** Where it listens. @throws when it ended instead. */
  async ready(): Promise<Address> {
    const message = await this.#first;
    if (message.type !== 'ready') throw new Error(JSON.stringify(message));
    return message.address;
  }

  /** Its last word; the thread is gone then. */
  async ended(): Promise<Ended | undefined> {
    await this.exitCode;
    return this.messages.find((message): message is Ended => message.type === 'ended');
  }

  tell(message: ToNode): void {
    this.#worker.postMessage(message);
  }

  async stop(): Promise<Ended | undefined> {
    this.tell({ type: 'stop' });
    return await this.ended();
  }

  /** As a crash does: at once, wherever it stands. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }

  async ask(request: ClientRequest, timeoutMs = 30_000): Promise<Result<ClientAnswer>> {
    this.#asked += 1;
    const requestId = `request ${this.#asked}`;
    return await new Promise((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.tell({ type: 'request', requestId, request, timeoutMs });
    });
  }

  async append(...texts: string[]): Promise<Result<ClientAnswer>> {
    return await this.ask({ kind: 'append', entries: texts.map((text) => new TextEncoder().encode(text)) });
  }

  async texts(): Promise<string[]> {
    const result = await this.ask({ kind: 'index-range', startIndex: 0, endIndex: 9_999 });
    if (!result.ok || result.value.kind !== 'index-range') throw new Error(JSON.stringify(result));
    return result.value.entries.map(({ payload }) => new TextDecoder().decode(payload));
  }
}

/** The threads of one cluster. */
export class NodeThreads {
  readonly folder = mkdtempSync(join(tmpdir(), 'raft-threads-'));
  readonly ports: readonly number[];
  readonly clusterId = randomUUID();
  readonly #originNs = process.hrtime.bigint();
  readonly #all: NodeThread[] = [];

  private constructor(ports: readonly number[]) {
    this.ports = ports;
  }

  static async create(size: number): Promise<NodeThreads> {
    return new NodeThreads(await findFreePorts(size));
  }

  get key(): Uint8Array {
    return keyFromClusterId(this.clusterId);
  }

  get addresses(): Address[] {
    return this.ports.map((port) => ({ host: '127.0.0.1', port }));
  }

  folderOf(id: NodeId): string {
    return join(this.folder, `node-${id}`);
  }

  launch(id: NodeId, more: Partial<NodeOptions> = {}): NodeThread {
    const thread = new NodeThread({
      id,
      members: this.addresses.map((address, member) => ({ id: member, address })),
      folder: this.folderOf(id),
      clusterId: this.clusterId,
      key: this.key,
      timings: paperTimings,
      seed: id,
      clockOriginNs: this.#originNs,
      faultRules: [],
      ...more,
    });
    this.#all.push(thread);
    return thread;
  }

  /** Launches all and waits until they listen. */
  async launchAll(): Promise<NodeThread[]> {
    const threads = this.ports.map((_, id) => this.launch(id));
    for (const thread of threads) await thread.ready();
    return threads;
  }

  async close(): Promise<void> {
    for (const thread of this.#all) await thread.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
