/**
 * Puts number, header and tag on what leaves, and reports it.
 */
import type { Address } from '../../shared/cluster-config.ts';
import type { FragmentPlace, MessageSummary } from '../../shared/event.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { MessageKind } from '../../shared/raft-message.ts';
import type { LamportClock } from '../lamport-clock.ts';
import type { ControlKind, Datagrams, EmitEvent } from '../ports.ts';
import { fragmentPrefixBytes, fragmentsHeldBytes, writeFragmentPrefix, writeFragmentsHeld } from './fragment-codec.ts';
import type { FragmentsHeld } from './fragment-codec.ts';
import type { Piece } from './fragment-sender.ts';
import type { Peer } from './peer.ts';
import type { Seal } from './seal.ts';
import { encodeHeader, headerBytes } from './wire-header.ts';

export interface WriterOptions {
  readonly self: NodeId;
  readonly boot: BootId;
  readonly clusterId: Uint8Array;
  readonly seal: Seal;
  readonly datagrams: Datagrams;
  readonly emit: EmitEvent;
  readonly lamport: LamportClock;
}

export class DatagramWriter {
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** @param bytes the message behind room for the header, as `encodeMessage` gives it */
  whole(peer: Peer, kind: MessageKind, uuid: string, summary: MessageSummary, bytes: Uint8Array): void {
    this.#send(peer, peer.nextNumber(), { kind, uuid, summary, bytes });
  }

  /** @returns the number of its datagram */
  piece(peer: Peer, { large, message, index, count, bytes: content }: Piece): number {
    const { kind, uuid, summary, body } = large;
    const datagram = peer.nextNumber();
    const place = { message: message === 0 ? datagram : message, index, count };
    const bytes = Buffer.allocUnsafe(headerBytes + fragmentPrefixBytes + content.length);
    const prefix = { message: place.message, totalBytes: body.length, round: summary.round };
    writeFragmentPrefix(prefix, bytes, headerBytes);
    bytes.set(content, headerBytes + fragmentPrefixBytes);
    this.#send(peer, datagram, { kind, uuid, summary, bytes, place });
    return datagram;
  }

  fragmentsHeld(peer: Peer, held: FragmentsHeld, uuid: string): void {
    const bytes = Buffer.allocUnsafe(headerBytes + fragmentsHeldBytes(held.count));
    writeFragmentsHeld(held, bytes, headerBytes);
    this.control('fragments-held', peer.wireId, peer.boot, peer.address, uuid, bytes);
  }

  /** The transport's own datagrams have no number and are not in the stream. */
  control(
    kind: ControlKind,
    receiverId: NodeId,
    receiverBoot: BootId,
    to: Address,
    uuid: string,
    bytes: Uint8Array = Buffer.allocUnsafe(headerBytes),
  ): void {
    const { self: senderId, boot, clusterId, lamport, seal, datagrams } = this.#options;
    const ends = { senderId, receiverId, boot, receiverBoot };
    const header = { kind, ...ends, datagram: 0, lamport: lamport.current, fragment: 0, fragments: 1, uuid };
    encodeHeader(header, clusterId, bytes);
    seal.stamp(bytes);
    datagrams.send(bytes, to);
  }

  #send(
    peer: Peer,
    datagram: number,
    what: {
      readonly kind: MessageKind;
      readonly uuid: string;
      readonly summary: MessageSummary;
      readonly bytes: Uint8Array;
      readonly place?: FragmentPlace;
    },
  ): void {
    const { self: senderId, boot, clusterId, lamport, seal, datagrams, emit } = this.#options;
    const { kind, uuid, summary: message, bytes, place } = what;
    // First the event, then its Lamport number into the header, then the bytes leave: no receive stands before its send.
    const sent = { type: 'datagram-sent', to: peer.id, datagram, uuid, bytes: bytes.byteLength, message } as const;
    emit(place === undefined ? sent : { ...sent, fragment: place });
    const ends = { senderId, receiverId: peer.wireId, boot, receiverBoot: peer.boot };
    const part = { fragment: place?.index ?? 0, fragments: place?.count ?? 1 };
    encodeHeader({ kind, ...ends, datagram, lamport: lamport.current, ...part, uuid }, clusterId, bytes);
    seal.stamp(bytes);
    datagrams.send(bytes, peer.address);
  }
}
