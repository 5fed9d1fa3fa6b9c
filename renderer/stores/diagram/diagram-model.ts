/**
 * What of the stream is loaded, in chunks of positions that come and go: live at the end, by queries anywhere. Whatever the
 * order in which chunks come, each receive stands at the edge of its own send. Bounded: `forgetBeyond` lets the farthest ones go.
 */
import type { LabEvent } from '../../../shared/event.ts';
import { labSourceId, type NodeId } from '../../../shared/ids.ts';
import { DatagramPairs } from './datagram-pairs.ts';
import { chunkOf, chunkSize, DiagramChunk, type LooseEnd } from './diagram-chunk.ts';
import { graveMarks, markContentsOf, type Edge, type Mark, type RequestSpan } from './diagram-items.ts';
import { answerRequest, askRequest } from './request-pairs.ts';
import type { Visit } from './span-list.ts';

export class DiagramModel {
  readonly chunks = new Map<number, DiagramChunk>();
  /** Those that were seen to do something. */
  readonly nodes = new Set<NodeId>();
  /** Rises with every change. */
  version = 0;
  readonly #datagrams = new DatagramPairs(this.chunks);

  clear(): void {
    this.chunks.clear();
    this.nodes.clear();
    this.#datagrams.clear();
    this.version += 1;
  }

  /** Takes in events that follow one another from `position` on. What is there already is passed over. */
  put(position: number, events: readonly LabEvent[]): void {
    this.version += 1;
    for (let at = 0; at < events.length;) {
      const number = chunkOf(position + at);
      const end = Math.min(events.length, (number + 1) * chunkSize - position);
      const chunk = this.#chunkFor(number, position + at, position + end);
      this.#putInto(chunk, position + at, events.slice(at, end));
      at = end;
    }
  }

  /** Another cluster begins there; its nodes number their datagrams anew. Known of parts that are not loaded, too. */
  beginAnew(position: number): void {
    this.#datagrams.beginAnew(position);
    this.version += 1;
  }

  /** Of what chunk `number` holds before `end`, the first part that is not loaded; undefined when all of it is. */
  missingOf(number: number, end: number): { readonly from: number; readonly to: number } | undefined {
    const base = number * chunkSize;
    const to = Math.min(end, base + chunkSize);
    const chunk = this.chunks.get(number);
    if (!chunk) return base < to ? { from: base, to } : undefined;
    if (chunk.from > base) return { from: base, to: chunk.from };
    return chunk.to < to ? { from: chunk.to, to } : undefined;
  }

  /** Lets chunks go until `chunksMax` are left: the farthest from those between `first` and `last` first. */
  forgetBeyond(first: number, last: number, chunksMax: number): void {
    if (this.chunks.size <= chunksMax) return;
    const distance = (number: number): number => Math.max(0, first - number, number - last);
    const byDistance = [...this.chunks.keys()].toSorted((one, other) => distance(other) - distance(one));
    for (const number of byDistance.slice(0, byDistance.length - chunksMax)) this.#drop(number);
  }

  /** The latest datagram of this name that is loaded. */
  edgeOf(key: string): Edge | undefined {
    return this.#datagrams.find(key, Infinity)?.edge;
  }

  requestOf(requestId: string): RequestSpan | undefined {
    for (const { asked } of this.chunks.values()) {
      const request = asked.get(requestId);
      if (request) return request;
    }
    return undefined;
  }

  eachEdge(fromNs: number, toNs: number, visit: Visit<Edge>): void {
    for (const chunk of this.chunks.values()) if (!chunk.edges.eachWithin(fromNs, toNs, visit)) return;
  }

  eachMark(fromNs: number, toNs: number, visit: Visit<Mark>): void {
    for (const chunk of this.chunks.values()) if (!chunk.marks.eachWithin(fromNs, toNs, visit)) return;
  }

  /** Of the marks those that stand out, which are few. */
  eachGraveMark(fromNs: number, toNs: number, visit: Visit<Mark>): void {
    for (const chunk of this.chunks.values()) if (!chunk.graveMarks.eachWithin(fromNs, toNs, visit)) return;
  }

  eachRequest(fromNs: number, toNs: number, visit: Visit<RequestSpan>): void {
    for (const chunk of this.chunks.values()) if (!chunk.requests.eachWithin(fromNs, toNs, visit)) return;
  }

  /** Ends of datagrams whose sending is not loaded. */
  eachLooseEnd(fromNs: number, toNs: number, visit: (end: LooseEnd) => void): void {
    for (const { looseEnds } of this.chunks.values()) {
      for (const end of looseEnds) if (end.home < 0 && end.timeNs >= fromNs && end.timeNs <= toNs) visit(end);
    }
  }

  /** The chunk that takes these positions; one with a hole between them and what it has begins anew. */
  #chunkFor(number: number, from: number, to: number): DiagramChunk {
    const held = this.chunks.get(number);
    if (held && from <= held.to && to >= held.from) return held;
    if (held) this.#drop(number);
    const chunk = new DiagramChunk(number, from);
    this.chunks.set(number, chunk);
    return chunk;
  }

  #drop(number: number): void {
    this.chunks.delete(number);
    this.version += 1;
    for (const { looseEnds } of this.chunks.values()) {
      for (const end of looseEnds) if (end.home === number) end.home = -1;
    }
  }

  #putInto(chunk: DiagramChunk, position: number, events: readonly LabEvent[]): void {
    const { from, to } = chunk;
    let here = position;
    for (const event of events) {
      if (here < from || here >= to) this.#take(chunk, here, event);
      here += 1;
    }
    chunk.from = Math.min(from, position);
    chunk.to = Math.max(to, here);
    for (const other of this.chunks.values()) if (other.number >= chunk.number) this.#datagrams.tie(chunk, other);
  }

  #take(chunk: DiagramChunk, position: number, event: LabEvent): void {
    chunk.startNs = Math.min(chunk.startNs, event.timeNs);
    chunk.endNs = Math.max(chunk.endNs, event.timeNs);
    if (event.node !== labSourceId) this.nodes.add(event.node);
    switch (event.type) {
      case 'datagram-sent':
        return this.#datagrams.sent(chunk, position, event);
      case 'datagram-received':
      case 'datagram-dropped':
      case 'datagram-faulted':
        return this.#datagrams.ended(chunk, position, event);
      case 'send-failed':
        return this.#datagrams.failed(chunk, position, event);
      case 'request-sent':
        return askRequest(this.chunks, chunk, position, event);
      case 'request-answered':
        return answerRequest(this.chunks, chunk, position, event);
      case 'cluster-started':
        this.beginAnew(position);
        break;
      // Several of each heartbeat, and what they lead to is told.
      case 'timer-set':
        return;
      default:
    }
    const node = event.node === labSourceId && 'target' in event ? event.target : event.node;
    const mark = { timeNs: event.timeNs, position, node, type: event.type, ...markContentsOf(event) };
    chunk.marks.add(mark);
    if (graveMarks.has(mark.kind)) chunk.graveMarks.add(mark);
  }
}
