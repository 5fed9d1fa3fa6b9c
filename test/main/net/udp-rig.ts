/**
 * Nodes' transports on real UDP sockets of 127.0.0.1, and the events that they report, stamped as a node host does it.
 */
import { createLamportClock, type LamportClock } from '../../../main/lamport-clock.ts';
import {
  createDatagramTransport,
  type MemberTransport,
  type TransportOptions,
} from '../../../main/net/datagram-transport.ts';
import { openUdpDatagrams, type UdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import type { Member } from '../../../shared/cluster-config.ts';
import type { EventOf, EventType, LabEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';

export const rigClusterId = '6f1c2a52-7f0e-4d7e-9a55-0c8a3f5b7d11';

export const rigKey = new Uint8Array(32).fill(7);

export interface RigNode {
  readonly id: NodeId;
  readonly member: Member;
  readonly datagrams: UdpDatagrams;
  readonly transport: MemberTransport;
  readonly lamport: LamportClock;
  /** Everything reported so far. */
  readonly events: readonly LabEvent[];
  /** Everything delivered so far. */
  readonly delivered: readonly { readonly from: NodeId; readonly message: RaftMessage }[];
  eventsOf<Type extends EventType>(type: Type): EventOf<Type>[];
}

export type RigChanges = Partial<
  Pick<
    TransportOptions,
    | 'boot'
    | 'clusterId'
    | 'key'
    | 'members'
    | 'newUuid'
    | 'nowNs'
    | 'admit'
    | 'currentTerm'
    | 'datagrams'
    | 'toldPerSecondMax'
  >
>;

/** A socket of a node, before the addresses of all are known. */
export async function openSockets(count: number): Promise<UdpDatagrams[]> {
  return Promise.all(Array.from({ length: count }, () => openUdpDatagrams({ host: '127.0.0.1', port: 0 })));
}

export const membersOf = (sockets: readonly UdpDatagrams[]): Member[] =>
  sockets.map(({ localAddress: address }, id) => ({ id, address }));

/** Puts the transport of node `id` on its socket. */
export function startNode(
  id: NodeId,
  datagrams: UdpDatagrams,
  members: readonly Member[],
  changes: RigChanges = {},
): RigNode {
  const lamport = createLamportClock();
  const events: LabEvent[] = [];
  const delivered: { from: NodeId; message: RaftMessage }[] = [];
  const boot = changes.boot ?? 1;
  const transport = createDatagramTransport({
    self: id,
    boot,
    clusterId: rigClusterId,
    key: rigKey,
    members,
    datagrams,
    lamport,
    emit: (event) => {
      events.push({ ...event, node: id, boot, sequence: events.length + 1, timeNs: 0, lamport: lamport.tick() });
    },
    ...changes,
  });
  transport.onMessage((from, message) => delivered.push({ from, message }));
  const eventsOf = <Type extends EventType>(type: Type): EventOf<Type>[] =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  return {
    id,
    member: { id, address: datagrams.localAddress },
    datagrams,
    transport,
    lamport,
    events,
    delivered,
    eventsOf,
  };
}

/** Nodes 0, 1 … that know each other. */
export async function startNodes(count: number, changes: (id: NodeId) => RigChanges = () => ({})): Promise<RigNode[]> {
  const sockets = await openSockets(count);
  const members = membersOf(sockets);
  return sockets.map((socket, id) => startNode(id, socket, members, changes(id)));
}

/** Closes the nodes and waits until their ports are free. */
export async function closeNodes(nodes: readonly RigNode[]): Promise<void> {
  for (const node of nodes) node.transport.close();
  await Promise.all(nodes.map(({ datagrams }) => datagrams.closed));
}
