/**
 * Puts the requests that leave together into as few calls as fit a datagram each on the way to their server. Those that
 * fit none travel in parts anyway, so they share calls that are larger.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { ClientCall } from '../../shared/raft-message.ts';
import { datagramBytesTo } from '../net/path-size.ts';
import { headerBytes } from '../net/wire-header.ts';
import { bytesBehind, callBytes } from './request-bytes.ts';
import type { PendingRequest } from './pending-request.ts';
import type { KnownServer } from './servers.ts';

interface OpenCall {
  readonly to: NodeId;
  readonly roomBytes: number;
  requests: PendingRequest[];
  bytes: number;
}

interface OpenCalls {
  readonly whole: OpenCall;
  /** Of requests that are larger than a datagram. */
  readonly parts: OpenCall;
}

/** Of a call in parts, unless a single request needs more. */
const partsBytesMax = limits.appendEntriesBytesMax;

export class Outbox {
  readonly #send: (to: NodeId, call: ClientCall) => void;
  readonly #open = new Map<NodeId, OpenCalls>();
  #round = 0;

  constructor(send: (to: NodeId, call: ClientCall) => void) {
    this.#send = send;
  }

  /** It leaves with the next `flush`, or before, when a call is full. */
  add(server: KnownServer, pending: PendingRequest): void {
    const { whole, parts } = this.#callsTo(server);
    const call = pending.bytes > whole.roomBytes ? parts : whole;
    let more = bytesBehind(pending, call.requests.at(-1));
    const isFull = call.requests.length === limits.requestsPerCallMax || call.bytes + more > call.roomBytes;
    if (isFull && call.requests.length > 0) {
      this.#leave(call);
      more = pending.bytes;
    }
    call.requests.push(pending);
    call.bytes += more;
  }

  flush(): void {
    if (this.#open.size === 0) return;
    for (const { whole, parts } of this.#open.values()) {
      this.#leave(whole);
      this.#leave(parts);
    }
    this.#open.clear();
  }

  #callsTo({ id, address }: KnownServer): OpenCalls {
    const open = this.#open.get(id);
    if (open) return open;
    const roomBytes = datagramBytesTo(address) - headerBytes - callBytes;
    const calls: OpenCalls = {
      whole: { to: id, roomBytes, requests: [], bytes: 0 },
      parts: { to: id, roomBytes: partsBytesMax, requests: [], bytes: 0 },
    };
    this.#open.set(id, calls);
    return calls;
  }

  #leave(call: OpenCall): void {
    const { to, requests } = call;
    if (requests.length === 0) return;
    call.requests = [];
    call.bytes = 0;
    this.#round += 1;
    this.#send(to, { kind: 'client-call', round: this.#round, requests });
  }
}
