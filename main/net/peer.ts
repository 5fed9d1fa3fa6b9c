/**
 * What one end of the wire knows of another: where it is, since when it runs, which of its datagrams were seen, and what
 * is under way in both directions.
 */
import { sameAddress } from '../../shared/address.ts';
import { limits, type Address } from '../../shared/cluster-config.ts';
import { isClientId, outsiderId, type BootId, type NodeId } from '../../shared/ids.ts';
import type { MessageKind, RaftMessage } from '../../shared/raft-message.ts';
import { FragmentSender, type Piece } from './fragment-sender.ts';
import { Losses } from './losses.ts';
import { datagramBytesTo } from './path-size.ts';
import { Reassembly } from './reassembly.ts';
import { ReplayWindows } from './replay-window.ts';

/**
 * How the two stand to each other: a `member` is a server to a server, a `client` an outsider to a server, a `server` one
 * to an outsider.
 */
export type PeerRole = 'member' | 'client' | 'server';

/** What is taken from it, beside what transports say to each other. */
export const isHeardFrom: Readonly<Record<PeerRole, (kind: MessageKind) => boolean>> = {
  member: (kind) => kind !== 'client-call' && kind !== 'client-call-reply',
  client: (kind) => kind === 'client-call',
  server: (kind) => kind === 'client-call-reply',
};

export interface PeerOptions {
  /** For a client, what `clientIdOf` says. */
  readonly id: NodeId;
  readonly role: PeerRole;
  readonly address: Address;
  readonly fragmentWindowBytes: number;
  readonly sendPiece: (peer: Peer, piece: Piece) => number;
}

export class Peer {
  readonly id: NodeId;
  /** How it is called in a header. */
  readonly wireId: NodeId;
  readonly role: PeerRole;
  /** Where it was heard last; before that, where the configuration says. */
  address: Address;
  /** The boot that it is known to run in; 0 while that is not known. A client's is part of its name. */
  boot: BootId;
  /** True once it is known that it runs in `boot` now, and is no recording. */
  isMet = false;
  /** The uuid of the greeting that it has not answered yet. An answer with it is no replay. */
  greeting: string | null = null;
  greetedNs = Number.NEGATIVE_INFINITY;
  /** The same, anywhere but where it is believed to be. */
  greetedElsewhereNs = Number.NEGATIVE_INFINITY;
  /** When it was heard last, beyond doubt. */
  heardNs = Number.NEGATIVE_INFINITY;
  readonly windows = new ReplayWindows();
  readonly losses = new Losses();
  readonly reassembly: Reassembly;
  readonly fragments: FragmentSender;
  /** Larger ones were refused by the system. */
  datagramBytesMax: number = limits.datagramBytesMax;
  #hint: Address;
  #held: RaftMessage[] = [];
  #numbered = 0;

  constructor({ id, role, address, fragmentWindowBytes, sendPiece }: PeerOptions) {
    this.id = id;
    this.wireId = isClientId(id) ? outsiderId : id;
    this.role = role;
    this.boot = isClientId(id) ? id - outsiderId - 1 : 0;
    this.address = address;
    this.#hint = address;
    const isClient = role === 'client';
    this.reassembly = new Reassembly(isClient ? limits.clientBytesMax : limits.partialBytesMax);
    const waitingBytesMax = isClient ? limits.clientBytesMax : limits.outgoingFragmentedBytesMax;
    this.fragments = new FragmentSender(fragmentWindowBytes, (piece) => sendPiece(this, piece), waitingBytesMax);
  }

  /** The largest datagram for it, in bytes. */
  get datagramBytes(): number {
    return Math.min(this.datagramBytesMax, datagramBytesTo(this.address));
  }

  /** A number for one more datagram to it: 1, 2, 3 …, without gaps, so that it can count what it misses. */
  nextNumber(): number {
    this.#numbered += 1;
    return this.#numbered;
  }

  /** What the configuration says. Where it was heard stays, unless that has changed. */
  set hint(hint: Address) {
    if (sameAddress(this.#hint, hint)) return;
    this.#hint = hint;
    this.address = hint;
  }

  /** Keeps a message until the peer is known to run; past the limit the oldest goes, like one that the network loses. */
  hold(message: RaftMessage): void {
    this.#held.push(message);
    if (this.#held.length > limits.greetedMessagesMax) this.#held.shift();
  }

  /**
   * It runs in `boot`: that is proven.
   * @returns what was held for it
   */
  meet(boot: BootId): RaftMessage[] {
    if (boot < this.boot) this.windows.reset();
    if (boot !== this.boot) this.fragments.clear();
    this.boot = boot;
    this.isMet = true;
    this.greeting = null;
    return this.#held.splice(0);
  }
}
