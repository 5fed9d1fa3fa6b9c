/**
 * Sits on the ways between servers: each believes that another one is at a socket of the tap, which hands on what arrives
 * there, from the socket at which the other believes the first one to be. So everything is heard, and can be said again from
 * where it came.
 */
import { required } from '../../../shared/assert.ts';
import type { Address } from '../../../shared/cluster-config.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { openUdpDatagrams, type UdpDatagrams } from '../../net/udp-datagrams.ts';

export type OnHeard = (from: NodeId, to: NodeId, bytes: Uint8Array) => void;

export class Wiretap {
  /** `between(a, b)`: where a believes b to be. */
  readonly #sockets: ReadonlyMap<string, UdpDatagrams>;

  private constructor(sockets: ReadonlyMap<string, UdpDatagrams>) {
    this.#sockets = sockets;
  }

  /** @param addresses where the servers really listen */
  static async open(addresses: readonly Address[], onHeard: OnHeard): Promise<Wiretap> {
    const ids = [...addresses.keys()];
    const pairs = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => [from, to] as const));
    const sockets = new Map<string, UdpDatagrams>();
    for (const [from, to] of pairs)
      sockets.set(`${from} ${to}`, await openUdpDatagrams({ host: '127.0.0.1', port: 0 }));
    const tap = new Wiretap(sockets);
    for (const [from, to] of pairs) {
      const target = required(addresses[to], 'it has an address');
      const back = tap.#between(to, from);
      tap.#between(from, to).onDatagram((bytes, { port }) => {
        if (port !== addresses[from]?.port) return;
        const copy = Uint8Array.from(bytes);
        onHeard(from, to, copy);
        back.send(copy, target);
      });
    }
    return tap;
  }

  addressOf(from: NodeId, to: NodeId): Address {
    return this.#between(from, to).localAddress;
  }

  /** As if it came from `from`. */
  say(from: NodeId, to: NodeId, bytes: Uint8Array, address: Address): void {
    this.#between(to, from).send(bytes, address);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.values()) socket.close();
    await Promise.all([...this.#sockets.values()].map(({ closed }) => closed));
  }

  #between(from: NodeId, to: NodeId): UdpDatagrams {
    return required(this.#sockets.get(`${from} ${to}`), 'each pair has a socket');
  }
}
