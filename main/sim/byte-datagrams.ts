/**
 * The lower level of the simulated network: bytes to addresses, under the real transport. Everyone's address is its id
 * as a port.
 */
import type { Address, Member } from '../../shared/cluster-config.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import { assert } from '../../shared/assert.ts';
import { damageBytes } from '../faults/damage.ts';
import type { PacketAct, PacketCopy } from '../faults/verdict.ts';
import { decodeHeader } from '../net/wire-header.ts';
import type { Datagrams } from '../ports.ts';
import type { Cargo, Network, Receiver } from './network.ts';
import type { SimProcess } from './sim-process.ts';
import type { Stamper } from './stamper.ts';

export interface ByteCargo extends Cargo {
  readonly data: Uint8Array;
  readonly fromBoot: BootId;
  /** 0 for what transports say to each other: it is not in the stream. */
  readonly datagram: number;
  readonly lamport: number;
}

const host = '127.0.0.1';
const portOfNode0 = 11_110;

export function addressOf(id: NodeId): Address {
  return { host, port: portOfNode0 + id };
}

export function memberOf(id: NodeId): Member {
  return { id, address: addressOf(id) };
}

export class ByteDatagrams implements Datagrams, Receiver<ByteCargo> {
  readonly localAddress: Address;
  readonly #stamper: Stamper;
  readonly #network: Network<ByteCargo>;
  readonly #process: SimProcess;
  readonly #clusterId: Uint8Array;
  #handler: Parameters<Datagrams['onDatagram']>[0] = () => {};
  #closed = false;

  constructor(stamper: Stamper, network: Network<ByteCargo>, process: SimProcess, clusterId: Uint8Array) {
    this.localAddress = addressOf(stamper.node);
    this.#stamper = stamper;
    this.#network = network;
    this.#process = process;
    this.#clusterId = clusterId;
    network.attach(stamper.node, this);
  }

  send(data: Uint8Array, { port }: Address): void {
    if (this.#closed) return;
    const header = decodeHeader(data, this.#clusterId, null);
    assert(header.ok, 'the transport sends what has a header');
    const { kind, datagram, lamport } = header.value;
    const { node: from, boot: fromBoot } = this.#stamper;
    const to = port - portOfNode0;
    this.#network.send({ from, to, kind, bytes: data.byteLength, data, fromBoot, datagram, lamport });
  }

  onDatagram(handler: Parameters<Datagrams['onDatagram']>[0]): void {
    this.#handler = handler;
  }

  /** The simulated system takes everything. */
  onSendError(): void {}

  close(): void {
    this.#closed = true;
  }

  deliver(cargo: ByteCargo, damage: PacketCopy['damage'], isCopy: boolean): void {
    if (this.#process.isPaused) return this.#process.whenResumed(() => this.deliver(cargo, damage, isCopy));
    if (this.#closed || !this.#process.isAlive) return;
    // A copy of its own: the receiver may keep parts of it, and a duplicate must not change with it.
    const bytes = damage ? damageBytes(cargo.data, damage.seed) : cargo.data.slice();
    this.#handler(bytes, addressOf(cargo.from), isCopy);
  }

  drop({ from, fromBoot, datagram, lamport }: ByteCargo, faultRule: string): void {
    if (datagram === 0 || this.#closed || !this.#process.isAlive) return;
    this.#stamper.lamport.witness(lamport);
    this.#stamper.emit({ type: 'datagram-dropped', from, fromBoot, datagram, faultRule });
  }

  alter({ from, fromBoot, datagram, lamport }: ByteCargo, { faultRule, act, delayNs }: PacketAct): void {
    if (datagram === 0 || this.#closed || !this.#process.isAlive) return;
    this.#stamper.lamport.witness(lamport);
    this.#stamper.emit({ type: 'datagram-faulted', from, fromBoot, datagram, faultRule, act, delayNs });
  }
}
