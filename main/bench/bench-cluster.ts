/**
 * The servers of one measurement: threads of their own, a folder each on a real disk, real UDP, a key of their own.
 */
import { randomBytes } from 'node:crypto';
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
import type { ClusterId } from '../../shared/ids.ts';
import { findFreePortBlock } from '../net/udp-port-block.ts';
import { clusterKeyBytes } from '../ports.ts';
import type { BenchNodeData } from './bench-messages.ts';
import { BenchError, BenchThread } from './bench-thread.ts';
import type { LoadOptions, LoadResult } from './load.ts';
import { nodeThreadLimits } from '../node/thread-limits.ts';

export interface BenchClusterOptions {
  readonly nodes: number;
  /** Each server gets a folder in it. */
  readonly folder: string;
  readonly timings: Timings;
}

const leaderWithinMs = 30_000;
/** Away from the app's own ports. */
const basePort = 11_600;

export class BenchCluster {
  readonly members: readonly Member[];
  readonly clusterId: ClusterId = v4();
  readonly key: Uint8Array = new Uint8Array(randomBytes(clusterKeyBytes));
  readonly #nodes: readonly BenchThread[];

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
      return new BenchThread(
        id,
        new Worker(new URL('./bench-node.mjs', import.meta.url), { workerData, resourceLimits: nodeThreadLimits }),
      );
    });
  }

  get addresses(): readonly Address[] {
    return this.members.map(({ address }) => address);
  }

  /** @throws BenchError (rejects) when a server does not start or none leads in time; none runs then */
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
    try {
      await Promise.all(cluster.#nodes.map((node) => node.expect('ready')));
      await cluster.#leaderIsThere();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
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
    const leading = async (node: BenchThread): Promise<void> => {
      while (!node.isLeader) await node.expect('leading');
    };
    try {
      await Promise.race([late, Promise.any(this.#nodes.map(leading))]);
    } finally {
      clearTimeout(timer);
    }
  }
}
