/**
 * How lines come into the page's ring: event by event, and again after the line to the lab was lost or the page fell behind.
 */
import type { Snapshot } from '../../shared/bridge.ts';
import { compareEvents, type LabEvent } from '../../shared/event.ts';
import { logLevelOf } from '../../shared/projection/log-line.ts';
import { LogBuffer, type LogGap, type LogItem } from './log-buffer.ts';
import { findEvent } from './log-overlap.ts';

export class LogIntake {
  readonly ring: LogBuffer;
  /** Lines of level `error` in the ring. */
  errorCount = 0;
  /** The last event that came, cleared away or not. */
  #last: LabEvent | undefined;

  constructor(capacity: number) {
    this.ring = new LogBuffer(capacity);
  }

  take(events: readonly LabEvent[]): void {
    for (const event of events) this.#push(event);
    this.#last = events.at(-1) ?? this.#last;
  }

  /**
   * Goes on from a snapshot. Where its recent events begin before our last one, nothing is missing. Otherwise the lab
   * left out more than it holds (`missed` > 0: a gap is shown), or it is another lab: then the log begins anew.
   */
  resume(snapshot: Snapshot, missed: number): void {
    const { recentEvents, earlierEvents } = snapshot;
    const last = this.#last;
    const overlap = last ? findEvent(recentEvents, last) : -1;
    if (overlap < 0 && missed > 0 && last) {
      const earlier = earlierEvents.filter((event) => compareEvents(event, last) > 0);
      const left = missed - recentEvents.length - earlier.length;
      this.#pushGap('warn', Math.max(1, left), [...earlier, ...recentEvents], snapshot.nowNs);
      this.take(earlier);
    } else if (overlap < 0) {
      this.clear();
      this.take(earlierEvents);
      if (snapshot.forgottenEvents > 0) this.#pushGap('debug', snapshot.forgottenEvents, recentEvents, snapshot.nowNs);
    }
    this.take(recentEvents.slice(overlap + 1));
  }

  clear(): void {
    this.ring.clear();
    this.errorCount = 0;
  }

  #pushGap(level: LogGap['level'], missed: number, behind: readonly LabEvent[], nowNs: number): void {
    this.#push({ type: 'gap', level, missed, timeNs: behind[0]?.timeNs ?? nowNs });
  }

  #push(item: LogItem): void {
    const dropped = this.ring.push(item);
    if (isError(item)) this.errorCount += 1;
    if (dropped && isError(dropped)) this.errorCount -= 1;
  }
}

function isError(item: LogItem): boolean {
  return item.type !== 'gap' && logLevelOf(item) === 'error';
}
