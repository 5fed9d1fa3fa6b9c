/**
 * The servers of one measurement: threads of their own, a folder each on a real disk, real UDP, a key of their own.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { v4 } from 'uuid';
import { required } from '../../shared/assert.ts';
import {
  portBlockStep,
  portBlocksTriedMax,
  type Address,
  type Member,
  type Timings,
} from '../../shared/cluster-config.ts';
import type { ClusterId, NodeId } from '../../shared/ids.ts';
import { findFreePortBlock } from '../net/udp-port-block.ts';
import { clusterKeyBytes } from '../ports.ts';
import type { BenchNodeData, FromBenchNode, ToBenchNode } from './bench-messages.ts';
import type { LoadOptions, LoadResult } from './load.ts';
import { nodeThreadLimits } from '../node/thread-limits.ts';

export interface BenchClusterOptions {
  readonly nodes: number;
  /** Each server gets a folder in it. */
  readonly folder: string;
  readonly timings: Timings;
}

/** No server led in time, or one gave up. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}

const leaderWithinMs = 30_000;
/** Away from the app's own ports. */
const basePort = 11_600;

class BenchNode {
  readonly id: NodeId;
  isLeader = false;
  readonly #worker: Worker;
  readonly #handlers = new Set<(message: FromBenchNode) => void>();

  constructor(id: NodeId, worker: Worker) {
    this.id = id;
    this.#worker = worker;
    worker.on('message', (message: FromBenchNode) => {
      if (message.type === 'leading') this.isLeader = message.isLeader;
      for (const handler of this.#handlers) handler(message);
    });
  }

  tell(message: ToBenchNode): void {
    this.#worker.postMessage(message);
  }

  /** @throws BenchError (rejects) when the server gives up first */
  async expect<T extends FromBenchNode['type']>(type: T): Promise<Extract<FromBenchNode, { type: T }>> {
    return await new Promise((resolve, reject) => {
      const onFailed = (error: Error): void => reject(new BenchError(`Node ${this.id}: ${error.message}`));
      const handler = (message: FromBenchNode): void => {
        if (message.type === 'failed') onFailed(new Error(message.reason));
        if (message.type !== type) return;
        this.#handlers.delete(handler);
        this.#worker.off('error', onFailed);
        resolve(message as Extract<FromBenchNode, { type: T }>);
      };
      this.#handlers.add(handler);
      this.#worker.once('error', onFailed);
    });
  }

  async stop(): Promise<void> {
    const exited = once(this.#worker, 'exit');
    this.tell({ type: 'stop' });
    await exited;
  }
}

export class BenchCluster {
  readonly members: readonly Member[];
  readonly clusterId: ClusterId = v4();
  readonly key: Uint8Array = new Uint8Array(randomBytes(clusterKeyBytes));
  readonly #nodes: readonly BenchNode[];

  private constructor(members: readonly Member[], { folder, timings }: BenchClusterOptions) {
    this.members = members;
    this.#nodes = members.map(({ id }) => {
      const workerData: BenchNodeData = {
        id,
        members,
        folder: join(folder, `node-${id}`),
        clusterId: this.clusterId,
        key: this.key,
        timings,
        seed: id,
        clockOriginNs: process.hrtime.bigint(),
        faultRules: [],
      };
      return new BenchNode(
        id,
        new Worker(new URL('./bench-node.mjs', import.meta.url), { workerData, resourceLimits: nodeThreadLimits }),
      );
    });
  }

  get addresses(): readonly Address[] {
    return this.members.map(({ address }) => address);
  }

  /** @throws BenchError (rejects) when no server leads in time */
  static async start(options: BenchClusterOptions): Promise<BenchCluster> {
    const host = '127.0.0.1';
    const { nodes: count } = options;
    const block = await findFreePortBlock({
      host,
      basePort,
      count,
      step: portBlockStep,
      blocksMax: portBlocksTriedMax,
    });
    if (!block.ok) throw new BenchError(block.failure.message);
    const members = Array.from({ length: count }, (_, place) => ({
      id: place + 1,
      address: { host, port: block.value.basePort + place },
    }));
    const cluster = new BenchCluster(members, options);
    await Promise.all(cluster.#nodes.map((node) => node.expect('ready')));
    await cluster.#leaderIsThere();
    return cluster;
  }

  /** Puts a load on the leader from inside its thread. */
  async loadInside(options: LoadOptions): Promise<LoadResult> {
    const leader = required(
      this.#nodes.find(({ isLeader }) => isLeader),
      'a cluster under load has a leader',
    );
    const loaded = leader.expect('loaded');
    leader.tell({ type: 'load', options });
    return (await loaded).result;
  }

  /** Bytes that each server's thread holds, after its garbage was collected where the process allows that. */
  async memoryBytes(): Promise<readonly number[]> {
    return await Promise.all(
      this.#nodes.map(async (node) => {
        const measured = node.expect('measured');
        node.tell({ type: 'measure' });
        const { heapBytes, externalBytes } = await measured;
        return heapBytes + externalBytes;
      }),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.stop()));
  }

  async #leaderIsThere(): Promise<void> {
    if (this.#nodes.some(({ isLeader }) => isLeader)) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new BenchError('No server led within 30 s.')), leaderWithinMs);
    });
    const leading = async (node: BenchNode): Promise<void> => {
      while (!node.isLeader) await node.expect('leading');
    };
    try {
      await Promise.race([late, Promise.any(this.#nodes.map(leading))]);
    } finally {
      clearTimeout(timer);
    }
  }
}
