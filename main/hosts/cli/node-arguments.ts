/**
 * What the words after `raft-lab node` ask for.
 */
import { resolve } from 'node:path';
import { formatAddress, sameAddress } from '../../../shared/address.ts';
import {
  checkTimings,
  limits,
  paperTimings,
  type Address,
  type Member,
  type Timings,
} from '../../../shared/cluster-config.ts';
import { nodeIdMax, type NodeId } from '../../../shared/ids.ts';
import { parseLogDirectives, type LogDirectives } from '../../../shared/log-directives.ts';
import { readInteger, UsageError } from '../lab-arguments.ts';
import { parseOptions } from './parse-options.ts';
import { readAddress, requireKeyBeyondLoopback } from './read-address.ts';

export type LogFormat = 'text' | 'json';

export interface NodeArguments {
  readonly id: NodeId;
  /** The whole cluster, this node among them, at the address where it is to listen. */
  readonly members: readonly Member[];
  /** Absolute. */
  readonly folder: string;
  readonly keyFile?: string;
  readonly timings: Timings;
  readonly log: LogDirectives;
  readonly logFormat: LogFormat;
}

const options = {
  id: { type: 'string' },
  listen: { type: 'string' },
  data: { type: 'string' },
  peers: { type: 'string' },
  key: { type: 'string' },
  timings: { type: 'string' },
  log: { type: 'string' },
  'log-format': { type: 'string' },
} as const;

/** @throws UsageError when it can't be carried out as written. */
export function readNodeArguments(args: readonly string[], environment: NodeJS.ProcessEnv): NodeArguments {
  const values = parseOptions('node', args, options);
  const given = (name: 'id' | 'listen' | 'data' | 'peers', what: string): string => {
    const value = values[name];
    if (value !== undefined && value !== '') return value;
    throw new UsageError(`node: --${name} is missing. Give ${what}.`);
  };
  const idText = given('id', `this node's number in its cluster, 0 to ${nodeIdMax}`);
  const id = readInteger('--id', idText, 0, nodeIdMax) ?? 0;
  const listen = readListen(given('listen', 'the address that it listens at, like 127.0.0.1:11110'));
  const folder = resolve(given('data', "the folder that keeps this node's log; it is made when it is missing"));
  const peers = readPeers(given('peers', 'the other nodes of the cluster, like 1=127.0.0.1:11111,2=127.0.0.1:11112'));
  const members = withSelf(id, listen, peers);
  const { key: keyFile } = values;
  requireKeyBeyondLoopback(
    'node',
    keyFile,
    members.map(({ address }) => address),
  );
  return {
    id,
    members,
    folder,
    timings: readTimings(values.timings),
    ...readLog(values.log, values['log-format'], environment),
    ...(keyFile !== undefined && { keyFile }),
  };
}

function readListen(text: string): Address {
  const listen = readAddress('--listen', text, 0);
  if (listen.host !== '0.0.0.0' && listen.host !== '::') return listen;
  throw new UsageError(
    `--listen ${text}: the other nodes and the clients have to be told where this node is. Name one address of this machine.`,
  );
}

/** `1=127.0.0.1:11111,2=[::1]:11112` */
function readPeers(text: string): readonly Member[] {
  const peers = text.split(',').map(readPeer);
  for (const [position, { id, address }] of peers.entries()) {
    const others = peers.slice(position + 1);
    if (others.some((other) => other.id === id))
      throw new UsageError(`--peers: node ${id} is listed twice. Give each node a number of its own.`);
    if (others.some((other) => sameAddress(other.address, address)))
      throw new UsageError(`--peers: ${formatAddress(address)} is listed twice. Give each node an address of its own.`);
  }
  return peers;
}

function readPeer(text: string): Member {
  const [, id, address] = /^\s*(\d+)=(.+?)\s*$/.exec(text) ?? [];
  if (id === undefined || address === undefined)
    throw new UsageError(`--peers: "${text}" is no node. Write ID=HOST:PORT, like 1=127.0.0.1:11111.`);
  return {
    id: readInteger('--peers: a number of a node', id, 0, nodeIdMax) ?? 0,
    address: readAddress('--peers', address),
  };
}

/** The list may name this node too, so that all machines can be given the same one. */
function withSelf(id: NodeId, listen: Address, peers: readonly Member[]): readonly Member[] {
  const listed = peers.find((peer) => peer.id === id);
  if (listed && !sameAddress(listed.address, listen)) {
    const [there, here] = [listed.address, listen].map(formatAddress);
    throw new UsageError(
      `--peers lists node ${id} at ${there}, but it is to listen at ${here}. Is --id right? If so, leave it out of --peers.`,
    );
  }
  const squatter = peers.find((peer) => peer.id !== id && sameAddress(peer.address, listen));
  if (squatter)
    throw new UsageError(`--peers lists node ${squatter.id} at ${formatAddress(listen)}, where this one is to listen.`);
  const others = peers.filter((peer) => peer.id !== id);
  const members = [...others, { id, address: listen }].toSorted((one, other) => one.id - other.id);
  if (members.length <= limits.nodesMax) return members;
  throw new UsageError(
    `${members.length} nodes are listed; a cluster starts with up to ${limits.nodesMax}. List fewer.`,
  );
}

/** `150..300,50`: election timeout from and to, heartbeat, in milliseconds. */
function readTimings(text: string | undefined): Timings {
  if (text === undefined) return paperTimings;
  const [, min, max, heartbeat] = /^(\d{1,9})\.\.(\d{1,9}),(\d{1,9})$/.exec(text) ?? [];
  if (heartbeat === undefined)
    throw new UsageError(
      `--timings must be like 150..300,50 (election timeout from..to, heartbeat, in ms), not "${text}".`,
    );
  const timings: Timings = {
    electionTimeoutMinMs: Number(min),
    electionTimeoutMaxMs: Number(max),
    heartbeatIntervalMs: Number(heartbeat),
  };
  const problem = checkTimings(timings);
  if (problem !== undefined) throw new UsageError(`--timings ${text}: ${problem}`);
  return timings;
}

/** `--log` goes before `RAFT_LAB_LOG`. */
function readLog(
  option: string | undefined,
  format: string | undefined,
  environment: NodeJS.ProcessEnv,
): Pick<NodeArguments, 'log' | 'logFormat'> {
  const name = option === undefined ? 'RAFT_LAB_LOG' : '--log';
  const parsed = parseLogDirectives(option ?? environment['RAFT_LAB_LOG'] ?? '');
  if (!parsed.ok) throw new UsageError(`${name}: ${parsed.failure.message}`);
  const { value: log } = parsed;
  if (format === undefined || format === 'text') return { log, logFormat: 'text' };
  if (format === 'json') return { log, logFormat: 'json' };
  throw new UsageError(`--log-format must be text or json, not "${format}".`);
}
