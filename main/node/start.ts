/**
 * The library: one real Raft server in a thread of its own, without the app around it. `start(id, nodes, path)` takes
 * the three things that the prototype took.
 */
import { Worker } from 'node:worker_threads';
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RaftNode } from './raft-node.ts';
import { readStart, type NodeList, type StartOptions } from './read-start.ts';
import { RaftError, StartedNode } from './started-node.ts';
import type { NodeOptions } from './worker-messages.ts';
import { nodeThreadLimits } from './thread-limits.ts';

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
  const worker = new Worker(new URL('./node-worker.mjs', import.meta.url), {
    workerData,
    execArgv: [],
    resourceLimits: nodeThreadLimits,
  });
  return await new StartedNode(id, worker, options.requestTimeoutMs ?? limits.requestTimeoutMs).ready();
}

export { RaftError } from './started-node.ts';
export type { MembershipOptions, RaftNode } from './raft-node.ts';
export type { AppendAnswer, DoneAnswer, RangeAnswer, RangeEntry } from '../../shared/client-request.ts';
export type { LabEvent } from '../../shared/event.ts';
export type { NodeList, StartOptions } from './read-start.ts';
