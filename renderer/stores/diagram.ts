/**
 * What the space-time diagram draws: the loaded part of the stream and what is known of all of it. Plain data, not reactive: the
 * diagram looks at `model.version` in its own animation frame. While nobody looks, nothing is kept but where the stream ends.
 */
import { useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { markRaw, ref, shallowRef } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { FlightKind } from '../../shared/projection/flights.ts';
import { landmarkOf, type Landmark } from '../../shared/projection/landmarks.ts';
import { useConnectionStore } from './connection.ts';
import type { Selection } from './selection.ts';
import { chunkOf } from './diagram/diagram-chunk.ts';
import { keyOf } from './diagram/diagram-items.ts';
import { DiagramLoader, type Coverage } from './diagram/diagram-loader.ts';
import { DiagramModel } from './diagram/diagram-model.ts';
import { LaneHistory } from './diagram/lane-history.ts';
import { PositionIndex } from './diagram/position-index.ts';

const landmarksMax = 10_000;

export const useDiagramStore = defineStore('diagram', () => {
  const connection = useConnectionStore();
  const model = markRaw(new DiagramModel());
  const positions = new PositionIndex();
  let history = new LaneHistory();
  let session = '';
  /** Of the stream: what is held of it, and until when it has come. */
  const held = markRaw({ first: 0, end: 0, startNs: 0, endNs: 0 });
  let watchers = 0;
  /** The question for the landmarks so far that was asked last, with those that have come since; null when it was answered. */
  let asking: { readonly later: Landmark[] } | null = null;

  const coverage = ref<Coverage>('loading');
  /** Rises when another stream begins. */
  const stream = ref(0);
  const hiddenNodes = shallowRef<ReadonlySet<NodeId>>(new Set());
  /** Kept by the browser. Heartbeats, and the plain answers to them, are left out at first. */
  const hiddenKinds = useStorage<FlightKind[]>('raft-lab.diagram.hidden-kinds', ['heartbeat']);

  const loader = markRaw(
    new DiagramLoader({
      model,
      positions,
      query: connection.query,
      held: () => held,
      onCoverage: (next) => (coverage.value = next),
      nowMs: () => performance.now(),
    }),
  );

  /** Begins anew from a snapshot. */
  function reset(snapshot: Snapshot): void {
    if (snapshot.session !== session) forget(snapshot.session);
    const { recentEvents, position } = snapshot;
    held.end = position;
    held.endNs = Math.max(held.endNs, recentEvents.at(-1)?.timeNs ?? 0);
    if (watchers === 0) return;
    keep(recentEvents, position - recentEvents.length);
    void ask();
  }

  function take(events: readonly LabEvent[], _nowNs: number, position: number): void {
    held.end = position + events.length;
    for (const { timeNs } of events) held.endNs = Math.max(held.endNs, timeNs);
    if (watchers > 0) keep(events, position);
  }

  function keep(events: readonly LabEvent[], position: number): void {
    const [first] = events;
    if (!first) return;
    model.put(position, events);
    if (chunkOf(position) !== chunkOf(position + events.length)) positions.add(first.timeNs, position);
    events.forEach((event, at) => {
      const landmark = landmarkOf(event, position + at);
      if (!landmark) return;
      if (asking) asking.later.push(landmark);
      else history.take(landmark);
    });
  }

  function forget(next: string): void {
    session = next;
    model.clear();
    positions.clear();
    loader.forget();
    asking = null;
    history = new LaneHistory();
    Object.assign(held, { first: 0, end: 0, startNs: 0, endNs: 0 });
    stream.value += 1;
  }

  /** Asks how far the stream goes back, and for its landmarks. */
  async function ask(): Promise<void> {
    const asked = { later: [] as Landmark[] };
    asking = asked;
    const bounds = await connection.query({ type: 'bounds' });
    const marks = await connection.query({
      type: 'landmarks',
      fromNs: 0,
      toNs: Number.MAX_SAFE_INTEGER,
      max: landmarksMax,
    });
    if (asking !== asked) return;
    if (bounds.ok) {
      const { firstPosition, startNs, endPosition, endNs } = bounds.value;
      Object.assign(held, { first: firstPosition, startNs, end: Math.max(held.end, endPosition) });
      held.endNs = Math.max(held.endNs, endNs);
      positions.add(startNs, firstPosition);
    }
    const early =
      held.first > 0 ? await connection.query({ type: 'view-at', at: { position: held.first } }) : undefined;
    if (asking !== asked) return;
    asking = null;
    history = new LaneHistory();
    if (early?.ok) history.begin(early.value.view, early.value.timeNs);
    const all = [...(marks.ok ? marks.value.landmarks : []), ...asked.later];
    for (const mark of all.toSorted((one, other) => one.position - other.position)) {
      history.take(mark);
      positions.add(mark.timeNs, mark.position);
      if (mark.type === 'cluster-started') model.beginAnew(mark.position);
    }
    model.version += 1;
  }

  /** Somebody looks. @returns to be called when it looks no more */
  function watch(): () => void {
    watchers += 1;
    if (watchers === 1) void ask();
    return () => {
      watchers -= 1;
      if (watchers === 0) {
        model.clear();
        loader.forget();
      }
    };
  }

  /** The event at a position of the stream; undefined where it is not held. */
  async function eventAt(position: number): Promise<LabEvent | undefined> {
    const answer = await connection.query({ type: 'events', from: position, to: position + 1, limit: 1 });
    return answer.ok ? answer.value.events[0] : undefined;
  }

  /** When what is selected happened, where that is one moment, and known. */
  async function timeOf(selection: Selection): Promise<number | undefined> {
    switch (selection.kind) {
      case 'datagram': {
        const { from, fromBoot, to, datagram } = selection;
        return model.edgeOf(keyOf(from, fromBoot, to, datagram))?.sendNs;
      }
      case 'request':
        return model.requestOf(selection.requestId)?.sentNs;
      case 'event':
        return (await eventAt(selection.position))?.timeNs;
      default:
        return undefined;
    }
  }

  function toggleNode(node: NodeId): void {
    const next = new Set(hiddenNodes.value);
    if (!next.delete(node)) next.add(node);
    hiddenNodes.value = next;
  }

  function toggleKind(kind: FlightKind): void {
    const hidden = hiddenKinds.value;
    hiddenKinds.value = hidden.includes(kind) ? hidden.filter((other) => other !== kind) : [...hidden, kind];
  }

  return {
    model,
    loader,
    held,
    coverage,
    stream,
    hiddenNodes,
    hiddenKinds,
    currentHistory: () => history,
    reset,
    take,
    watch,
    eventAt,
    timeOf,
    toggleNode,
    toggleKind,
  };
});
