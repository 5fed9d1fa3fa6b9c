/**
 * What a transport knows of one other member: where it is, since when it runs, which of its datagrams were seen, and what
 * is under way in both directions.
 */
import { sameAddress } from '../../shared/address.ts';
import { limits, type Address } from '../../shared/cluster-config.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { RaftMessage } from '../../shared/raft-message.ts';
import { FragmentSender, type Piece } from './fragment-sender.ts';
import { Losses } from './losses.ts';
import { datagramBytesTo } from './path-size.ts';
import { Reassembly } from './reassembly.ts';
import { ReplayWindows } from './replay-window.ts';

export interface PeerOptions {
  readonly id: NodeId;
  readonly address: Address;
  readonly fragmentWindowBytes: number;
  readonly sendPiece: (peer: Peer, piece: Piece) => number;
}

export class Peer {
  readonly id: NodeId;
  /** Where it was heard last; before that, where the configuration says. */
  address: Address;
  /** The boot that it is known to run in; 0 while that is not known. */
  boot: BootId = 0;
  /** The uuid of the greeting that it has not answered yet. An answer with it is no replay. */
  greeting: string | null = null;
  greetedNs = Number.NEGATIVE_INFINITY;
  /** The same, anywhere but where it is believed to be. */
  greetedElsewhereNs = Number.NEGATIVE_INFINITY;
  readonly windows = new ReplayWindows();
  readonly losses = new Losses();
  readonly reassembly = new Reassembly();
  readonly fragments: FragmentSender;
  /** Larger ones were refused by the system. */
  datagramBytesMax: number = limits.datagramBytesMax;
  #hint: Address;
  #held: RaftMessage[] = [];
  #numbered = 0;

  constructor({ id, address, fragmentWindowBytes, sendPiece }: PeerOptions) {
    this.id = id;
    this.address = address;
    this.#hint = address;
    this.fragments = new FragmentSender(fragmentWindowBytes, (piece) => sendPiece(this, piece));
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
    this.greeting = null;
    return this.#held.splice(0);
  }
}
