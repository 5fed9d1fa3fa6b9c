/** The moment that is shown while it is not the present, for Vue: swapped once a frame. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { PlacedEvent } from '../../shared/query.ts';
import type { TimeWalk } from './time-walk.ts';

export interface ShownMoment {
  readonly shownNs: Ref<number>;
  /** How many events came before what is shown. */
  readonly position: Ref<number>;
  /** What led to what is shown, where it is known. */
  readonly lastEvent: ShallowRef<PlacedEvent | null>;
  /** The store has been asked for what is to be shown, and has not answered. */
  readonly isSeeking: Ref<boolean>;
}

/** What is shown, and what makes it follow the playhead's feet. */
export function createShownMoment(): readonly [ShownMoment, (walk: TimeWalk) => void] {
  const shownNs = ref(0);
  const position = ref(0);
  const lastEvent = shallowRef<PlacedEvent | null>(null);
  const isSeeking = ref(false);
  function follow(walk: TimeWalk): void {
    const { at } = walk;
    shownNs.value = at.shownNs;
    position.value = at.position;
    isSeeking.value = walk.isSeeking;
    const event = at.lastEvent;
    if (lastEvent.value?.event !== event) lastEvent.value = event ? { position: at.position - 1, event } : null;
  }
  return [{ shownNs, position, lastEvent, isSeeking }, follow];
}
