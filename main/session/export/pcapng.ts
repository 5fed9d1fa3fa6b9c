/**
 * pcapng: a packet for each end of each datagram, an interface for each server. What faults did stands in comments: at the
 * receiver's packet for what was late, doubled or damaged, at the sender's for what was dropped; so a sender's packet waits
 * until its fate is told, for at most two seconds of the stream.
 */
import type { Address } from '../../../shared/cluster-config.ts';
import type { EventOf, LabEvent } from '../../../shared/event.ts';
import type { BootId, NodeId } from '../../../shared/ids.ts';
import type { ExportFacts, Exporter } from './exporter.ts';
import { enhancedPacket, interfaceDescription, joined, sectionHeader, textOption } from './pcapng-blocks.ts';
import { capture, networkHeaderBytes, type CapturedDatagram } from './pcapng-datagram.ts';

const holdNs = 2e9;
const heldMax = 100_000;
const underWayMax = 131_072;
const nothing = new Uint8Array(0);
const nowhere: Address = { host: '127.0.0.1', port: 0 };
const noCluster = '00000000-0000-0000-0000-000000000000';

interface HeldPacket {
  readonly timeNs: number;
  readonly write: () => Uint8Array;
}

/** A datagram as far as it has come; the same for its copies. */
interface UnderWay {
  readonly id: bigint;
  lamport: number;
  /** Of the packet at its sender, while that waits. */
  readonly sendComments: string[];
  /** For the packet at its receiver. */
  readonly receiveComments: string[];
}

export function pcapngExporter(facts: ExportFacts): Exporter {
  const book = new AddressBook();
  const interfaces = new Map<NodeId, number>();
  const underWay = new Map<string, UnderWay>();
  const held: HeldPacket[] = [];
  let packetIds = 0n;
  const epochNs = BigInt(Math.round(facts.epochMs)) * 1_000_000n;

  /** The oldest make room: a copy that comes after that is shown as a datagram of its own. */
  function datagramWith(key: string): UnderWay {
    const known = underWay.get(key);
    if (known) return known;
    packetIds += 1n;
    const made: UnderWay = { id: packetIds, lamport: 0, sendComments: [], receiveComments: [] };
    underWay.set(key, made);
    for (const oldest of underWay.keys()) {
      if (underWay.size <= underWayMax) break;
      underWay.delete(oldest);
    }
    return made;
  }

  function hold(event: Sent | Received, state: UnderWay): void {
    const isInbound = event.type === 'datagram-received';
    if (!isInbound) state.lamport = event.lamport;
    const datagram = datagramOf(event, book, state.lamport);
    const { clusterId } = book;
    const [source, destination] = [book.addressOf(datagram.from), book.addressOf(datagram.to)];
    const at = interfaceOf(event.node);
    const write = (): Uint8Array => {
      const packet = enhancedPacket({
        interfaceId: at.id,
        timeNs: epochNs + BigInt(Math.round(event.timeNs)),
        captured: capture(datagram, clusterId, source, destination),
        originalBytes: networkHeaderBytes + event.bytes,
        isInbound,
        packetId: state.id,
        comments: isInbound ? state.receiveComments : state.sendComments,
      });
      return at.block ? joined([at.block, packet]) : packet;
    };
    held.push({ timeNs: event.timeNs, write });
  }

  /** The first packet of a server brings its interface along. */
  function interfaceOf(node: NodeId): { readonly id: number; readonly block?: Uint8Array } {
    const known = interfaces.get(node);
    if (known !== undefined) return { id: known };
    const id = interfaces.size;
    interfaces.set(node, id);
    const { host, port } = book.addressOf(node);
    return { id, block: interfaceDescription(`node${node}`, `Raft Lab node ${node} at ${host}:${port}`) };
  }

  /** Writes what is old enough, in order. */
  function release(nowNs: number): Uint8Array {
    let count = 0;
    for (const { timeNs } of held) {
      if (timeNs > nowNs - holdNs && held.length - count <= heldMax) break;
      count += 1;
    }
    return count === 0 ? nothing : joined(held.splice(0, count).map(({ write }) => write()));
  }

  return {
    begin: () => sectionHeader([textOption(1, aboutCapture(facts)), textOption(4, `Raft Lab ${facts.version}`)]),
    take({ event }) {
      book.observe(event);
      const key = keyOf(event);
      if (key === undefined) return nothing;
      const state = datagramWith(key);
      if (event.type === 'datagram-faulted') {
        state.receiveComments.push(`fault: ${event.act}${delayOf(event)}, rule ${event.faultRule}`);
      } else if (event.type === 'datagram-dropped') {
        state.sendComments.push(`fault: drop, rule ${event.faultRule}`);
      } else if (event.type === 'datagram-sent' || event.type === 'datagram-received') {
        hold(event, state);
      }
      return release(event.timeNs);
    },
    end: () => release(Infinity),
  };
}

type Sent = EventOf<'datagram-sent'>;
type Received = EventOf<'datagram-received'>;

function aboutCapture({ session }: ExportFacts): string {
  return `Rebuilt from the events of session ${session}: headers and the first fields of each message are as they were, tags are zero, and packets end where the session holds no more of them.`;
}

function delayOf({ act, delayNs }: EventOf<'datagram-faulted'>): string {
  return act === 'delayed' || act === 'reordered' ? ` by ${(delayNs / 1e6).toFixed(3)} ms` : '';
}

/** Names a datagram at both its ends; undefined for events that are about none. */
function keyOf(event: LabEvent): string | undefined {
  switch (event.type) {
    case 'datagram-sent':
      return `${event.node}:${event.boot}:${event.to}:${event.datagram}`;
    case 'datagram-received':
    case 'datagram-faulted':
    case 'datagram-dropped':
      return `${event.from}:${event.fromBoot}:${event.node}:${event.datagram}`;
    default:
      return undefined;
  }
}

function datagramOf(event: Sent | Received, book: AddressBook, lamport: number): CapturedDatagram {
  const { datagram, uuid, bytes, message, fragment } = event;
  const what = { datagram, uuid, bytes, message, fragment };
  if (event.type === 'datagram-sent') {
    const { node: from, boot: fromBoot, to } = event;
    return { ...what, from, fromBoot, to, toBoot: book.bootOf(to), lamport };
  }
  const { from, fromBoot, node: to, boot: toBoot } = event;
  return { ...what, from, fromBoot, to, toBoot, lamport };
}

/** Who is where, in which boot, of which cluster, as far as the stream has told. */
class AddressBook {
  clusterId = noCluster;
  readonly #addresses = new Map<NodeId, Address>();
  readonly #boots = new Map<NodeId, BootId>();

  observe(event: LabEvent): void {
    if (event.type === 'cluster-started') {
      this.clusterId = event.clusterId;
      for (const { id, address } of event.members) this.#addresses.set(id, address);
    } else if (event.type === 'node-started') {
      this.#addresses.set(event.node, event.address);
      this.#boots.set(event.node, event.boot);
    }
  }

  addressOf(node: NodeId): Address {
    return this.#addresses.get(node) ?? nowhere;
  }

  bootOf(node: NodeId): BootId {
    return this.#boots.get(node) ?? 0;
  }
}
