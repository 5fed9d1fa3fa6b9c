/**
 * The events of one stretch of positions, as edges, marks and requests. Takes them in any order of stretches: what finds its
 * other end neither here nor in another chunk is kept as a loose end until the other end comes.
 */
import type { DatagramFaultAct } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { FlightKind } from '../../../shared/projection/flights.ts';
import {
  edgeTimes,
  markTimes,
  requestTimes,
  type Edge,
  type EdgeFate,
  type Mark,
  type RequestSpan,
} from './diagram-items.ts';
import { SpanList } from './span-list.ts';

/** Positions of one chunk: `number · chunkSize` and on. */
export const chunkSize = 4_096;

export function chunkOf(position: number): number {
  return Math.floor(position / chunkSize);
}

/** The far end of a datagram whose sending is not in the same chunk, or what a fault did to it there. */
export interface LooseEnd {
  readonly key: string;
  readonly what: Exclude<EdgeFate, 'unknown' | 'corrupted'> | DatagramFaultAct;
  readonly timeNs: number;
  readonly position: number;
  readonly delayNs: number;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly kind: FlightKind;
  /** The chunk with its sending; −1 while that was not found. */
  home: number;
}

export class DiagramChunk {
  readonly number: number;
  /** Positions that were taken in, the second one excluded. */
  from: number;
  to: number;
  readonly edges = new SpanList<Edge>(edgeTimes);
  readonly marks = new SpanList<Mark>(markTimes);
  /** Those of them that stand out. */
  readonly graveMarks = new SpanList<Mark>(markTimes);
  readonly requests = new SpanList<RequestSpan>(requestTimes);
  readonly looseEnds: LooseEnd[] = [];
  /** Sent in this chunk; of datagrams of the same name the latest one. */
  readonly sent = new Map<string, Edge>();
  /** Of messages that brought entries. */
  readonly entryUuids = new Set<string>();
  /** Positions at which further copies of what was sent here arrived. */
  readonly #copyEnds = new Set<number>();
  readonly asked = new Map<string, RequestSpan>();
  /** Answers to what was asked in another chunk. */
  readonly answered = new Map<string, RequestSpan>();
  /** Times of the first and last event, by time. */
  startNs = Infinity;
  endNs = -Infinity;

  constructor(number: number, position: number) {
    this.number = number;
    this.from = position;
    this.to = position;
  }

  get isFull(): boolean {
    return this.from === this.number * chunkSize && this.to === (this.number + 1) * chunkSize;
  }

  send(key: string, edge: Edge): void {
    if ((this.sent.get(key)?.sendPosition ?? -1) < edge.sendPosition) this.sent.set(key, edge);
    this.edges.add(edge);
  }

  /** What became of a datagram that was sent in this chunk. Hearing the same again changes nothing. */
  settle(edge: Edge, end: Pick<LooseEnd, 'what' | 'timeNs' | 'position' | 'delayNs'>): void {
    this.edges.touch();
    switch (end.what) {
      case 'arrived':
        if (edge.fate === 'arrived') this.#addCopy(edge, end.timeNs, end.position);
        else setEnd(edge, 'arrived', end);
        break;
      case 'dropped':
      case 'failed':
        if (edge.fate === 'unknown') setEnd(edge, end.what, end);
        break;
      default:
        if (!edge.acts.includes(end.what)) edge.acts = [...edge.acts, end.what];
        edge.delayNs = Math.max(edge.delayNs, end.delayNs);
        if (end.what === 'corrupted' && edge.fate === 'unknown') setEnd(edge, 'corrupted', end);
    }
  }

  /** Ends behind `position` are not of datagrams that were sent before it. */
  takeApart(position: number): void {
    const isWrong = ({ sendPosition, endPosition }: Edge): boolean => sendPosition < position && endPosition > position;
    const wrong = this.edges.items.filter(isWrong);
    for (const edge of wrong) {
      this.#copyEnds.delete(edge.endPosition);
      if (edge.isCopy) this.edges.items.splice(this.edges.items.indexOf(edge), 1);
      else Object.assign(edge, { fate: 'unknown', endNs: Number.NaN, endPosition: -1, acts: [], delayNs: 0 });
    }
    if (wrong.length > 0) this.edges.touch();
  }

  #addCopy(edge: Edge, endNs: number, endPosition: number): void {
    if (edge.endPosition === endPosition || this.#copyEnds.has(endPosition)) return;
    this.#copyEnds.add(endPosition);
    this.edges.add({ ...edge, isCopy: true, endNs, endPosition });
  }
}

function setEnd(edge: Edge, fate: EdgeFate, end: Pick<LooseEnd, 'timeNs' | 'position'>): void {
  edge.fate = fate;
  edge.endNs = end.timeNs;
  edge.endPosition = end.position;
}
