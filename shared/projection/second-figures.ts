/** What a second of the stream amounts to: for charts, and for pictures of spans too long to draw each datagram. */
import { nanosecondsPerSecond } from '../duration.ts';
import type { EventOf, LabEvent } from '../event.ts';
import type { NodeId } from '../ids.ts';
import { LatencySketch, type LatencyFigures } from './latency-sketch.ts';

/** Of one server, in one second. */
export interface NodeSecond {
  readonly node: NodeId;
  readonly sent: number;
  readonly received: number;
  /** Kept back by faults at this server, missing, or refused. */
  readonly lost: number;
}

export interface SecondFigures {
  /** The second from `second` · 10⁹ ns on. What was put together by `mergeSeconds` is longer. */
  readonly second: number;
  /** By id, ascending; those that did anything. */
  readonly nodes: readonly NodeSecond[];
  /** Bytes of datagrams sent. */
  readonly bytes: number;
  readonly elections: number;
  /** Entries whose append was answered. */
  readonly appended: number;
  readonly reads: number;
  /** Requests that failed. */
  readonly failed: number;
  /** Of requests that were answered in this second, all outcomes but failures; null when there was none. */
  readonly latencyNs: LatencyFigures | null;
  /** The highest index that any server has committed by the end of the second. */
  readonly commitIndex: number;
}

/**
 * The fold. A second is finished when an event of a later one comes; events that come late (the stream is not quite in the
 * order of time) count in the second that runs. Seconds without events have no figures.
 */
export class SecondsFold {
  #running: Tally | undefined;
  #commitIndex: number;

  /** @param commitIndex The highest committed index so far, for a start in the middle. */
  constructor(commitIndex = 0) {
    this.#commitIndex = commitIndex;
  }

  /** The second that runs, as far as it has come. */
  get running(): SecondFigures | undefined {
    return this.#running?.figures(this.#commitIndex);
  }

  /** @returns the second that this event finishes, if it is the first of a later one */
  take(event: LabEvent): SecondFigures | undefined {
    const second = Math.floor(event.timeNs / nanosecondsPerSecond);
    const finished = this.#running && second > this.#running.second ? this.running : undefined;
    if (!this.#running || finished) this.#running = new Tally(second);
    this.#running.take(event);
    if (event.type === 'cluster-started') this.#commitIndex = 0;
    else this.#commitIndex = Math.max(this.#commitIndex, commitIndexOf(event));
    return finished;
  }
}

/** Puts seconds together, `perBucket` at a time, cut where `second` is a multiple of it. Counts add up: divide for rates. */
export function mergeSeconds(seconds: readonly SecondFigures[], perBucket: number): readonly SecondFigures[] {
  const merged: SecondFigures[] = [];
  let bucket: Tally | undefined;
  let commitIndex = 0;
  for (const figures of seconds) {
    const start = Math.floor(figures.second / perBucket) * perBucket;
    if (bucket?.second !== start) {
      if (bucket) merged.push(bucket.figures(commitIndex));
      bucket = new Tally(start);
    }
    bucket.merge(figures);
    ({ commitIndex } = figures);
  }
  if (bucket) merged.push(bucket.figures(commitIndex));
  return merged;
}

type Counted = 'sent' | 'received' | 'lost';

/** What is counted towards a second, or several. */
class Tally {
  readonly second: number;
  readonly #nodes = new Map<NodeId, Record<Counted, number>>();
  readonly #latencies = new LatencySketch();
  #bytes = 0;
  #elections = 0;
  #appended = 0;
  #reads = 0;
  #failed = 0;

  constructor(second: number) {
    this.second = second;
  }

  take(event: LabEvent): void {
    switch (event.type) {
      case 'datagram-sent':
        this.#count(event.node, 'sent', 1);
        this.#bytes += event.bytes;
        break;
      case 'datagram-received':
        this.#count(event.node, 'received', 1);
        break;
      case 'datagram-dropped':
      case 'datagram-refused':
        this.#count(event.node, 'lost', 1);
        break;
      case 'datagrams-refused':
      case 'datagrams-missing':
        this.#count(event.node, 'lost', event.count);
        break;
      case 'election-started':
        this.#elections += 1;
        break;
      case 'request-answered':
        this.#takeAnswer(event);
        break;
      default:
    }
  }

  merge(figures: SecondFigures): void {
    for (const { node, sent, received, lost } of figures.nodes) {
      this.#count(node, 'sent', sent);
      this.#count(node, 'received', received);
      this.#count(node, 'lost', lost);
    }
    this.#bytes += figures.bytes;
    this.#elections += figures.elections;
    this.#appended += figures.appended;
    this.#reads += figures.reads;
    this.#failed += figures.failed;
    if (figures.latencyNs) this.#latencies.merge(figures.latencyNs);
  }

  figures(commitIndex: number): SecondFigures {
    return {
      second: this.second,
      nodes: [...this.#nodes]
        .map(([node, counts]) => ({ node, ...counts }))
        .toSorted((left, right) => left.node - right.node),
      bytes: this.#bytes,
      elections: this.#elections,
      appended: this.#appended,
      reads: this.#reads,
      failed: this.#failed,
      latencyNs: this.#latencies.figures(),
      commitIndex,
    };
  }

  #takeAnswer({ outcome, latencyNs }: EventOf<'request-answered'>): void {
    if (outcome.kind === 'failed') {
      this.#failed += 1;
      return;
    }
    if (outcome.kind === 'appended') this.#appended += outcome.lastIndex - outcome.firstIndex + 1;
    else this.#reads += 1;
    this.#latencies.take(latencyNs);
  }

  #count(node: NodeId, what: Counted, count: number): void {
    const counts = this.#nodes.get(node) ?? { sent: 0, received: 0, lost: 0 };
    counts[what] += count;
    this.#nodes.set(node, counts);
  }
}

function commitIndexOf(event: LabEvent): number {
  switch (event.type) {
    case 'commit-advanced':
      return event.to;
    case 'node-started':
      return event.snapshot.lastIncludedIndex;
    case 'snapshot-installed':
      return event.lastIncludedIndex;
    default:
      return 0;
  }
}
