/**
 * Clients from outside on real UDP sockets of 127.0.0.1, for servers of `udp-rig.ts`.
 */
import {
  createClientTransport,
  type ClientTransport,
  type ClientTransportOptions,
} from '../../../main/net/client-transport.ts';
import type { UdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import type { Member } from '../../../shared/cluster-config.ts';
import type { EventBody, EventType } from '../../../shared/event.ts';
import type { BootId, NodeId } from '../../../shared/ids.ts';
import type { ClientCall, ClientCallReply } from '../../../shared/raft-message.ts';
import { openSockets, rigClusterId, rigKey } from './udp-rig.ts';

export interface RigClient {
  readonly boot: BootId;
  readonly datagrams: UdpDatagrams;
  readonly transport: ClientTransport;
  readonly events: readonly EventBody[];
  /** Every time that a server was named. */
  readonly servers: readonly Member[];
  readonly delivered: readonly { readonly from: NodeId; readonly message: ClientCallReply }[];
  eventsOf<Type extends EventType>(type: Type): Extract<EventBody, { readonly type: Type }>[];
}

export async function startClient(boot: BootId, changes: Partial<ClientTransportOptions> = {}): Promise<RigClient> {
  const [datagrams] = await openSockets(1);
  if (datagrams === undefined) throw new Error('a socket was asked for');
  const events: EventBody[] = [];
  const servers: Member[] = [];
  const delivered: { from: NodeId; message: ClientCallReply }[] = [];
  const transport = createClientTransport({
    clusterId: rigClusterId,
    key: rigKey,
    boot,
    datagrams,
    emit: (event) => events.push(event),
    ...changes,
  });
  transport.onServer((server) => servers.push(server));
  transport.onMessage((from, message) => delivered.push({ from, message }));
  const eventsOf = <Type extends EventType>(type: Type): Extract<EventBody, { readonly type: Type }>[] =>
    events.filter((event): event is Extract<EventBody, { readonly type: Type }> => event.type === type);
  return { boot, datagrams, transport, events, servers, delivered, eventsOf };
}

/** A call of one append. */
export function callOf(round: number): ClientCall {
  const request = { kind: 'append', entries: [new TextEncoder().encode(`entry ${round}`)] } as const;
  return { kind: 'client-call', round, requests: [{ number: round, timeoutMs: 1_000, request }] };
}

/** The answer to it. */
export function answerTo(round: number): ClientCallReply {
  const value = { kind: 'append', firstIndex: round, lastIndex: round, term: 1 } as const;
  return { kind: 'client-call-reply', round, leader: null, answers: [{ number: round, result: { ok: true, value } }] };
}
