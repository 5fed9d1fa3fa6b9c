/** What the timeline marks: everything that stands out in the session, bounded, and the part of it that is looked at. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import { landmarkOf, type Landmark } from '../../shared/projection/landmarks.ts';
import { useConnectionStore } from './connection.ts';

/** Landmarks asked for at once. */
export const landmarksAsked = 2_000;
/** With those that came since; then they are asked for again, and the commoner kinds go. */
const landmarksMax = 4_000;

export const useTimelineStore = defineStore('timeline', () => {
  const connection = useConnectionStore();
  /** In the order of the stream. */
  const landmarks = shallowRef<readonly Landmark[]>([]);
  /** Of commoner kinds, that are not among them. */
  const leftOut = ref(0);
  /** When the stream begins, as far as it is held; null before there is any. */
  const startNs = ref<number | null>(null);
  /** The part of the session that is shown; null for all of it. */
  const zoom = shallowRef<{ readonly fromNs: number; readonly toNs: number } | null>(null);

  /** Which stream it is of. */
  const session = ref('');
  let asked = 0;

  /** For what stands out in all of the session. */
  async function ask(): Promise<void> {
    const turn = ++asked;
    const [bounds, answer] = await Promise.all([
      connection.query({ type: 'bounds' }),
      connection.query({ type: 'landmarks', fromNs: 0, toNs: Number.MAX_SAFE_INTEGER, max: landmarksAsked }),
    ]);
    if (turn !== asked) return;
    if (!bounds.ok || !answer.ok) return;
    startNs.value = bounds.value.startNs;
    // The page may know what the store did not when it was asked.
    const last = answer.value.landmarks.at(-1)?.position ?? -1;
    const end = Math.max(bounds.value.endPosition, last + 1);
    landmarks.value = [...answer.value.landmarks, ...landmarks.value.filter(({ position }) => position >= end)];
    ({ leftOut: leftOut.value } = answer.value);
  }

  function reset(snapshot: Snapshot): void {
    const { recentEvents, position } = snapshot;
    if (snapshot.session !== session.value) {
      landmarks.value = [];
      leftOut.value = 0;
      zoom.value = null;
      startNs.value = position > 0 ? (recentEvents[0]?.timeNs ?? snapshot.nowNs) : null;
    }
    session.value = snapshot.session;
    void ask();
    if (landmarks.value.length === 0) keep(recentEvents, position - recentEvents.length);
  }

  function take(events: readonly LabEvent[], _nowNs: number, position: number): void {
    startNs.value ??= events[0]?.timeNs ?? null;
    keep(events, position);
  }

  function keep(events: readonly LabEvent[], position: number): void {
    const found = events.flatMap((event, place) => landmarkOf(event, position + place) ?? []);
    if (found.length === 0) return;
    landmarks.value = [...landmarks.value.slice(-landmarksMax), ...found];
    if (landmarks.value.length > landmarksMax) void ask();
  }

  return { session, landmarks, leftOut, startNs, zoom, reset, take };
});
