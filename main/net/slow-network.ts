/**
 * A network on which datagrams between servers take their time: what arrives is held before anybody sees it, as if it were still
 * on its way. Those of one sender keep their order. Clients from outside are not slowed down.
 */
import { parse } from 'uuid';
import type { Address, NetworkDelay } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import { outsiderId, type ClusterId, type NodeId } from '../../shared/ids.ts';
import { drawUnit, seedFor, type RandomState } from '../../shared/random.ts';
import type { Datagrams } from '../ports.ts';
import { DelayLine } from './delay-line.ts';
import { decodeHeader } from './wire-header.ts';

export interface SlowNetworkOptions {
  readonly delay: NetworkDelay;
  /** What each datagram takes is drawn from it. */
  readonly seed: number;
  /** Of the datagrams that are slowed down; the others are for the transport to refuse. */
  readonly clusterId: ClusterId;
  readonly nowNs: () => number;
}

/** @param network as fast as it is */
export function slowDown(network: Datagrams, { delay, seed, clusterId, nowNs }: SlowNetworkOptions): Datagrams {
  const random: RandomState = { random: seedFor(seed, 'network delay') };
  const cluster = parse(clusterId);
  /** When the last one of each sender arrives. */
  const lastNs = new Map<NodeId, number>();
  let handler: Parameters<Datagrams['onDatagram']>[0] = () => {};
  const line = new DelayLine({ nowNs, deliver: (bytes, from) => handler(bytes, from) });

  function take(bytes: Uint8Array, from: Address): void {
    line.deliverDue();
    const header = decodeHeader(bytes, cluster, null);
    if (!header.ok || header.value.senderId === outsiderId) return handler(bytes, from);
    // What finds no more room is lost, as on a network.
    if (!line.hasRoom(1, bytes.byteLength)) return undefined;
    const { senderId } = header.value;
    const takesMs = delay.minMs + (delay.maxMs - delay.minMs) * drawUnit(random);
    const dueNs = Math.max(nowNs() + Math.round(takesMs * nanosecondsPerMillisecond), lastNs.get(senderId) ?? 0);
    lastNs.set(senderId, dueNs);
    // The system may use the memory of what arrived again.
    return line.hold(new Uint8Array(bytes), from, dueNs);
  }

  return {
    localAddress: network.localAddress,
    ...(network.receiveBufferBytes !== undefined && { receiveBufferBytes: network.receiveBufferBytes }),
    ...(network.overflowed && { overflowed: () => network.overflowed?.() }),
    send: (bytes, to) => network.send(bytes, to),
    onDatagram(newHandler) {
      handler = newHandler;
      network.onDatagram(take);
    },
    onSendError: (onError) => network.onSendError(onError),
    close() {
      line.close();
      network.close();
    },
  };
}
