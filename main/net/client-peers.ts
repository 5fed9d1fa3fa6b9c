/**
 * The clients from outside that a server talks to. A client is known by its boot, which it takes anew for each
 * connection; it is listened to once its boot is proven to be running, by the answer to a greeting. Who is silent for
 * long is forgotten, and its name with it: nothing recorded from it is ever taken again.
 */
import { limits, type Address } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import { clientIdOf, type BootId, type NodeId } from '../../shared/ids.ts';
import { refuse, type Refusal } from './decoded.ts';
import type { Peer } from './peer.ts';
import type { WireEnd } from './wire-end.ts';

export class ClientPeers {
  readonly #end: Pick<WireEnd, 'newPeer' | 'nowNs'>;
  readonly #met = new Map<NodeId, Peer>();
  /** Said to be there, and asked since when. In the order in which they came. */
  readonly #asked = new Map<NodeId, Peer>();
  /** In the order in which they went. */
  readonly #forgotten = new Set<NodeId>();
  #pulsedNs = Number.NEGATIVE_INFINITY;

  constructor(end: Pick<WireEnd, 'newPeer' | 'nowNs'>) {
    this.#end = end;
  }

  all(): Iterable<Peer> {
    return this.#met.values();
  }

  /** One that is proven to run. */
  get(id: NodeId): Peer | undefined {
    return this.#met.get(id);
  }

  /** Of a genuine datagram, perhaps a recording. @param from where an unknown one is to be asked */
  peerOf(boot: BootId, from: Address): Peer | Refusal {
    const id = clientIdOf(boot);
    const known = this.#met.get(id) ?? this.#asked.get(id);
    if (known !== undefined) return known;
    const refusal = this.#whyNot(id);
    if (refusal !== undefined) return refusal;
    const peer = this.#end.newPeer('client', id, from);
    this.#asked.set(id, peer);
    if (this.#asked.size > limits.clientsMax) dropFirst(this.#asked.keys(), this.#asked);
    return peer;
  }

  /** It is proven to run now, at `address`. @returns why it is not listened to nevertheless */
  admit(peer: Peer, address: Address): Refusal | undefined {
    this.#asked.delete(peer.id);
    if (!this.#met.has(peer.id)) {
      const refusal = this.#whyNot(peer.id);
      if (refusal !== undefined) return refusal;
      this.#met.set(peer.id, peer);
    }
    peer.address = address;
    peer.heardNs = this.#end.nowNs();
    return undefined;
  }

  /** Sends parts again of which nothing was heard, and forgets who is silent. */
  pulse(nowNs: number): void {
    if (nowNs - this.#pulsedNs < limits.fragmentResendMs * nanosecondsPerMillisecond) return;
    this.#pulsedNs = nowNs;
    const oldestNs = nowNs - limits.clientIdleMs * nanosecondsPerMillisecond;
    for (const peer of this.#met.values()) {
      if (peer.heardNs < oldestNs) this.#forget(peer.id);
      else peer.fragments.pulse(nowNs);
    }
  }

  #forget(id: NodeId): void {
    this.#met.delete(id);
    this.#forgotten.add(id);
    if (this.#forgotten.size > limits.clientsForgottenMax) dropFirst(this.#forgotten.keys(), this.#forgotten);
  }

  #whyNot(id: NodeId): Refusal | undefined {
    if (this.#forgotten.has(id))
      return refuse('stale', 'Its client was silent for too long and is forgotten; it has to begin as a new one.');
    if (this.#met.size >= limits.clientsMax)
      return refuse('unknown-sender', `This node talks to ${limits.clientsMax} clients already; ask another one.`);
    return undefined;
  }
}

function dropFirst<Key>(keys: Iterable<Key>, owner: { delete(key: Key): boolean }): void {
  for (const key of keys) {
    owner.delete(key);
    return;
  }
}
