/**
 * Where two stretches of the stream meet.
 */
import type { EventStamp } from '../../shared/event.ts';

/** The position of `wanted` in `events`, searched from the end; −1 when it is not there. */
export function findEvent(events: readonly EventStamp[], wanted: EventStamp): number {
  return events.findLastIndex(
    (event) =>
      event.sequence === wanted.sequence &&
      event.node === wanted.node &&
      event.boot === wanted.boot &&
      event.timeNs === wanted.timeNs,
  );
}
