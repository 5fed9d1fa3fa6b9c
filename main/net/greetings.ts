/**
 * How servers learn since when the other one runs. A greeting carries a fresh uuid and is answered with it: such an
 * answer can't be a replay, so the boot in it is the present one. Greetings change nothing at who is greeted.
 */
import { sameAddress } from '../../shared/address.ts';
import { limits, type Address } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { BootId } from '../../shared/ids.ts';
import type { DatagramWriter } from './datagram-writer.ts';
import type { Peer } from './peer.ts';
import type { WireHeader } from './wire-header.ts';

export class Greetings {
  readonly #boot: BootId;
  readonly #writer: Pick<DatagramWriter, 'control'>;
  readonly #newUuid: () => string;
  readonly #nowNs: () => number;

  constructor(boot: BootId, writer: Pick<DatagramWriter, 'control'>, newUuid: () => string, nowNs: () => number) {
    this.#boot = boot;
    this.#writer = writer;
    this.#newUuid = newUuid;
    this.#nowNs = nowNs;
  }

  /** Asks since when it runs, unless it was asked just now. @param address where it is believed to be */
  greet(peer: Peer, address: Address): void {
    const nowNs = this.#nowNs();
    // Replays from elsewhere lead here too; they must not use up the turn of where it really is.
    const isThere = sameAddress(address, peer.address);
    const lastNs = isThere ? peer.greetedNs : peer.greetedElsewhereNs;
    if (nowNs - lastNs < limits.greetingIntervalMs * nanosecondsPerMillisecond) return;
    if (isThere) peer.greetedNs = nowNs;
    else peer.greetedElsewhereNs = nowNs;
    // The same one until it is answered, so that a late answer still counts.
    peer.greeting ??= this.#newUuid();
    this.#writer.control('hello', peer.wireId, peer.boot, address, peer.greeting);
  }

  /** A genuine `hello`, perhaps a replay. */
  onHello(
    peer: Peer,
    { senderId, boot, uuid }: Pick<WireHeader, 'senderId' | 'boot' | 'uuid'>,
    address: Address,
  ): void {
    // First: so it is answered before what the answer to the other one sets free, and that is taken at once.
    if (!peer.isMet || boot !== peer.boot) this.greet(peer, address);
    this.#writer.control('hello-reply', senderId, boot, address, uuid);
  }

  /** A genuine `hello-reply`. @returns true when it proves that the peer runs in the boot that it names */
  isFresh(peer: Peer, { receiverBoot, uuid }: Pick<WireHeader, 'receiverBoot' | 'uuid'>): boolean {
    return uuid === peer.greeting && receiverBoot === this.#boot;
  }
}
