/**
 * What `start` was given, read and checked before a thread is made for it.
 */
import { v5 as uuidFromName, validate } from 'uuid';
import { checkTimings, limits, paperTimings, type Member, type Timings } from '../../shared/cluster-config.ts';
import { isNodeId, nodeIdMax, type ClusterId, type NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { clusterKeyBytes } from '../ports.ts';
import { keyFromClusterId } from './cluster-key.ts';
import { parseAddress } from './parse-address.ts';

/** Every server of the cluster, this one among them: id and address, `[0, '127.0.0.1:11110']`. */
export type NodeList = readonly (readonly [id: NodeId, address: string])[];

export interface StartOptions {
  readonly timings?: Timings;
  /** A uuid; by default one made from the list of nodes, so that servers with the same list belong together. */
  readonly clusterId?: string;
  /**
   * 32 bytes that the cluster's servers share and nobody else has: datagrams made without them are refused. Without it a key
   * is made from the cluster's id, which authenticates nothing against who knows that id: listen on 127.0.0.1 then.
   */
  readonly key?: Uint8Array;
  /** A request without an answer fails after this, ms. Default 5000. */
  readonly requestTimeoutMs?: number;
}

/** The part of it that makes the cluster. */
export interface StartRequest {
  readonly members: readonly Member[];
  readonly timings: Timings;
  readonly clusterId: ClusterId;
  readonly key: Uint8Array;
}

const clusterNamespace = '6a1c6c0e-4d5c-4b7e-9a57-6d1d2f0f7b11';

/** `invalid`, with a sentence that says what to do, when it can't be a server of a cluster. */
export function readStart(id: NodeId, nodes: NodeList, options: StartOptions): Result<StartRequest> {
  const { timings = paperTimings, clusterId = uuidFromName(JSON.stringify(nodes), clusterNamespace) } = options;
  const problem = describeListProblem(id, nodes) ?? checkTimings(timings);
  if (problem !== undefined) return fail('invalid', problem);
  if (!validate(clusterId))
    return fail('invalid', `The cluster id "${clusterId}" is no uuid. Give one, or leave it out.`);
  const { key = keyFromClusterId(clusterId) } = options;
  if (!(key instanceof Uint8Array) || key.byteLength !== clusterKeyBytes)
    return fail('invalid', `A key has ${clusterKeyBytes} bytes. Give as many random ones, or leave it out.`);
  try {
    const members = nodes.map(([memberId, address]) => ({ id: memberId, address: parseAddress(address) }));
    return succeed({ members, timings, clusterId, key: new Uint8Array(key) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail('invalid', error.message);
  }
}

function describeListProblem(id: NodeId, nodes: NodeList): string | undefined {
  const ids = nodes.map(([memberId]) => memberId);
  const strange = ids.find((member) => !isNodeId(member));
  if (strange !== undefined) return `${String(strange)} is no node id. Give a whole number from 0 to ${nodeIdMax}.`;
  const twice = ids.find((member, position) => ids.indexOf(member) !== position);
  if (twice !== undefined) return `Node ${twice} is listed twice. Give each node an id of its own.`;
  if (!ids.includes(id)) return `Node ${id} is not in the list of nodes. List every node of the cluster, this one too.`;
  if (ids.length <= limits.nodesMax) return undefined;
  return `${ids.length} nodes are listed; a cluster has up to ${limits.nodesMax}. List fewer.`;
}
