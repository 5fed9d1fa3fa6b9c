/**
 * The cluster: the present (`liveView`), which is what commands act on, and what is shown (`view` and all that follows from it), which
 * is the present too unless the playhead stands elsewhere. Plain folds over the stream, swapped once per animation frame.
 */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import {
  currentLeader,
  emptyClusterView,
  nodeOf,
  projectClusterView,
  type ClusterView,
  type NodeView,
} from '../../shared/projection/cluster-view.ts';
import { configurationInForce, retentionInForce, rulesOffIn } from '../../shared/projection/membership-view.ts';
import { whyNoLeader } from '../../shared/projection/explain/why-no-leader.ts';
import { emptyFlights, projectFlights, type Flights } from '../../shared/projection/flights.ts';

export const useClusterStore = defineStore('cluster', () => {
  const liveView = shallowRef<ClusterView>(emptyClusterView);
  /** What the playhead shows in the place of the present. */
  const pastView = shallowRef<ClusterView | null>(null);
  const view = computed(() => pastView.value ?? liveView.value);
  /** Not reactive: the flight layer reads it in its own animation frame. */
  let flights: Flights = emptyFlights;
  let pastFlights: Flights = emptyFlights;
  /** Events that this page never saw because it fell behind. The state is right all the same: it came as a snapshot. */
  const missedEvents = ref(0);

  const nodes = computed(() => view.value.nodes);
  const leader = computed(() => currentLeader(view.value));
  /** Who belongs to the cluster as it stands; null before any node has said. */
  const configuration = computed(() => configurationInForce(view.value));
  const rulesOff = computed(() => rulesOffIn(view.value));
  /** How many entries each node keeps; 0: all. */
  const retainEntries = computed(() => retentionInForce(view.value));
  /** A sentence or two; undefined while somebody leads. */
  const leaderless = computed(() => whyNoLeader(view.value));
  const isRunning = computed(() => view.value.status === 'running');
  /** In the present. */
  const isLiveRunning = computed(() => liveView.value.status === 'running');

  function nodeById(id: NodeId): NodeView | undefined {
    return nodeOf(view.value, id);
  }
  /** Those that are shown. */
  function currentFlights(): Flights {
    return pastView.value ? pastFlights : flights;
  }

  /** The playhead's: shows another moment. */
  function showPast(shown: ClusterView, itsFlights: Flights): void {
    pastView.value = shown;
    pastFlights = itsFlights;
  }
  /** The playhead's: shows the present again. */
  function showPresent(): void {
    pastView.value = null;
    pastFlights = emptyFlights;
  }

  /** Begins anew from a snapshot. */
  function reset(snapshot: Snapshot, missed: number): void {
    liveView.value = snapshot.view;
    flights = emptyFlights;
    // The snapshot brings the latest events along: what is among them was late, not lost.
    missedEvents.value += Math.max(0, missed - snapshot.recentEvents.length);
  }

  /** Takes in the events of one animation frame; `nowNs` is the lab's time. */
  function take(events: readonly LabEvent[], nowNs: number): void {
    let next = liveView.value;
    for (const event of events) next = projectClusterView(next, event);
    liveView.value = next;
    const networkNs = (next.networkDelay?.maxMs ?? 0) * nanosecondsPerMillisecond;
    flights = projectFlights(flights, events, nowNs, networkNs);
  }

  return {
    view,
    liveView,
    nodes,
    leader,
    configuration,
    rulesOff,
    retainEntries,
    leaderless,
    isRunning,
    isLiveRunning,
    missedEvents,
    nodeById,
    currentFlights,
    showPast,
    showPresent,
    reset,
    take,
  };
});
