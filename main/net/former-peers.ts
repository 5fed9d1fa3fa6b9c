/**
 * Members that were removed, in case they come back: the numbers of their datagrams, and of those to them, go on. Otherwise
 * what was caught before would be taken again, and what is new be refused by them as seen.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Peer } from './peer.ts';

export class FormerPeers {
  readonly #peers = new Map<NodeId, Peer>();

  /** Past the limit the one that went first is forgotten. */
  add(peer: Peer): void {
    peer.fragments.clear();
    this.#peers.set(peer.id, peer);
    const [first] = this.#peers.keys();
    if (this.#peers.size > limits.formerPeersMax && first !== undefined) this.#peers.delete(first);
  }

  take(id: NodeId): Peer | undefined {
    const peer = this.#peers.get(id);
    this.#peers.delete(id);
    return peer;
  }
}
