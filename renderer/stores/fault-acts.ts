/** What each fault has done so far: a fold over the stream, of which the panes need no more than a few pictures a second. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import { noFaultActs, projectFaultActs, type FaultActs } from '../../shared/projection/fault-acts.ts';

/** Counts change with each datagram; nobody reads faster than this. */
const everyNs = 250e6;

export const useFaultActsStore = defineStore('fault-acts', () => {
  const acts = shallowRef<FaultActs>(noFaultActs);
  /** Ahead of what is shown by a quarter of a second at most. */
  let latest = noFaultActs;
  let shownNs = 0;

  function reset(snapshot: Snapshot): void {
    latest = projectFaultActs(noFaultActs, [...snapshot.earlierEvents, ...snapshot.recentEvents]);
    acts.value = latest;
  }

  function take(events: readonly LabEvent[], nowNs: number): void {
    const former = latest;
    latest = projectFaultActs(latest, events);
    const isOtherFault = latest.byRule.size !== former.byRule.size;
    if (!isOtherFault && Math.abs(nowNs - shownNs) < everyNs) return;
    shownNs = nowNs;
    acts.value = latest;
  }

  return { acts, reset, take };
});
