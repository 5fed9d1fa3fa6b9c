/**
 * The requests of clients, of this page and of others: history, what can be repeated, and the latest entry seen.
 */
import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import type { AppendAnswer, AppendRequest, IndexRangeRequest, RangeAnswer } from '../../shared/client-request.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { ClusterId, NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { useConnectionStore } from './connection.ts';
import { RequestHistory } from './request-history.ts';
import { requestFrom, requestIdOf, type PanelRequest, type RequestRecord } from './request-record.ts';
import { SentRequests } from './sent-requests.ts';

/** A place in the log that a client knows of: `expect` of the next conditional append. */
export interface SeenEntry {
  readonly index: number;
  readonly term: number;
}

export const useRequestsStore = defineStore('requests', () => {
  const connection = useConnectionStore();
  const sent = new SentRequests();
  const records = new RequestHistory((id) => sent.forget(id));
  let clusterId: ClusterId = '';
  /** Time of the last event about a request: the lab's own, which only rise. */
  let lastTimeNs = -1;

  /** Of persons, newest first. */
  const history = shallowRef<readonly RequestRecord[]>([]);
  /** Of a workload's clients, newest first; kept up only while `showsWorkload`. */
  const workloadHistory = shallowRef<readonly RequestRecord[]>([]);
  const showsWorkload = ref(false);
  watch(showsWorkload, (shows) => (workloadHistory.value = shows ? records.ofWorkload() : []));
  /** The last client entry that this page has heard of; (0, 0) before the first one. */
  const latestSeen = shallowRef<SeenEntry>({ index: 0, term: 0 });

  function take(events: readonly LabEvent[], _nowNs: number): void {
    let hasChanged = false;
    for (const event of events) hasChanged = takeOne(event) || hasChanged;
    if (hasChanged) history.value = records.byHand();
    if (showsWorkload.value) workloadHistory.value = records.ofWorkload();
  }

  function takeOne(event: LabEvent): boolean {
    if (event.type === 'cluster-started') return forgetSeenOf(event.clusterId);
    const record = records.take(event);
    if (!record) return false;
    lastTimeNs = event.timeNs;
    if (event.type === 'request-sent' && event.client === undefined) sent.name(event);
    if (record.appended) noteSeen({ index: record.appended.lastIndex, term: record.appended.term });
    return record.client === undefined;
  }

  /** The record of a request, of a person or a workload; undefined when it is not kept any more. */
  function recordOf(requestId: string): RequestRecord | undefined {
    return records.get(requestId);
  }

  /** What was seen of another cluster's log means nothing in this one. */
  function forgetSeenOf(next: ClusterId): false {
    if (next !== clusterId) latestSeen.value = { index: 0, term: 0 };
    clusterId = next;
    return false;
  }

  /** Goes on from the events that the lab still holds; with another lab's or cluster's stream the history begins anew. */
  function reset(snapshot: Snapshot, _missed: number): void {
    if (snapshot.view.clusterId !== clusterId || snapshot.nowNs < lastTimeNs) forgetAll();
    const afterNs = lastTimeNs;
    const held = [...snapshot.earlierEvents, ...snapshot.recentEvents];
    const news = held.filter((event) => requestIdOf(event) === undefined || event.timeNs > afterNs);
    take(news, snapshot.nowNs);
    forgetSeenOf(snapshot.view.clusterId);
  }

  function forgetAll(): void {
    records.clear();
    sent.forgetAll();
    lastTimeNs = -1;
    latestSeen.value = { index: 0, term: 0 };
    history.value = [];
    workloadHistory.value = [];
  }

  /** Remembers a client entry that an answer has shown; older ones change nothing. */
  function noteSeen(entry: SeenEntry): void {
    if (entry.index > latestSeen.value.index) latestSeen.value = entry;
  }

  async function append(node: NodeId, request: AppendRequest): Promise<Result<AppendAnswer>> {
    sent.add(node, request);
    const { entries, expect, session } = request;
    const copies = entries.map((entry) => new Uint8Array(entry));
    const result = await connection.send({
      type: 'append',
      node,
      entries: copies,
      ...(expect && { expect }),
      ...(session && { session }),
    });
    const actual = result.ok ? undefined : result.failure.lastClientEntry;
    if (actual) latestSeen.value = actual;
    return result;
  }

  async function readRange(node: NodeId, request: IndexRangeRequest): Promise<Result<RangeAnswer>> {
    sent.add(node, request);
    const { startIndex, endIndex, read, includeInternal } = request;
    const result = await connection.send({
      type: 'index-range',
      node,
      startIndex,
      endIndex,
      ...(read !== undefined && { read }),
      ...(includeInternal !== undefined && { includeInternal }),
    });
    const last = result.ok
      ? result.value.entries.findLast((entry) => entry.kind === 'client' && !entry.refused)
      : undefined;
    if (last) noteSeen({ index: last.index, term: last.term });
    return result;
  }

  /** The request to send again; undefined when this page does not know all of it. */
  function repeatable(record: RequestRecord): PanelRequest | undefined {
    return sent.find(record.requestId) ?? (record.request && requestFrom(record.request));
  }

  return {
    history,
    workloadHistory,
    showsWorkload,
    latestSeen,
    take,
    reset,
    append,
    readRange,
    repeatable,
    recordOf,
  };
});
