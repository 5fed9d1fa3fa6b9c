/**
 * What a transport tells besides its messages: what it refused, could not send and misses. Bounded per second, whoever floods it.
 */
import { limits, type Address } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Datagrams, EmitEvent } from '../ports.ts';
import type { Refusal } from './decoded.ts';
import type { Peer } from './peer.ts';
import { TellingLimit } from './telling-limit.ts';

export class NetTelling {
  readonly #emit: EmitEvent;
  readonly #datagrams: Datagrams;
  readonly #limit: TellingLimit;
  /** Of what the system threw away, so much was told. */
  #overflowed = 0;

  constructor(emit: EmitEvent, datagrams: Datagrams, nowNs: () => number, perSecond: number = limits.toldPerSecondMax) {
    this.#emit = emit;
    this.#datagrams = datagrams;
    this.#limit = new TellingLimit(emit, nowNs, perSecond);
  }

  /** Something arrives or leaves: time may have passed. */
  pulse(): void {
    this.#limit.pulse();
  }

  finish(): void {
    this.#limit.finish();
  }

  refused({ why, reason }: Refusal, address: Address, bytes: number): void {
    const where = { address, why, reason };
    this.#limit.tell(
      why,
      bytes,
      () => ({ type: 'datagram-refused', bytes, ...where }),
      (count, byteCount) => ({ type: 'datagrams-refused', count, bytes: byteCount, ...where }),
    );
  }

  /** Those are not in the stream, unless there are so many that somebody may be replaying them. */
  control(bytes: number, address: Address): void {
    const rest = (count: number, byteCount: number) =>
      ({ type: 'controls-counted', count, bytes: byteCount, address }) as const;
    this.#limit.tell('control', bytes, undefined, rest);
  }

  /** @param isKnown strangers share a count */
  sendFailed(to: NodeId, isKnown: boolean, datagram: number, reason: string): void {
    this.#limit.tell(
      `to ${isKnown ? to : 'a stranger'}`,
      0,
      () => ({ type: 'send-failed', to, datagram, reason }),
      (count) => ({ type: 'sends-failed', to, count, reason }),
    );
  }

  /** What did not come from a peer that was just heard; not more often than `limits.lossesToldMs`. */
  losses(peer: Peer, nowNs: number): void {
    const lost = peer.losses.look(peer.windows, peer.boot, nowNs);
    if (lost === undefined) return;
    const overflowed = this.#datagrams.overflowed?.();
    const more = overflowed === undefined ? {} : { overflowed: overflowed - this.#overflowed };
    this.#overflowed = overflowed ?? this.#overflowed;
    this.#emit({ type: 'datagrams-missing', from: peer.id, fromBoot: peer.boot, ...lost, ...more });
  }
}
