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

/** @param capacity how many calls are kept; the ones heard longest ago go first. */
export function createCallUuids(capacity: number = limits.callUuidsMax): CallUuids {
  // A Map keeps the order in which keys came in: the first key is the oldest.
  const uuids = new Map<string, string>();
  return {
    remember(from, call, round, uuid) {
      const key = keyOf(from, call, round);
      uuids.delete(key);
      uuids.set(key, uuid);
      if (uuids.size <= capacity) return;
      const [oldest] = uuids.keys();
      if (oldest !== undefined) uuids.delete(oldest);
    },
    uuidFor(to, reply, round) {
      return uuids.get(keyOf(to, reply.slice(0, -'-reply'.length), round));
    },
  };
}

function keyOf(peer: NodeId, call: string, round: number): string {
  return `${peer} ${call} ${round}`;
}
