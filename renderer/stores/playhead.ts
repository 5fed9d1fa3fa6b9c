/**
 * Which moment the page shows. Live, it is the present; otherwise a place in the stream, held or going on at some speed. What is
 * shown (stage, matrix, nodes) follows it; what is a record (logs, charts, diagram, history) marks it.
 */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Snapshot } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { PlacedEvent } from '../../shared/query.ts';
import type { Failure } from '../../shared/result.ts';
import { browserTime, type PageTime } from '../lab-client/page-time.ts';
import { findStep, type StepGoal } from '../playhead/find-step.ts';
import { createFrameLoop } from '../playhead/frame-loop.ts';
import type { PlayheadMode } from '../playhead/playhead-mode.ts';
import { createShownMoment } from '../playhead/shown-moment.ts';
import { TimeWalk } from '../playhead/time-walk.ts';
import type { WalkTarget } from '../playhead/window-cursor.ts';
import { text } from '../text/timeline.ts';
import { useClusterStore } from './cluster.ts';
import { useConnectionStore } from './connection.ts';

export type { PlayheadMode } from '../playhead/playhead-mode.ts';

export const usePlayheadStore = defineStore('playhead', () => {
  const connection = useConnectionStore();
  const cluster = useClusterStore();

  const mode = shallowRef<PlayheadMode>({ kind: 'live' });
  const isLive = computed(() => mode.value.kind === 'live');
  /** Another moment than the present is shown, or one that stands: nothing can be done to nodes. */
  const isPast = computed(() => mode.value.kind === 'held' || mode.value.kind === 'playing');
  /** How fast the picture runs, or will when it is played. */
  const speed = ref(1);
  const [moment, follow] = createShownMoment();
  /** Why the store of the past did not answer; empty when it did. */
  const trouble = ref('');

  let session = '';
  let presentPosition = 0;
  let time: PageTime = browserTime;

  const walk = new TimeWalk({
    query: (asked) => connection.query(asked),
    present: () => ({ position: presentPosition, timeNs: connection.nowNs() }),
    onMove: show,
    onTrouble: stumble,
  });
  const loop = createFrameLoop(() => time, tick);

  /** The time that is shown, on the scale of `timeNs`: to be asked for in each animation frame. */
  function nowNs(): number {
    return isLive.value ? connection.nowNs() : walk.at.shownNs;
  }
  /** How long ago that was, ns. */
  function behindNs(): number {
    return isLive.value ? 0 : Math.max(0, connection.nowNs() - walk.at.shownNs);
  }

  function show(): void {
    if (isLive.value) return;
    follow(walk);
    cluster.showPast(walk.at.view, walk.at.flightsAt(walk.speed));
  }

  function setMode(next: PlayheadMode): void {
    mode.value = next;
    connection.actsOff = isPast.value ? text.actsOff : '';
    if (next.kind === 'live') cluster.showPresent();
    else show();
  }

  function stumble(failure: Failure): void {
    // A picture that can't lag any further is better live than standing.
    if (mode.value.kind === 'slowed') goLive();
    else hold();
    trouble.value = failure.message;
  }

  function goLive(): void {
    walk.leave();
    trouble.value = '';
    if (speed.value < 1) speed.value = 1;
    setMode({ kind: 'live' });
  }

  /** From the present, or from where it is. */
  function run(next: PlayheadMode, walkSpeed: number): void {
    if (isLive.value) {
      trouble.value = '';
      walk.begin(cluster.liveView, walkSpeed);
    } else walk.setSpeed(walkSpeed);
    setMode(next);
    if (walkSpeed !== 0) loop.run();
  }

  function tick(passedMs: number): boolean {
    if (isLive.value || walk.speed === 0) return false;
    const isAtEnd = walk.tick(passedMs);
    if (!isAtEnd || mode.value.kind !== 'playing') return true;
    if (walk.speed > 0) goLive();
    else hold();
    return false;
  }

  function hold(): void {
    run({ kind: 'held' }, 0);
  }

  /** Forwards or backwards at the chosen speed. Forwards the present is where one is already. */
  function play(direction: 1 | -1): void {
    if (isLive.value && direction > 0) return;
    run({ kind: 'playing', speed: direction * speed.value }, direction * speed.value);
  }

  function holdOrPlay(): void {
    if (mode.value.kind === 'held') play(1);
    else hold();
  }

  function setSpeed(next: number): void {
    speed.value = next;
    const { kind } = mode.value;
    if (kind === 'playing') play(walk.speed < 0 ? -1 : 1);
    else if (kind === 'slowed' && next >= 1) goLive();
    else if (kind !== 'held' && next < 1) run({ kind: 'slowed', speed: next }, next);
  }

  /** Shows another place; the present for a time that has not come yet. */
  function seek(target: WalkTarget): void {
    const isAhead = 'timeNs' in target ? target.timeNs >= connection.nowNs() : target.position > presentPosition;
    if (isAhead) {
      goLive();
      return;
    }
    if (isLive.value) hold();
    else if (mode.value.kind === 'slowed') run({ kind: 'playing', speed: walk.speed }, walk.speed);
    trouble.value = '';
    void walk.seek(target);
  }

  /** A hand drags it along, or has let go: meanwhile nothing but the places that are wanted is asked for. */
  const setDragged = (isDragged: boolean): void => walk.setDragged(isDragged);

  /** One event on or back. */
  async function step(direction: 1 | -1): Promise<void> {
    if (isLive.value && direction > 0) return;
    hold();
    await walk.step(direction);
  }

  /** To the state right behind the next or previous event that is wanted. @returns the event; null when there is none */
  async function stepTo(goal: StepGoal, direction: 'forwards' | 'backwards'): Promise<PlacedEvent | null> {
    const from = isLive.value ? presentPosition : walk.at.position;
    const found = await findStep(connection.query, goal, from, direction);
    if (!found.ok) trouble.value = found.failure.message;
    if (!found.ok || found.value === null) return null;
    if (mode.value.kind !== 'live') hold();
    seek({ position: found.value.position + 1 });
    return found.value;
  }

  function reset(snapshot: Snapshot): void {
    presentPosition = snapshot.position;
    if (snapshot.session !== session) goLive();
    ({ session } = snapshot);
  }

  function take(events: readonly LabEvent[], _nowNs: number, first: number): void {
    presentPosition = first + events.length;
    if (!isLive.value) walk.take(events, first);
  }

  /** Another clock and other frames than the browser's. */
  function useTime(other: PageTime): void {
    time = other;
  }

  return {
    mode,
    isLive,
    isPast,
    speed,
    ...moment,
    trouble,
    nowNs,
    behindNs,
    goLive,
    hold,
    play,
    holdOrPlay,
    setSpeed,
    seek,
    setDragged,
    step,
    stepTo,
    reset,
    take,
    useTime,
  };
});
