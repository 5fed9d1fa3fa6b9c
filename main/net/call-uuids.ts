/**
 * Remembers the uuid of each call that arrived, so that its reply can carry the same one. The core knows calls by peer,
 * kind and round; uuids are the wire's business.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { MessageKind } from '../../shared/raft-message.ts';

export interface CallUuids {
  /** A call has arrived. */
  remember(from: NodeId, call: MessageKind, round: number, uuid: string): void;
  /** The uuid of the call that a reply answers; undefined when it was never heard or is forgotten. */
  uuidFor(to: NodeId, reply: MessageKind, round: number): string | undefined;
}

/** The calls of one peer and kind. Rounds rise, so the place of an old one is taken by one that many others came before. */
class RecentCalls {
  readonly #rounds: Float64Array;
  readonly #uuids: string[];

  constructor(capacity: number) {
    this.#rounds = new Float64Array(capacity).fill(-1);
    this.#uuids = Array.from({ length: capacity }, () => '');
  }

  set(round: number, uuid: string): void {
    const place = round % this.#rounds.length;
    this.#rounds[place] = round;
    this.#uuids[place] = uuid;
  }

  get(round: number): string | undefined {
    const place = round % this.#rounds.length;
    return this.#rounds[place] === round ? this.#uuids[place] : undefined;
  }
}

/** @param capacity how many calls are kept per peer and kind */
export function createCallUuids(capacity: number = limits.callUuidsMax): CallUuids {
  const peers = new Map<NodeId, Map<string, RecentCalls>>();
  return {
    remember(from, call, round, uuid) {
      let kinds = peers.get(from);
      if (kinds === undefined) {
        kinds = new Map();
        peers.set(from, kinds);
        // Clients come and go.
        const [oldest] = peers.keys();
        if (oldest !== undefined && peers.size > limits.callPeersMax) peers.delete(oldest);
      }
      let calls = kinds.get(call);
      if (calls === undefined) {
        calls = new RecentCalls(capacity);
        kinds.set(call, calls);
      }
      calls.set(round, uuid);
    },
    uuidFor(to, reply, round) {
      return peers.get(to)?.get(callOf(reply))?.get(round);
    },
  };
}

const calls = new Map<MessageKind, string>();

/** What a reply answers. */
function callOf(reply: MessageKind): string {
  let call = calls.get(reply);
  if (call === undefined) {
    call = reply.slice(0, -'-reply'.length);
    calls.set(reply, call);
  }
  return call;
}
