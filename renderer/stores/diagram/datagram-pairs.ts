/** Pairs what became of each datagram with its sending, whichever of the two is loaded first. */
import type { EventOf } from '../../../shared/event.ts';
import { isReply } from '../../../shared/raft-message.ts';
import type { DiagramChunk, LooseEnd } from './diagram-chunk.ts';
import { contentsOf, keyOf, type Edge } from './diagram-items.ts';

/** Whatever names a datagram that somebody else sent. */
type EndEvent = EventOf<'datagram-received' | 'datagram-dropped' | 'datagram-faulted'>;

export class DatagramPairs {
  readonly #chunks: ReadonlyMap<number, DiagramChunk>;
  /** Positions at which another cluster began: its nodes number their boots and datagrams anew. */
  readonly #beginnings = new Set<number>();

  constructor(chunks: ReadonlyMap<number, DiagramChunk>) {
    this.#chunks = chunks;
  }

  clear(): void {
    this.#beginnings.clear();
  }

  /** Another cluster begins there. What was paired across it, since that was not known, is taken apart. */
  beginAnew(position: number): void {
    if (this.#beginnings.has(position)) return;
    this.#beginnings.add(position);
    for (const chunk of this.#chunks.values()) {
      chunk.takeApart(position);
      for (const end of chunk.looseEnds) {
        const edge = end.home < 0 ? undefined : this.#chunks.get(end.home)?.sent.get(end.key);
        if (edge && !this.#canPair(edge, end)) end.home = -1;
      }
    }
    for (const chunk of this.#chunks.values()) for (const other of this.#chunks.values()) this.tie(chunk, other);
  }

  sent(chunk: DiagramChunk, position: number, event: EventOf<'datagram-sent'>): void {
    const { node: from, boot, to, datagram, message, bytes, uuid, timeNs } = event;
    const contents = contentsOf(message, bytes, isReply(message.kind) && this.#broughtEntries(chunk, uuid));
    if (contents.lastIndex >= contents.firstIndex) chunk.entryUuids.add(uuid);
    chunk.send(keyOf(from, boot, to, datagram), {
      from,
      boot,
      to,
      datagram,
      ...contents,
      isCopy: false,
      sendNs: timeNs,
      sendPosition: position,
      endNs: Number.NaN,
      endPosition: -1,
      fate: 'unknown',
      acts: [],
      delayNs: 0,
    });
  }

  ended(chunk: DiagramChunk, position: number, event: EndEvent): void {
    const { node: to, from, fromBoot, datagram, timeNs } = event;
    const isFault = event.type === 'datagram-faulted';
    this.#settleOrKeep(chunk, {
      key: keyOf(from, fromBoot, to, datagram),
      what: isFault ? event.act : event.type === 'datagram-received' ? 'arrived' : 'dropped',
      timeNs,
      position,
      delayNs: isFault ? event.delayNs : 0,
      from,
      to,
      kind: event.type === 'datagram-received' ? contentsOf(event.message, 0, true).kind : 'reply',
      home: -1,
    });
  }

  failed(chunk: DiagramChunk, position: number, event: EventOf<'send-failed'>): void {
    const { node: from, boot, to, datagram, timeNs } = event;
    const key = keyOf(from, boot, to, datagram);
    const end = { key, what: 'failed', timeNs, position, delayNs: 0, from, to, kind: 'reply', home: -1 } as const;
    this.#settleOrKeep(chunk, end);
  }

  /** Loose ends of `other` that belong to what was sent in `chunk`. */
  tie(chunk: DiagramChunk, other: DiagramChunk): void {
    for (const end of other.looseEnds) {
      const edge = end.home < 0 ? chunk.sent.get(end.key) : undefined;
      if (!edge || !this.#canPair(edge, end)) continue;
      end.home = chunk.number;
      chunk.settle(edge, end);
    }
  }

  /** The latest datagram of this name that was sent before `position`. */
  find(key: string, position: number): { readonly edge: Edge; readonly home: DiagramChunk } | undefined {
    let found: { readonly edge: Edge; readonly home: DiagramChunk } | undefined;
    for (const home of this.#chunks.values()) {
      const edge = home.sent.get(key);
      if (edge && edge.sendPosition < position && edge.sendPosition > (found?.edge.sendPosition ?? -1))
        found = { edge, home };
    }
    return found;
  }

  #settleOrKeep(chunk: DiagramChunk, end: LooseEnd): void {
    const own = chunk.sent.get(end.key);
    const isOwn = own !== undefined && own.sendPosition < end.position;
    const found = isOwn ? { edge: own, home: chunk } : this.find(end.key, end.position);
    const isPair = found !== undefined && this.#canPair(found.edge, end);
    if (isPair) found.home.settle(found.edge, end);
    // Its sending's chunk may be let go and come back: then it is asked again.
    if (!isPair || found.home !== chunk) chunk.looseEnds.push({ ...end, home: isPair ? found.home.number : -1 });
  }

  #canPair({ sendPosition }: Edge, { position }: LooseEnd): boolean {
    if (sendPosition >= position) return false;
    for (const beginning of this.#beginnings) if (beginning > sendPosition && beginning < position) return false;
    return true;
  }

  /** Whether the call that is answered brought entries; one right before the chunk counts, too. */
  #broughtEntries({ number, entryUuids }: DiagramChunk, uuid: string): boolean {
    return entryUuids.has(uuid) || this.#chunks.get(number - 1)?.entryUuids.has(uuid) === true;
  }
}
