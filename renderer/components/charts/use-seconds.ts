/** The figures of the session, kept up to date while somebody looks: asked from the lab's store, each second once. */
import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { nanosecondsPerSecond } from '../../../shared/duration.ts';
import { useConnectionStore } from '../../stores/connection.ts';
import { useTimelineStore } from '../../stores/timeline.ts';
import { emptyBook, withSeconds, type SecondBook } from './second-book.ts';

/** How often it is asked. */
const askMs = 1_000;
/** Seconds in one answer. */
const secondsPerAnswer = 900;

export interface Seconds {
  readonly book: ShallowRef<SecondBook>;
  /** The last second that is over. */
  readonly until: ShallowRef<number>;
  readonly state: ComputedRef<'loading' | 'empty' | 'ready' | 'failed'>;
  /** Why the store did not answer. */
  readonly failure: ShallowRef<string>;
}

export function useSeconds(): Seconds {
  const connection = useConnectionStore();
  const timeline = useTimelineStore();
  const book = shallowRef<SecondBook>(emptyBook);
  const until = shallowRef(0);
  const failure = shallowRef('');
  const hasAsked = shallowRef(false);
  let isAsking = false;
  let turn = 0;

  /** All that is over and not known yet. */
  async function ask(): Promise<void> {
    if (isAsking || !connection.isLive || timeline.startNs === null) return;
    const mine = turn;
    const last = Math.floor(connection.nowNs() / nanosecondsPerSecond) - 1;
    // The last one again: what happened at its very end may have come to the store after the answer.
    let first = hasAsked.value ? until.value : Math.floor(timeline.startNs / nanosecondsPerSecond);
    if (hasAsked.value && last <= until.value) return;
    isAsking = true;
    let next = book.value;
    while (first <= last) {
      const end = Math.min(last, first + secondsPerAnswer - 1);
      const answer = await connection.query({
        type: 'seconds',
        fromNs: first * nanosecondsPerSecond,
        toNs: (end + 1) * nanosecondsPerSecond - 1,
      });
      if (mine !== turn) return;
      failure.value = answer.ok ? '' : answer.failure.message;
      if (!answer.ok) break;
      next = withSeconds(next, answer.value);
      first = end + 1;
    }
    isAsking = false;
    book.value = next;
    if (failure.value) return;
    hasAsked.value = true;
    until.value = last;
  }

  // Another session begins elsewhere in time, or has not begun.
  watch(
    () => timeline.session,
    () => {
      turn += 1;
      isAsking = false;
      hasAsked.value = false;
      book.value = emptyBook;
      until.value = 0;
      void ask();
    },
  );
  useIntervalFn(() => void ask(), askMs, { immediateCallback: true });

  const state = computed(() => {
    if (book.value.recent.length > 0) return 'ready';
    if (failure.value) return 'failed';
    return hasAsked.value || timeline.startNs === null ? 'empty' : 'loading';
  });
  return { book, until, state, failure };
}
