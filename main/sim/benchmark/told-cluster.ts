/**
 * What a cluster of three under load tells, made up: the events of each round of requests as real servers and a lab report them. Its
 * log holds client entries only, and every answer is right.
 */
import { paperTimings } from '../../../shared/cluster-config.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import type { EventBody, EventOf, LabEvent } from '../../../shared/event.ts';
import { labSourceId, type NodeId } from '../../../shared/ids.ts';

type Outcome = EventOf<'request-answered'>['outcome'];

const nodes: readonly NodeId[] = [0, 1, 2];
const term = 1;
const message = { kind: 'append-entries', term, round: 1 } as const;
const uuid = '00000000-0000-4000-8000-000000000000';
/** Every so many requests there is a read. */
const readEvery = 5;
const shownMax = 5;

export class ToldCluster {
  /** Told since it was taken the last time. */
  #events: LabEvent[] = [];
  readonly #sequences = new Map<NodeId, number>();
  #lamport = 0;
  #timeNs = 0;
  #requests = 0;
  /** Where reads begin that have no answer yet, by request. */
  readonly #starts = new Map<number, number>();
  #lastIndex = 0;

  constructor() {
    const members = nodes.map((id) => ({ id, address: { host: '127.0.0.1', port: 11_110 + id } }));
    this.#tell(labSourceId, { type: 'cluster-started', clusterId: uuid, members, timings: paperTimings, folder: '' });
    for (const id of nodes) {
      const storageId = `0000000${id + 1}${uuid.slice(8)}`;
      const [configuration, snapshot] = [votersOnly(nodes), { lastIncludedIndex: 0, lastIncludedTerm: 0 }];
      const found = { term: 0, votedFor: null, lastIndex: 0, termRuns: [], timings: paperTimings, snapshot };
      const address = { host: '127.0.0.1', port: 11_110 + id };
      const body = { address, storageId, members, ...found, configuration: { index: 0, configuration } };
      this.#tell(id, { type: 'node-started', ...body });
      this.#tell(id, { type: 'term-changed', from: 0, to: term, reason: 'an election' });
    }
    this.#tell(0, { type: 'role-changed', from: 'candidate', to: 'leader', term, reason: 'a majority' });
  }

  /** One round: requests are sent, replicated together, and answered at `timeNs`. */
  round(requests: number, timeNs: number): readonly LabEvent[] {
    this.#timeNs = timeNs;
    const first = this.#requests;
    const before = this.#lastIndex;
    for (let request = 0; request < requests; request++) this.#send(first + request);
    this.#requests += requests;
    if (this.#lastIndex > before) this.#replicate(before, this.#lastIndex);
    let index = before;
    for (let request = 0; request < requests; request++) {
      const isRead = (first + request) % readEvery === 0;
      if (!isRead) index += 1;
      this.#answer(
        first + request,
        isRead ? this.#range(first + request) : { kind: 'appended', firstIndex: index, lastIndex: index, term },
      );
    }
    return this.#take();
  }

  /** A read that does not show the last entry that was answered. */
  staleRead(timeNs: number): readonly LabEvent[] {
    this.#timeNs = timeNs;
    const request = this.#requests;
    this.#requests += 1;
    this.#send(request, true);
    const range = this.#range(request);
    this.#answer(request, { ...range, appliedIndex: this.#lastIndex - 1, entries: range.entries?.slice(0, -1) ?? [] });
    return this.#take();
  }

  #send(request: number, isRead = request % readEvery === 0): void {
    const base = { type: 'request-sent', requestId: `r${request}`, target: 0 } as const;
    if (isRead) {
      const startIndex = Math.max(1, this.#lastIndex - shownMax + 1);
      this.#starts.set(request, startIndex);
      const range = { kind: 'index-range', startIndex, endIndex: 2 ** 40, read: 'linearizable' } as const;
      return this.#tell(labSourceId, { ...base, request: range });
    }
    this.#lastIndex += 1;
    const entries = { entryCount: 1, payloadBytes: 16, preview: '', digests: [digestOf(this.#lastIndex)] };
    return this.#tell(labSourceId, { ...base, request: { kind: 'append', ...entries } });
  }

  #answer(request: number, outcome: Outcome): void {
    this.#tell(labSourceId, {
      type: 'request-answered',
      requestId: `r${request}`,
      target: 0,
      latencyNs: 1_000_000,
      outcome,
    });
  }

  #range(request: number): Extract<Outcome, { kind: 'range' }> {
    // What it showed when it was asked, and what was appended in this round.
    const from = this.#starts.get(request) ?? 1;
    this.#starts.delete(request);
    const entries = [];
    for (let index = from; index <= this.#lastIndex; index++) entries.push({ index, term, digest: digestOf(index) });
    return { kind: 'range', entryCount: entries.length, appliedIndex: this.#lastIndex, entries };
  }

  #replicate(before: number, to: number): void {
    const appended = {
      type: 'entries-appended',
      firstIndex: before + 1,
      lastIndex: to,
      term,
      reason: 'as asked',
    } as const;
    const persisted = { type: 'entries-persisted', lastIndex: to, term, votedFor: 0, bytes: 1, flushNs: 1 } as const;
    this.#tell(0, appended);
    for (const follower of [1, 2]) this.#pass(0, follower);
    for (const follower of [1, 2]) {
      this.#tell(follower, appended);
      this.#tell(follower, persisted);
      this.#pass(follower, 0);
    }
    this.#tell(0, persisted);
    for (const id of nodes) {
      if (id > 0) this.#pass(0, id);
      this.#tell(id, { type: 'commit-advanced', from: before, to, term, reason: 'a majority' });
      this.#tell(id, { type: 'entries-applied', from: before + 1, to, digest: to });
    }
  }

  #pass(from: NodeId, to: NodeId): void {
    const datagram = { datagram: 1, uuid, bytes: 100, message };
    this.#tell(from, { type: 'datagram-sent', to, ...datagram });
    this.#tell(to, { type: 'datagram-received', from, fromBoot: 1, ...datagram });
  }

  #tell(node: NodeId, body: EventBody): void {
    const sequence = (this.#sequences.get(node) ?? 0) + 1;
    this.#sequences.set(node, sequence);
    this.#lamport += 1;
    this.#events.push({ node, boot: 1, sequence, timeNs: this.#timeNs, lamport: this.#lamport, ...body });
  }

  #take(): readonly LabEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}

function digestOf(index: number): number {
  return index * 7_919;
}
