/** Puts a client together: sockets, the authenticated wire, the desk, promises. */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { BootId } from '../../shared/ids.ts';
import { createClientTransport, type ClientTransport } from '../net/client-transport.ts';
import { createClientClock } from './client-clock.ts';
import { ClientSockets } from './client-sockets.ts';
import { Connection } from './connection.ts';
import { PromisedClient } from './promised-client.ts';
import type { ClientOptions, RaftClient } from './raft-client.ts';
import { RequestDesk } from './request-desk.ts';

/**
 * A client of a cluster, from outside. Settles when its sockets are open; whether somebody is there shows with the first
 * request.
 * @throws RangeError (rejects) without a server; ListenError when no socket can be opened.
 */
export async function connectClient(options: ClientOptions): Promise<RaftClient> {
  const { servers, clusterId, key, sessions = true, timeoutMs } = options;
  if (servers.length === 0) throw new RangeError('A client needs the address of at least one server.');
  let sockets = new ClientSockets();
  await sockets.open(servers);
  /** The first connection takes those that are open; later ones open their own. */
  let opened: ClientSockets | null = sockets;
  const openTransport = (boot: BootId): ClientTransport => {
    sockets = opened ?? new ClientSockets(sockets.receiveBufferBytes);
    opened = null;
    return createClientTransport({ clusterId, key, boot, datagrams: sockets });
  };
  const clock = createClientClock();
  const connection = new Connection(openTransport, clock.nowNs() / nanosecondsPerMillisecond);
  const desk = new RequestDesk({ clock, connection, servers, sessions });
  return new PromisedClient(desk, () => sockets.closed(), timeoutMs);
}

export type { AppendOptions, ClientOptions, ClientStatus, RaftClient, RequestDone } from './raft-client.ts';
